"""The pages of enquiries, and what is done with one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.agreements.kinds.enquiry_sorting import BUYING
from songsheet.desk.dealing.views import Asked, Done, ask
from songsheet.desk.enquiring.commands import (
    AnswerEnquiry,
    CloseEnquiry,
    GiveEnquiry,
    MoveEnquiry,
    NewEnquiry,
    NoteEnquiry,
    kinds,
    members_beside,
)
from songsheet.desk.story.read import person_behind
from songsheet.doors.pages import Empty
from songsheet.leads.enquiries.actions import (
    EnquiryRow,
    enquiry_came,
    give_enquiry,
    make_enquiry,
    move_enquiry,
    somebody_asked,
)
from songsheet.leads.enquiries.answer_actions import answer_enquiry, close_enquiry, take_back
from songsheet.leads.enquiries.bodies import mails_of
from songsheet.leads.enquiries.listing import ENQUIRIES, enquiry_path
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.enquiries.owning import may_handle
from songsheet.leads.enquiries.queries import away, beside, enquiry_for
from songsheet.leads.enquiries.sorting import why
from songsheet.leads.queries import lead_for
from songsheet.team.acting import acting_on, time_on
from songsheet.team.lists import export_list, show_list
from songsheet.team.queries import member_named
from songsheet.team.roles import Right
from songsheet.touches.adopt import sources_named
from songsheet.ui.toasts import tell

EMPTY = Empty(
    "Nobody asked anything yet",
    "What comes in is sorted by the agreed rules: buying makes a lead, everything else goes to whoever "
    "answers it, with a clock.",
    "See the rules",
    "/agreements/enquiry_sorting",
)
_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def enquiries(request: HttpRequest) -> HttpResponse:
    """The list of enquiries."""
    return show_list(request, ENQUIRIES, empty=EMPTY)


@require_safe
def enquiries_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list of enquiries as a file."""
    return export_list(request, ENQUIRIES, form)


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One enquiry: what they ask, who answers until when, how it was sorted, and what was answered."""
    viewer, at = acting_on(request), time_on(request)
    one = enquiry_for(viewer, key)
    person = one.person.whole
    mine = may_handle(viewer, one, away(at))
    return render(request, "desk/enquiring/enquiry.html", {
        "title": _("Enquiry: %(name)s") % {"name": person},
        "crumbs": [{"label": _("Enquiries"), "url": "/enquiries"}, {"label": str(person), "url": ""}],
        "now": at, "one": one, "person": person, "company": one.company or person.company,
        "sorted_by": why(one.sorted_by.get("kind", one.kind), one.sorted_by),
        "terms": one.sorted_by.get("version", ""), "moved_from": kind_called(one.moved_from),
        "may_answer": mine and one.is_open,
        "may_move": mine and (one.is_open or (one.lead is not None and one.lead.is_open)),
        "may_undo": mine and one.state in ("answered", "closed"),
        "others": beside(viewer, one),
    })  # fmt: skip


@require_http_methods(_METHODS)
def note(request: HttpRequest, key: str) -> HttpResponse:
    """A buyer asks something."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.ANSWER)
    person = person_behind(key)

    def run(said: NoteEnquiry) -> Done:
        row = EnquiryRow((person.pk, person.key), said.text, kind=said.kind, addresses=mails_of(person.pk))
        row.source = _source(said.source)
        one = enquiry_came(row, by=viewer, at=at)
        return _noted(one), f"{enquiry_path(one)}/undo"

    asked = Asked(
        NoteEnquiry, f"/buyers/{person.key}", _("Note an enquiry"), _("Note it"),
        choices=kinds(_("By the agreed rules")),
    )  # fmt: skip
    return ask(request, asked, run)


