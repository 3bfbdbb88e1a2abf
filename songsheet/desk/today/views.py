"""The page Today: one question for each role, answered in its headline."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from songsheet.base.refusals import NotFound
from songsheet.base.time import day_of
from songsheet.beside.queries import stopped_count
from songsheet.desk.letters.asked import Asked
from songsheet.desk.letters.kinds import BREACHED
from songsheet.desk.letters.letter import letters
from songsheet.desk.letters.views import house_of, shown
from songsheet.desk.today.parts import PARTS, Look, first_of, parts_of
from songsheet.desk.today.queue import Queue, free_leads, queue_of
from songsheet.desk.today.stuck import needs_for
from songsheet.desk.today.verdicts import verdicts_for
from songsheet.handoffs.owing import STARTERS, label_of, labels
from songsheet.handoffs.queries import concerning
from songsheet.imports.models import Import
from songsheet.journal.queries import parked_count
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.team.models import House, Member
from songsheet.team.roles import Right, Role, Side

#: How far back marketing looks when it asks what became of its leads.
BECAME_DAYS = 30
#: So long the answers to one's returns stay there.
ANSWERED_DAYS = 14
LEADING = (Role.OWNER, Role.CRO, Role.SALES_MANAGER)


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What I do next and why, what became of mine, or where it leaks: by role."""
    viewer, at, house = acting_on(request), time_on(request), house_of(request)
    assert viewer.member is not None
    queue = queue_of(viewer.member, at=at, zone=house.zone)
    context: dict[str, Any] = {"title": _("Today"), "now": at, "queue": queue, "here": {"next": "/"}}
    context["opened"] = _opened(queue, request.GET.get("open", ""))
    context |= _for_role(viewer, queue, at, house)
    role = viewer.member.role
    context |= _returns(viewer, at) | verdicts_for(viewer, at) | needs_for(viewer, at=at)
    context |= {"first": first_of(role), "parts": parts_of(role)}
    if viewer.may(Right.WORK) and viewer.member.side == Side.SALES:
        found = free_leads()
        context |= {"free": found[:6], "more_free": len(found) > 6}
    return render(request, "desk/today.html", context)


def _opened(queue: Queue, asked: str) -> str:
    """The line whose brief is open: the one that is asked for, else the first that is due."""
    known = [item.key for item in [*queue.today, *queue.later]]
    return asked if asked in known else next(iter(known), "")


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One part of Today, fetched by the page; of those that the viewer's role has."""
    viewer = acting_on(request)
    viewer.must(Right.LOOK)
    assert viewer.member is not None
    if name not in (*first_of(viewer.member.role), *parts_of(viewer.member.role)):
        raise NotFound(_("Your Today has no such part."))
    read, template = PARTS[name]
    look = Look(viewer, time_on(request), house_of(request))
    return render(request, template, {"now": look.at, **read(look)})


def _returns(viewer: Acting, at: datetime) -> dict[str, Any]:
    """The returns that wait for one's answer, and the answers to one's own."""
    assert viewer.member is not None
    found = concerning(viewer, viewer.member, at - timedelta(days=ANSWERED_DAYS))
    named = labels(at) if {one.reason for one in found} - STARTERS.keys() else STARTERS
    shown = [(one, label_of(one.reason, named)) for one in found]
    return {
        "to_answer": sorted(
            (pair for pair in shown if pair[0].is_open), key=lambda pair: pair[0].clock.due_at
        ),
        "answers": [pair for pair in shown if not pair[0].is_open],
    }


def _for_role(viewer: Acting, queue: Queue, at: datetime, house: House) -> dict[str, Any]:
    assert viewer.member is not None
    if viewer.member.role == Role.ADMINISTRATOR:
        return _administrator()
    if viewer.member.role == Role.METRICS:
        return _metrics()
    if viewer.member.role in LEADING:
        return _leading(viewer, at, house)
    if viewer.member.side == Side.MARKETING:
        return _marketing(viewer, at, house)
    return {"headline": _next(queue, at, house), "under": _waiting(queue, sells=viewer.may(Right.WORK))}


