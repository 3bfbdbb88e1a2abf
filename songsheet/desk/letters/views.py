"""The pages of the letters."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.base.time import day_of
from songsheet.desk.letters.asked import UNKNOWN, Asked, limits_of, read_asked, source_named
from songsheet.desk.letters.behind import leads_behind
from songsheet.desk.letters.letter import Leak, Letters, letters
from songsheet.desk.letters.picture import picture_of
from songsheet.desk.letters.words import Piece, answer, money_words, speed, when
from songsheet.doors.listing import Listing
from songsheet.doors.pages import Empty
from songsheet.team.acting import acting_on, time_on
from songsheet.team.lists import export_list, show_list
from songsheet.team.models import House
from songsheet.touches.models import Source

EMPTY = Empty("No such leads", "No lead stands like this now. What leaked may have been mended since.")
MOST_ROWS = 12
ICONS = {"offer": "handoff", "ask": "talk", "step": "today", "reason": "question", "take": "check"}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Both letters on one page."""
    viewer, at, house = acting_on(request), time_on(request), house_of(request)
    asked = asked_of(request)
    told = letters(viewer, at=at, asked=asked, house=house)
    days = _days(told)
    context = {
        "title": _("Letters"),
        "now": at,
        "told": told,
        "answer": opened(answer(told), days),
        "speed": opened(speed(told), days) if told.leads else [],
        "picture": picture_of(told, house),
        "leaks": [shown(leak) for leak in told.leaks],
        "periods": _periods(request, house),
        "period": when(told).strip().capitalize() or _("All days"),
        "sources": _sources(request),
        "source": request.GET.get("source") or _("All sources"),
        **_came(told),
    }
    return render(request, "desk/letters.html", context)


@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """The leads behind a figure, a ribbon or a leak."""
    listing = _behind(request)
    crumbs = [{"label": _("Letters"), "url": "/letters"}, {"label": listing.title, "url": ""}]
    extra = {"now": time_on(request), "title": listing.title, "crumbs": crumbs}
    return show_list(request, listing, empty=EMPTY, extra=extra, views=False)


@require_safe
def leads_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The leads behind a figure as a file."""
    return export_list(request, _behind(request), form)


def _behind(request: HttpRequest) -> Listing:
    house = house_of(request)
    return leads_behind(house, limits_of(house, time_on(request)))


def house_of(request: HttpRequest) -> House:
    """The house of this request, read once."""
    found: House = request.house  # type: ignore[attr-defined]
    return found


def asked_of(request: HttpRequest) -> Asked:
    """What an address asks for."""
    given = {name: request.GET.get(name) for name in ("from", "until")}
    return read_asked(given, source_named(request.GET.get("source")))


def opened(pieces: list[Piece], days: str) -> list[dict[str, str]]:
    """Pieces with their addresses."""
    return [
        {"words": piece.words, "url": f"/letters/leads?{piece.query}{days}" if piece.query else ""}
        for piece in pieces
    ]


def shown(leak: Leak) -> dict[str, Any]:
    """A leak as a row of the page: the figure that opens it apart from the rest of its sentence."""
    count, _space, words = leak.sentence.partition(" ")
    return {
        "leak": leak,
        "count": count,
        "words": words,
        "worth": money_words(leak.value),
        "icon": ICONS[leak.kind.act],
    }


def _came(told: Letters) -> dict[str, Any]:
    """Where leads came from: a row per source, and the campaigns that brought most."""
    sources, campaigns = told.by_source(), [row for row in told.came_from if row.campaign]
    return {
        "by_source": sources[:MOST_ROWS],
        "by_campaign": campaigns[:MOST_ROWS],
        "rest": max(0, len(sources) - MOST_ROWS) + max(0, len(campaigns) - MOST_ROWS),
    }


def _days(told: Letters) -> str:
    first, last = told.asked.first, told.asked.last
    given = {"from": first and first.isoformat(), "until": last and last.isoformat()}
    found = urlencode({name: value for name, value in given.items() if value})
    return f"&{found}" if found else ""


def _periods(request: HttpRequest, house: House) -> list[dict[str, Any]]:
    today = day_of(time_on(request), house.zone)
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    choices: list[tuple[str, date | None, date | None]] = [
        (_("All days"), None, None),
        (_("This month"), month, None),
        (_("Last month"), before, month - timedelta(days=1)),
        (_("Last 90 days"), today - timedelta(days=90), None),
        (_("This year"), today.replace(month=1, day=1), None),
        (_("Last year"), date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    ]
    given = {name: request.GET.get(name, "") for name in ("from", "until")}
    periods = []
    for label, first, last in choices:
        days = {"from": first.isoformat() if first else "", "until": last.isoformat() if last else ""}
        periods.append({"label": label, "url": _with(request, **days), "current": days == given})
    return periods


def _sources(request: HttpRequest) -> list[dict[str, Any]]:
    names = [*Source.objects.order_by("name").values_list("name", flat=True), UNKNOWN]
    chosen = request.GET.get("source", "")
    return [
        {"label": _("All sources"), "url": _with(request, source=None), "current": not chosen},
        *({"label": one, "url": _with(request, source=one), "current": one == chosen} for one in names),
    ]


def _with(request: HttpRequest, **changes: str | None) -> str:
    given = {name: request.GET.get(name) for name in ("from", "until", "source")} | changes
    query = urlencode({name: value for name, value in given.items() if value})
    return f"/letters?{query}" if query else "/letters"