@require_http_methods(_METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Somebody asks something, known or not."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.ANSWER)

    def run(said: NewEnquiry) -> Done:
        row = EnquiryRow((0, ""), said.text, kind=said.kind, source=_source(said.source))
        one = somebody_asked(said.name, said.mail, row, by=viewer, at=at)
        return _noted(one), f"{enquiry_path(one)}/undo"

    asked = Asked(
        NewEnquiry, "/enquiries", _("Note an enquiry"), _("Note it"),
        choices=kinds(_("By the agreed rules")),
    )  # fmt: skip
    return ask(request, asked, run)


@require_http_methods(_METHODS)
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Say what was answered."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.ANSWER)
    one = enquiry_for(viewer, key)

    def run(said: AnswerEnquiry) -> Done:
        answer_enquiry(key, said.answer, by=viewer, at=at, version=_version(request))
        return _("Answered: it stands in their story"), f"/enquiries/{key}/undo"

    asked = Asked(AnswerEnquiry, enquiry_path(one), _("Answer the enquiry"), _("Answer"), version=one.version)
    return ask(request, asked, run)


@require_http_methods(_METHODS)
def move(request: HttpRequest, key: str) -> HttpResponse:
    """It is of another kind, and why."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.ANSWER)
    one = enquiry_for(viewer, key)

    def run(said: MoveEnquiry) -> Done:
        moved = move_enquiry(key, said.kind, said.why, by=viewer, at=at, version=_version(request))
        return _noted(moved), f"/enquiries/{key}/undo" if moved.before else ""

    asked = Asked(
        MoveEnquiry, enquiry_path(one), _("Move the enquiry"), _("Move it"), version=one.version,
        choices=kinds(_("Choose"), but=one.kind),
    )  # fmt: skip
    return ask(request, asked, run)


@require_http_methods(_METHODS)
def give(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody else answers it."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.ANSWER)
    one = enquiry_for(viewer, key)

    def run(said: GiveEnquiry) -> Done:
        to = member_named(said.member)
        give_enquiry(key, to, by=viewer, at=at, version=_version(request))
        return _("%(name)s answers it") % {"name": to.name}, f"/enquiries/{key}/undo"

    asked = Asked(
        GiveEnquiry, enquiry_path(one), _("Give the enquiry"), _("Give it"), version=one.version,
        choices=members_beside(one),
    )  # fmt: skip
    return ask(request, asked, run)


@require_http_methods(_METHODS)
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Nobody answers it, and why."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.ANSWER)
    one = enquiry_for(viewer, key)

    def run(said: CloseEnquiry) -> Done:
        close_enquiry(key, said.why, by=viewer, at=at, version=_version(request))
        return _("Closed without an answer"), f"/enquiries/{key}/undo"

    asked = Asked(CloseEnquiry, enquiry_path(one), _("Close the enquiry"), _("Close it"), version=one.version)
    return ask(request, asked, run)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take back what was done with it last."""
    one = take_back(key, by=acting_on(request), at=time_on(request))
    tell(request, _("Taken back"))
    return redirect(enquiry_path(one) if one.gone_at is None else f"/buyers/{one.person.whole.key}")


@require_http_methods(_METHODS)
def not_buying(request: HttpRequest, key: str) -> HttpResponse:
    """A lead is about something else than buying: it becomes an enquiry of that kind."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.ANSWER)
    lead = lead_for(viewer, key)

    def run(said: MoveEnquiry) -> Done:
        return _noted(make_enquiry(key, said.kind, said.why, by=viewer, at=at)), ""

    asked = Asked(
        MoveEnquiry, f"/buyers/{lead.person.whole.key}", _("Not about buying"), _("Move it"),
        choices=kinds(_("Choose"), but=BUYING),
    )  # fmt: skip
    return ask(request, asked, run)


def kind_called(kind: str) -> str:
    """What a kind is called, nothing for none."""
    return str(dict(kinds("")).get(kind, kind))


def _source(name: str) -> tuple[int, str] | None:
    return (sources_named([name])[name], name) if name else None


def _noted(one: Enquiry) -> str:
    words: dict[str, Any] = {"kind": one.kind_label, "name": one.owner.name if one.owner else ""}
    if one.owner is None:
        return _("It is about buying: the lead is noted")
    return _("%(kind)s: %(name)s answers it") % words


def _version(request: HttpRequest) -> int | None:
    version = request.POST.get("version", "")
    return int(version) if version.isdigit() else None
