"""The page of promises: both directions side by side, and what is behind each figure."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.base.time import day_of
from songsheet.desk.promises.behind import promises_behind
from songsheet.desk.promises.read import MONTHS, Period, back, called, promises
from songsheet.desk.promises.still import standing_still
from songsheet.doors.listing import Listing
from songsheet.doors.pages import Empty
from songsheet.team.acting import acting_on, time_on
from songsheet.team.lists import export_list, show_list

EMPTY = Empty("No such promises", "No promise of these days was kept or missed like this.")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What each side promised the other, kept and missed, by person, tier and month."""
    zone: str = request.house.zone  # type: ignore[attr-defined]
    at = time_on(request)
    this = day_of(at, zone).replace(day=1)
    period = _asked(request, this)
    both = promises(acting_on(request), period, at=at, zone=zone)
    periods = _periods(period, this)
    words = next((one["label"] for one in periods if one["current"]), "")
    context: dict[str, Any] = {
        "title": _("Promises"),
        "rows": [both[:2], [one for one in both[2:] if one.sums.whole]],
        "still": standing_still(acting_on(request)),
        "now": at,
        "back": {"next": "/promises"},
        "periods": periods,
        "period": words or f"{called(period.first)} – {called(period.last)}",
    }
    return render(request, "desk/promises.html", context)


@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """The promises behind a figure."""
    listing = _listing(request)
    crumbs = [{"label": _("Promises"), "url": "/promises"}, {"label": _("Kept and missed"), "url": ""}]
    extra = {"now": time_on(request), "title": listing.title, "crumbs": crumbs}
    return show_list(request, listing, empty=EMPTY, extra=extra, views=False)


@require_safe
def behind_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The promises behind a figure as a file."""
    return export_list(request, _listing(request), form)


def _listing(request: HttpRequest) -> Listing:
    zone: str = request.house.zone  # type: ignore[attr-defined]
    return promises_behind(zone, time_on(request))


def _asked(request: HttpRequest, this: date) -> Period:
    """The months of the address; the last twelve where it says none or what are none."""
    try:
        first, last = (date.fromisoformat(f"{request.GET[name]}-01") for name in ("from", "until"))
    except (KeyError, ValueError):
        return Period(back(this, MONTHS - 1), this)
    sound = first <= last and (last - first).days < 3_700 and first.year >= 1970 and last.year < 2200
    return Period(first, last) if sound else Period(back(this, MONTHS - 1), this)


def _periods(chosen: Period, this: date) -> list[dict[str, Any]]:
    before, year = back(this, 1), this.replace(month=1)
    periods = (
        (_("Last twelve months"), Period(back(this, MONTHS - 1), this)),
        (_("This month"), Period(this, this)),
        (_("Last month"), Period(before, before)),
        (_("This year"), Period(year, this)),
        (_("Last year"), Period(back(year, 12), back(year, 1))),
    )
    return [
        {
            "label": label,
            "url": "/promises?" + urlencode({"from": f"{one.first:%Y-%m}", "until": f"{one.last:%Y-%m}"}),
            "current": one == chosen,
        }
        for label, one in periods
    ]