def _next(queue: Queue, at: datetime, house: House) -> str:
    first = queue.first
    if first is None:
        return _("Nothing waits for you.")
    due = first.due.astimezone(ZoneInfo(house.zone))
    is_today = due.date() == day_of(at, house.zone)
    words = (
        _("%(name)s is next: %(why)s, was due %(due)s.")
        if first.due < at
        else _("%(name)s is next: %(why)s, due %(due)s.")
    )
    return words % {
        "name": first.name,
        "why": first.why,
        "due": f"{due:%H:%M}" if is_today else f"{due:%A %-d %B, %H:%M}",
    }


#: What comes to those who take no leads.
_ASKED = gettext_lazy("What is asked of you comes here, with the time until which it is answered.")


def _waiting(queue: Queue, *, sells: bool) -> str:
    if not queue.count:
        free = _("Take a free lead, or plan your next call on a buyer's page.")
        return free if sells else str(_ASKED)
    waits = ngettext("%d buyer waits for you", "%d buyers wait for you", queue.count) % queue.count
    return _("%(waits)s, %(today)d of them today.") % {"waits": waits, "today": len(queue.today)}


def _leading(viewer: Acting, at: datetime, house: House) -> dict[str, Any]:
    told = letters(viewer, at=at, house=house)
    worst = told.leaks[0] if told.leaks else None
    assert viewer.member is not None
    if viewer.member.role == Role.SALES_MANAGER:  # whose promises slip comes before what they are worth
        worst = next((leak for leak in told.leaks if leak.kind is BREACHED), worst)
    return {
        "headline": f"{worst.sentence}."
        if worst
        else _("Nothing leaks: every lead has somebody and something planned."),
        "under": _("Where it leaks, by what can still be saved.") if worst else "",
        "leaks": [shown(leak) for leak in told.leaks],
        "leading": True,
    }


def _metrics() -> dict[str, Any]:
    parked = parked_count()
    words = ngettext(
        "%d piece of work is parked: the figures lack it.",
        "%d pieces of work are parked: the figures lack them.",
        parked,
    )
    return {
        "headline": words % parked if parked else _("Everything that was recorded is in the figures."),
        "under": _("What changed, and what does not add up."),
    }


def _marketing(viewer: Acting, at: datetime, house: House) -> dict[str, Any]:
    since = day_of(at, house.zone) - timedelta(days=BECAME_DAYS)
    told = letters(viewer, at=at, asked=Asked(first=since), house=house)
    leads, won = sum(one.leads for one in told.came_from), sum(one.won for one in told.came_from)
    deals = sum(one.deals for one in told.came_from)
    says = ngettext(
        "%(n)d lead came in the last %(days)d days; %(deals)d became deals, %(won)d bought.",
        "%(n)d leads came in the last %(days)d days; %(deals)d became deals, %(won)d bought.",
        leads,
    )
    return {
        "headline": says % {"n": leads, "days": BECAME_DAYS, "deals": deals, "won": won},
        "under": _("What became of each campaign's leads."),
        "became": told.came_from[:20],
        "since": since,
        "leaks": [shown(leak) for leak in told.leaks[:3]],
    }


def _administrator() -> dict[str, Any]:
    parked, stopped = parked_count(), stopped_count()
    nobody_yet = Member.objects.filter(state=Member.State.ELSEWHERE).count()
    return {
        "headline": ngettext("%d piece of work is parked.", "%d pieces of work are parked.", parked) % parked
        if parked
        else ngettext("%d webhook was stopped.", "%d webhooks were stopped.", stopped) % stopped
        if stopped
        else _("Nothing is parked; everything recorded was reacted to."),
        "under": ngettext(
            "%d name from an import has no member yet.",
            "%d names from imports have no member yet.",
            nobody_yet,
        )
        % nobody_yet
        if nobody_yet
        else "",
        "parked": parked,
        "stopped": stopped,
        "nobody_yet": nobody_yet,
        "imports": list(Import.objects.order_by("-id")[:5]),
        "administering": True,
    }
