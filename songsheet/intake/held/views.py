"""The pages of what was held back: the list, one to be mended, sending in again, dropping."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from songsheet.doors.problems import errors_of
from songsheet.intake.held import actions
from songsheet.intake.held.errors import NotMended
from songsheet.intake.held.queries import held_back_seen_by, held_for
from songsheet.intake.held.reading import as_shown
from songsheet.intake.inbox.models import HeldBack
from songsheet.team.acting import acting_on, time_on
from songsheet.ui.toasts import tell


@require_safe
def held_back(request: HttpRequest) -> HttpResponse:
    """What waits to be mended, the newest first; `state` shows what was done with others."""
    state = request.GET.get("state", "")
    state = state if state in HeldBack.State.values else HeldBack.State.WAITING
    page = held_back_seen_by(acting_on(request), state=state, before=request.GET.get("before", ""))
    states = [
        {"label": _("Waiting"), "url": "?state=waiting", "current": state == "waiting"},
        {"label": _("Sent in again"), "url": "?state=replayed", "current": state == "replayed"},
        {"label": _("Dropped"), "url": "?state=dropped", "current": state == "dropped"},
    ]
    context = {"page": page, "state": state, "states": states, "crumbs": _crumbs(), "now": time_on(request)}
    return render(request, "intake/held_back.html", context)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One of them, as it came, with what is wrong with it."""
    held = held_for(acting_on(request), key)
    return _page(request, held, as_shown(held.body), {held.field: [held.problem]})


@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Send it in again as it was mended; what still does not fit keeps what was typed."""
    by = acting_on(request)
    text = request.POST.get("body", "")
    version = request.POST.get("version", "")
    try:
        sent = actions.send_in_again(
            key, by=by, at=time_on(request), body=text,
            version=int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else None,
        )  # fmt: skip
    except NotMended as refusal:
        return _page(request, held_for(by, key), text, errors_of(refusal), status=refusal.status)
    if sent.accepted:
        said = ngettext("It was sent in again", "%(n)s events were sent in again", sent.accepted)
        tell(request, said % {"n": sent.accepted})
    else:
        tell(request, _("It had arrived already; nothing was added"))
    return redirect("held_back")


@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Make nothing of it; undo keeps it again."""
    actions.drop(key, by=acting_on(request), at=time_on(request))
    tell(request, _("It was dropped"), undo_url=reverse("keep_held_back", args=[key]))
    return redirect("held_back")


@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """What was dropped waits again."""
    actions.keep(key, by=acting_on(request), at=time_on(request))
    tell(request, _("It waits again"))
    return redirect("one_held_back", key=key)


def _crumbs(*more: str) -> list[dict[str, str]]:
    held = {"label": _("Held back")} | ({"url": "/incoming/held"} if more else {})
    return [{"label": _("Incoming"), "url": "/incoming"}, held, *[{"label": each} for each in more]]


def _page(
    request: HttpRequest, held: HeldBack, text: str, problems: dict[str, list[str]], *, status: int = 200
) -> HttpResponse:
    told = [(field if field != "body" else "", each) for field, every in problems.items() for each in every]
    context = {
        "one": held, "text": text, "problems": told, "rows": min(max(text.count("\n") + 2, 8), 40),
        "crumbs": _crumbs(_("One")), "now": time_on(request),
    }  # fmt: skip
    return render(request, "intake/one_held_back.html", context, status=status)
