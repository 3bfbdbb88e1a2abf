"""The pages of what was held back: the list, one to be mended, sending in again, dropping."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from songsheet.doors.problems import errors_of
from songsheet.intake.feeds import names_of
from songsheet.intake.held import actions
from songsheet.intake.held.errors import NotMended
from songsheet.intake.held.jobs import go_on_soon
from songsheet.intake.held.queries import held_back_seen_by, held_for, how_many_of, round_of
from songsheet.intake.held.reading import as_shown
from songsheet.intake.held.round_actions import send_all_in_again
from songsheet.intake.inbox.models import HeldBack
from songsheet.team.acting import acting_on, time_on
from songsheet.ui.toasts import tell


@require_safe
def held_back(request: HttpRequest) -> HttpResponse:
    """What waits to be mended, the newest first; `state` shows what was done with others."""
    state = request.GET.get("state", "")
    state = state if state in HeldBack.State.values else HeldBack.State.WAITING
    viewer, feed = acting_on(request), request.GET.get("feed", "").replace("\x00", "")[:60]
    page = held_back_seen_by(viewer, state=state, before=request.GET.get("before", ""), feed=feed)
    names = names_of([*(one.feed for one in page.items), feed])
    of_feed = f"&{urlencode({'feed': feed})}" if feed else ""
    states = [
        {"label": _("Waiting"), "url": f"?state=waiting{of_feed}", "current": state == "waiting"},
        {"label": _("Sent in again"), "url": f"?state=replayed{of_feed}", "current": state == "replayed"},
        {"label": _("Dropped"), "url": f"?state=dropped{of_feed}", "current": state == "dropped"},
    ]
    context = {
        "page": page, "state": state, "states": states, "crumbs": _crumbs(), "now": time_on(request),
        "items": [(one, names.get(one.feed, one.feed)) for one in page.items], "feed": feed,
        "called": names.get(feed, feed), "of_feed": of_feed,
        "round": round_of(feed), "waiting": how_many_of(viewer, feed),
    }  # fmt: skip
    name = "intake/held_back.html"
    is_part = request.headers.get("HX-Target") == "round"
    return render(request, f"{name}#round" if is_part else name, context)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One of them, as it came, with what is wrong with it."""
    held = held_for(acting_on(request), key)
    return _page(request, held, as_shown(held.body), {held.field: [held.says]})


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
def all_again(request: HttpRequest) -> HttpResponse:
    """Send in again all that waits of one source; the page tells how far it is."""
    feed = request.POST.get("feed", "").replace("\x00", "")[:60]
    one = send_all_in_again(feed, by=acting_on(request), at=time_on(request))
    go_on_soon(one.key)
    said = ngettext("%(n)s is sent in again", "%(n)s are sent in again", one.whole)
    tell(request, said % {"n": one.whole})
    return redirect(f"{reverse('held_back')}?{urlencode({'feed': feed})}")


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
    crumb = _("Mend it") if held.state == HeldBack.State.WAITING else _("One")
    context = {
        "one": held, "text": text, "problems": told, "rows": min(max(text.count("\n") + 2, 8), 40),
        "crumbs": _crumbs(crumb), "now": time_on(request),
        "called": names_of([held.feed]).get(held.feed, held.feed),
    }  # fmt: skip
    return render(request, "intake/one_held_back.html", context, status=status)
