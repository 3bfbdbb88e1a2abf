"""The pages that visitors see: free times, who they are, and the page with the one button that confirms."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from songsheet.base.refusals import NotFound, Refusal
from songsheet.intake.appointments import booking_actions as actions
from songsheet.intake.appointments.errors import TimeTaken
from songsheet.intake.appointments.finding import team_of
from songsheet.intake.appointments.holding_acts import HELD_FOR
from songsheet.intake.appointments.jobs import mail_soon
from songsheet.intake.appointments.models import BookingPage, Meeting
from songsheet.intake.appointments.offer import Offer, asks, where
from songsheet.intake.appointments.queries import members_of, offer_of, open_page
from songsheet.intake.appointments.shown import (
    days_of,
    query,
    read_day,
    read_instant,
    slots_of,
    zone_of,
    zones,
)
from songsheet.intake.forms.answer_actions import is_too_old
from songsheet.intake.forms.colours import sheet_of
from songsheet.intake.forms.errors import NotFilledIn
from songsheet.intake.forms.public import TRAP, Given, came, carried, questions
from songsheet.intake.forms.public_views import given_in
from songsheet.intake.forms.reading import Typed, must_have_read, read
from songsheet.intake.forms.stamps import BITS, stamp
from songsheet.intake.spoken.saying import say, say_refusal, spoken_by, spoken_for
from songsheet.team.acting import time_on
from songsheet.team.queries import house

_OLD = "This page lay open for long. Look at what you wrote and send it once more."
_WRONG = "Some answers need another look."
#: What the address of a page says of where somebody came from, and is carried from one step to the next.
_CARRIED = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "visitor",
    "page",
    "referrer",
)


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """The days and times that are free, in the visitor's zone."""
    try:
        page = open_page(key)
    except Refusal as refusal:
        return over(request, refusal)
    return times_page(request, page, to=f"/m/{key}/book", at=time_on(request))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, key: str) -> HttpResponse:
    """Who they are, once a time is chosen; where something is wrong all that was typed stays."""
    try:
        page = open_page(key)
        begins_at = read_instant(request.GET.get("at", ""))
        if begins_at is None:
            return redirect(f"/m/{page.key}")
        if request.method == "POST":
            return _sent(request, page, begins_at)
        return _details(request, page, begins_at, given={}, hidden=carried(request))
    except Refusal as refusal:
        return over(request, refusal)


