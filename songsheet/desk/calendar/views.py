"""The calendar: what is due, by month or week, mine or everybody's."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.base.time import day_of
from songsheet.desk.calendar.read import Span, days_of, shown
from songsheet.team.acting import acting_on, time_on

IN_A_MONTH, IN_A_WEEK = 4, 100


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Tasks that are due and deals that are expected to close."""
    viewer, at = acting_on(request), time_on(request)
    zone: str = request.house.zone  # type: ignore[attr-defined]
    today = day_of(at, zone)
    by_week, everybody = request.GET.get("view") == "week", request.GET.get("whose") == "all"
    span = Span.around(_day(request.GET.get("on", ""), today), by_week=by_week)
    days, is_whole = days_of(span, viewer, mine=not everybody, at=at, zone=zone)
    drawn = shown(days, IN_A_WEEK if by_week else IN_A_MONTH)
    context: dict[str, Any] = {
        "title": _("Calendar"),
        "span": span,
        "weeks": [drawn[start : start + 7] for start in range(0, len(drawn), 7)],
        "is_whole": is_whole,
        "count": sum(one["count"] for one in drawn),
        "everybody": everybody,
        **_ways(request, span, today, everybody=everybody),
    }
    return render(request, "desk/calendar.html", context)


def _ways(request: HttpRequest, span: Span, today: date, *, everybody: bool) -> dict[str, Any]:
    """Where one can go from here: before and after, by month or week, mine or all."""
    whose = [_way(request, _("Mine"), not everybody, whose="mine")]
    views = [_way(request, _("Month"), not span.by_week, view="month")]
    return {
        "views": [*views, _way(request, _("Week"), span.by_week, view="week")],
        "whose": [*whose, _way(request, _("All"), everybody, whose="all")],
        "before": _address(request, on=span.before.isoformat()),
        "after": _address(request, on=span.after.isoformat()),
        "now_url": _address(request, on=today.isoformat()),
        "week_url": _address(request, view="week"),
    }


def _day(text: str, otherwise: date) -> date:
    try:
        chosen = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return chosen if 1970 <= chosen.year <= 2199 else otherwise


def _address(request: HttpRequest, **changes: str) -> str:
    asked = {name: request.GET[name] for name in ("view", "whose", "on") if request.GET.get(name)}
    return "/calendar?" + urlencode({**asked, **changes})


def _way(request: HttpRequest, label: str, current: bool, **changes: str) -> dict[str, Any]:
    return {"label": label, "url": _address(request, **changes), "current": current}
