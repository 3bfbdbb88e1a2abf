"""The page of where buyers met us first, and with which questions nobody finds us."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.base.time import day_of
from songsheet.doors.days import start_of
from songsheet.doors.pages import Empty
from songsheet.doors.problems import errors_of
from songsheet.intake.forms.models import Form
from songsheet.intake.found.actions import map_place, take_place_off
from songsheet.intake.found.listing import people_who_met_us
from songsheet.intake.found.queries import Answered, found
from songsheet.intake.links.models import Link
from songsheet.intake.sites.models import Site
from songsheet.song.market.actions import add_question
from songsheet.team.acting import acting_on, time_on
from songsheet.team.lists import export_list, show_list
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign
from songsheet.ui.toasts import tell

EMPTY = Empty("Nobody", "Nobody met us first like this in that time.")
#: Name in the address → label and days; the first is what is meant without one.
PERIODS = (("90", _("Last 90 days"), 90), ("30", _("Last 30 days"), 30), ("365", _("Last year"), 365))
MOST_OFFERED = 300
_TYPED = {"what", "path", "question", "text"}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Where buyers met us first."""
    return _page(request)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people behind a figure."""
    listing = people_who_met_us(_since(request)[1], None)
    crumbs = [{"label": _("Get found"), "url": "/found"}, {"label": listing.title, "url": ""}]
    extra = {"now": time_on(request), "title": listing.title, "crumbs": crumbs}
    return show_list(request, listing, empty=EMPTY, extra=extra, views=False)


@require_safe
def people_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same as a file."""
    return export_list(request, people_who_met_us(_since(request)[1], None), form)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Write a question of buyers down."""
    try:
        add_question(text=request.POST.get("text", ""), by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        return _refused(request, refusal)
    tell(request, _("The question is written down"))
    return redirect("found")


@require_POST
def map_it(request: HttpRequest) -> HttpResponse:
    """Say which question a place answers."""
    given = {name: request.POST.get(name, "") for name in ("what", "question", "path")}
    try:
        place = map_place(**given, by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        return _refused(request, refusal)
    undo = reverse("take_place_off", args=[place.key])
    tell(request, _("%(place)s answers it from now on") % {"place": place}, undo_url=undo)
    return redirect("found")


@require_POST
def take_off(request: HttpRequest, key: str) -> HttpResponse:
    """The place answers no question any more."""
    take_place_off(key, by=acting_on(request), at=time_on(request))
    tell(request, _("It answers no question any more"))
    return redirect("found")


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if not set(errors_of(refusal)) & _TYPED:
        raise refusal
    return _page(request, refusal=refusal)


def _since(request: HttpRequest) -> tuple[str, datetime]:
    asked = request.GET.get("days", "")
    name, _label, days = next((one for one in PERIODS if one[0] == asked), PERIODS[0])
    zone = request.house.zone  # type: ignore[attr-defined]
    return name, start_of((day_of(time_on(request), zone) - timedelta(days=days)).isoformat())


def _page(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    viewer = acting_on(request)
    period, since = _since(request)
    told = found(viewer, since)
    context: dict[str, Any] = {
        "title": _("Get found"),
        "told": told,
        "met": [_row(one, period) for one in told.met],
        "nobody": told.nobody,
        "nowhere": f"/found/people?{urlencode({'question': 'none', 'days': period})}",
        "periods": [
            {"label": label, "url": f"?days={name}", "current": name == period} for name, label, _d in PERIODS
        ],
        "questions": [one.asked.question for one in told.answered],
        "things": _things(),
        "may_say": viewer.may(Right.PROPOSE),
        "may_link": viewer.may(Right.FRONT),
        "typed": request.POST if refusal else {},
        "chosen": request.GET.get("for", ""),
        "refusal": refusal,
    }
    return render(request, "intake/found.html", context, status=refusal.status if refusal else 200)


def _row(one: Answered, period: str) -> dict[str, Any]:
    def people(**more: str) -> str:
        return f"/found/people?{urlencode({'question': one.asked.question.key, 'days': period, **more})}"

    return {
        "one": one,
        "url": people(),
        "places": [(place, count, people(place=place.key)) for place, count in one.at_places],
        "sources": [(name or _("not known"), count) for name, count in one.sources.most_common(4)],
    }


def _things() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can answer a question: sites first, for their pages are meant most often."""
    kinds: tuple[tuple[Any, Any, dict[str, Any]], ...] = (
        (_("Pages of a site"), Site, {"gone_at": None}),
        (_("Links"), Link, {"withdrawn_at": None}),
        (_("Forms"), Form, {"gone_at": None}),
        (_("Campaigns"), Campaign, {"gone_at": None}),
    )
    return [
        (label, list(model.objects.filter(**live).order_by("name").values_list("key", "name")[:MOST_OFFERED]))
        for label, model, live in kinds
    ]