@require_safe
def thanks(request: HttpRequest, key: str) -> HttpResponse:
    """The time is held; the button on the mailed page books it."""
    try:
        page = open_page(key)
    except Refusal as refusal:
        return over(request, refusal)
    return drawn(request, "thanks", page, {"minutes": int(HELD_FOR.total_seconds() // 60)})


@require_safe
def colours(request: HttpRequest, key: str) -> HttpResponse:
    """The company's colour, as a style sheet: pages hold no style of their own."""
    return HttpResponse(sheet_of(offer_of(open_page(key)).colour), content_type="text/css; charset=utf-8")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Looking does nothing: programs that open every link of a mail book nothing. The button does."""
    at = time_on(request)
    try:
        if request.method == "POST":
            meeting = actions.confirm(token, at=at)
            mail_soon(meeting)
        else:
            meeting = actions.to_confirm(token, at=at)
    except TimeTaken as refusal:
        return over(request, refusal, again=f"/m/{key}")
    except Refusal as refusal:
        return over(request, refusal)
    done = meeting.state not in (Meeting.State.WAITS, Meeting.State.LAPSED)
    return drawn(request, "confirm", meeting.page, {"meeting": meeting, "done": done}, zone=meeting.zone)


def _sent(request: HttpRequest, page: BookingPage, begins_at: datetime) -> HttpResponse:
    """The booking, as far as it can be; a time that is gone is answered with the next ones."""
    given, form, at = given_in(request, is_json=False), asks(offer_of(page)), time_on(request)
    how, typed = came(request, page.key, given), read(form, given)
    must_have_read(form, typed, how.wordings)
    is_old = how.stamp is not None and is_too_old(how.stamp, at=at)
    try:
        if typed.wrong or is_old:
            raise NotFilledIn(_OLD if not typed.wrong else _WRONG)
        meeting = actions.book(page, begins_at, typed.values, how, zone=_zone(request), at=at)
    except (NotFilledIn, TimeTaken) as refusal:
        hidden = {name: str(next(iter(given[name]), ""))[:2000] for name in given if _is_carried(name)}
        return _details(request, page, begins_at, given=given, hidden=hidden, typed=typed, refusal=refusal)
    mail_soon(meeting)
    return HttpResponse(status=303, headers={"Location": f"/m/{page.key}/thanks"})


def _is_carried(name: str) -> bool:
    return name.startswith("_") and name not in ("_stamp", "_work", "_wording")


def _details(
    request: HttpRequest,
    page: BookingPage,
    begins_at: datetime,
    *,
    given: Given,
    hidden: dict[str, str],
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """What they are asked; when the time is taken also the next ones, each sending what was typed."""
    offer, at, zone = offer_of(page), time_on(request), _zone(request)
    team = team_of(offer, at=at)
    free = bool(team.free_at(begins_at))
    if refusal is None and not free:
        refusal = TimeTaken()
    form = asks(offer)
    kept = next(iter(given.get("_stamp", ())), "") if typed is not None and typed.wrong else ""
    times = slots_of(team.next_times(8), zone) if isinstance(refusal, TimeTaken) else []
    context = {
        "form": form, "questions": questions(form, given, typed), "hidden": hidden, "bits": BITS,
        "trap": TRAP, "stamp": kept or stamp(page.key, 1, at=at), "refusal": refusal, "begins": begins_at,
        "ends": begins_at + offer.length, "times": times, "where": say(offer.language, where(offer)),
        "query": _query(request),
        "action": f"/m/{page.key}/book?{query({'at': request.GET.get('at'), 'zone': zone})}", "free": free,
    }  # fmt: skip
    return drawn(request, "details", page, context, zone=zone, status=refusal.status if refusal else 200)


def times_page(
    request: HttpRequest, page: BookingPage, *, to: str, at: datetime, but: Meeting | None = None, **more: Any
) -> HttpResponse:
    """The days and times; `to` is where a chosen time leads, by a link or, with `but`, by a button."""
    offer, zone = offer_of(page), _zone(request, but.zone if but else "")
    found = days_of(team_of(offer, at=at, but=but), zone, read_day(request.GET.get("from", "")))
    context = {
        "days": found, "zones": zones(), "to": to, "where": say(offer.language, where(offer)),
        "members": members_of(offer),
        "query": _query(request), "moves": but, "is_guess": "zone" not in request.GET and but is None,
        "carried": [(name, request.GET[name]) for name in _CARRIED if name in request.GET], **more,
    }  # fmt: skip
    return drawn(request, "times", page, context, zone=zone)


def drawn(
    request: HttpRequest, name: str, page: BookingPage, context: dict[str, Any], *, zone: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page in the company's colour and the page's language."""
    offer: Offer = offer_of(page)
    dressed = {"colours": f"/m/{page.key}/colours.css?{offer.colour[1:]}"} if offer.colour else {}
    refusal: Refusal | None = context.get("refusal")
    told = {
        "title": offer.title, "broad": True, "page": page, "offer": offer, "zone": zone, **dressed,
        "spoken": spoken_for(offer.language),
        "wrong": say_refusal(offer.language, refusal.sentence) if refusal else "",
    }  # fmt: skip
    return render(request, f"intake/appointments/{name}.html", told | context, status=status)


def over(request: HttpRequest, refusal: Refusal, *, again: str = "") -> HttpResponse:
    """A refusal in the company's name, without a trace of the machinery."""
    spoken = spoken_by(request)
    title = say(spoken, "Nothing here" if isinstance(refusal, NotFound) else "Not now")
    says = say_refusal(spoken, refusal.sentence)
    context = {"title": title, "says": says, "again": again, "spoken": spoken}
    return render(request, "intake/appointments/over.html", context, status=refusal.status)


def _zone(request: HttpRequest, otherwise: str = "") -> str:
    return zone_of(request.GET.get("zone", ""), otherwise or house().zone)


def _query(request: HttpRequest) -> str:
    return query({name: request.GET.get(name, "")[:200] for name in _CARRIED})
