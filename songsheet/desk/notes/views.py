"""Writing a note, changing one's own in place, its files, and whom one can mention."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal, Stale
from songsheet.base.text import fold
from songsheet.buyers.errors import NoSuchCompany
from songsheet.buyers.queries import companies_of, companies_seen_by, people_of
from songsheet.deals.models import Deal
from songsheet.desk.buyer.views import open_lead_of
from songsheet.desk.notes.shown import one_shown
from songsheet.desk.story.read import person_behind
from songsheet.files.serving import download
from songsheet.leads.models import Lead
from songsheet.team.acting import acting_on, time_on
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.touches import note_actions as actions
from songsheet.touches.adopt import TouchRow
from songsheet.touches.errors import NoSuchFile, NoSuchTouch
from songsheet.touches.mentions import names_in, to_names
from songsheet.touches.models import Touch
from songsheet.touches.queries import files_seen_by, touches_seen_by
from songsheet.ui.toasts import tell

MOST_NAMES = 8


@require_POST
def on_buyer(request: HttpRequest, key: str) -> HttpResponse:
    """A note on a buyer: about them, their lead that is open, or one of their deals."""
    acting_on(request).must(Right.WORK)
    person = person_behind(key)
    row = TouchRow(person=(person.id, person.key), lead_key=open_lead_of(person))
    if about := request.POST.get("about", ""):
        row.lead_key, row.deal_key = _about(about, person)
    return _write(request, row, f"/buyers/{person.key}")


@require_POST
def on_company(request: HttpRequest, key: str) -> HttpResponse:
    """A note on a company itself."""
    acting_on(request).must(Right.WORK)
    company = companies_seen_by(acting_on(request)).filter(id__in=companies_of(key)).first()
    if company is None:
        raise NoSuchCompany(key)
    return _write(request, TouchRow(company=(company.id, company.key)), f"/companies/{company.key}")


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, key: str) -> HttpResponse:
    """A note of one's own, as it reads, as a form (`?edit`), or changed."""
    if request.method != "POST":
        one = _note(request, key)
        return _form(request, one) if "edit" in request.GET else _shown(request, one)
    version = request.POST.get("version", "")
    try:
        one = actions.change_note(
            key, request.POST.get("text", ""), by=acting_on(request), at=time_on(request),
            version=int(version) if version.isdecimal() else 0,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return _form(request, _note(request, key), refusal=refusal)
    undo = f"/notes/{key}/undo" if str(one.version) != version else ""
    return _shown(request, one, says=_("The note was changed"), undo_url=undo)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """The note says again what it said before."""
    return _back(request, key, actions.undo_note, _("The note says what it said before"))


@require_POST
def archive(request: HttpRequest, key: str) -> HttpResponse:
    """Take a note of one's own away."""
    page = _page_of(_note(request, key))
    actions.archive_note(key, by=acting_on(request), at=time_on(request))
    tell(request, _("The note was archived"), undo_url=f"/notes/{key}/back")
    return redirect(page)


@require_POST
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Bring an archived note back."""
    return _back(request, key, actions.bring_note_back, _("The note is back"))


@require_POST
def add_files(request: HttpRequest, key: str) -> HttpResponse:
    """Hang files on a note."""
    for file in request.FILES.getlist("files"):
        actions.attach(key, file, by=acting_on(request), at=time_on(request))
    return redirect(_page_of(_note(request, key)))


@require_POST
def take_off(request: HttpRequest, key: str, file: str) -> HttpResponse:
    """Take a file off."""
    actions.detach(file, by=acting_on(request), at=time_on(request), touch=key)
    tell(request, _("The file was taken off"), undo_url=f"/notes/{key}/files/{file}/back")
    return redirect(_page_of(_note(request, key)))


@require_POST
def put_back(request: HttpRequest, key: str, file: str) -> HttpResponse:
    """Put a file back."""
    actions.bring_file_back(file, by=acting_on(request), at=time_on(request), touch=key)
    tell(request, _("The file is back"))
    return redirect(_page_of(_note(request, key)))


@require_safe
def fetch(request: HttpRequest, key: str, file: str) -> FileResponse:
    """Save a file that hangs on a touch."""
    found = files_seen_by(acting_on(request)).filter(touch__key=key, key=file).first()
    if found is None:
        raise NoSuchFile(file)
    return download(found.blob, found.name)


@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """Who can be mentioned by these letters; of two of one name the address tells which."""
    acting_on(request).must(Right.LOOK)
    asked = fold(request.GET.get("q", "").replace("\x00", "")[:60])
    members = [one for one in Member.objects.active() if any(
        part.startswith(asked) for part in (fold(one.name), *fold(one.name).split())
    )]  # fmt: skip
    called = [fold(one.name) for one in members]
    hits = [
        {"name": one.name, "role": str(one.get_role_display()),
         "typed": one.email if called.count(fold(one.name)) > 1 else one.name}
        for one in members[:MOST_NAMES]
    ]  # fmt: skip
    return JsonResponse({"hits": hits})


def _write(request: HttpRequest, row: TouchRow, page: str) -> HttpResponse:
    row.text = request.POST.get("text", "")
    files = request.FILES.getlist("files")
    written = actions.write_note(row, by=acting_on(request), at=time_on(request), files=files)
    tell(request, _("Written down"), undo_url=f"/notes/{written.key}/archive")
    return redirect(page)


def _about(key: str, person: Any) -> tuple[str, str]:
    """Keys of lead and deal; what is not this buyer's is no choice."""
    deal = Deal.objects.filter(key=key, gone_at=None, lead__person__in=people_of(person.key)).first()
    if deal is not None:
        return deal.lead.key, deal.key
    lead = Lead.objects.filter(key=key, gone_at=None, person__in=people_of(person.key)).first()
    if lead is None:
        raise NoSuchTouch(key)
    return lead.key, ""


def _note(request: HttpRequest, key: str) -> Touch:
    found = touches_seen_by(acting_on(request)).filter(key=key, kind=Touch.Kind.NOTE).first()
    if found is None:
        raise NoSuchTouch(key)
    return found


def _page_of(one: Touch) -> str:
    if one.person is not None:
        return f"/buyers/{one.person.whole.key}"
    return f"/companies/{one.company.whole.key}" if one.company is not None else "/"


def _back(request: HttpRequest, key: str, act: Callable[..., Any], says: str) -> HttpResponse:
    act(key, by=acting_on(request), at=time_on(request))
    tell(request, says)
    return redirect(_page_of(_note(request, key)))


def _shown(request: HttpRequest, one: Touch, **said: str) -> HttpResponse:
    """The note in its place; where no script asked, its page."""
    if not request.headers.get("HX-Request"):
        if said:
            tell(request, said["says"], undo_url=said["undo_url"])
        return redirect(_page_of(one))
    return render(request, "desk/notes/note.html", {"html": one_shown(one.key, acting_on(request)), **said})


def _form(request: HttpRequest, one: Touch, *, refusal: Refusal | None = None) -> HttpResponse:
    there = to_names(one.text, names_in([one.text]))
    context = {
        "title": _("Change the note"),
        "note": one,
        "text": request.POST.get("text", "") if refusal else there,
        "error": refusal.sentence if refusal else "",
        "theirs": there if isinstance(refusal, Stale) else "",
        "files": files_seen_by(acting_on(request)).filter(touch=one),
        "page": _page_of(one),
    }
    whole = not request.headers.get("HX-Request")
    template = "desk/notes/form_page.html" if whole else "desk/notes/form.html"
    return render(request, template, context, status=refusal.status if refusal else 200)
