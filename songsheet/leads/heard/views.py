"""The page that sets what buyers said beside what was recorded."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.base.time import day_of
from songsheet.doors.days import start_of
from songsheet.doors.problems import errors_of
from songsheet.leads.heard.actions import say_what_means, take_meaning_back
from songsheet.leads.heard.queries import (
    OTHER,
    UNKNOWN,
    Beside,
    in_other_words,
    meanings,
    said_beside_recorded,
)
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.touches.models import Source
from songsheet.ui.toasts import tell

#: Name in the address → label and days.
PERIODS = (("", _("All days"), 0), ("90", _("Last 90 days"), 90), ("365", _("Last year"), 365))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Recorded against said, what means nothing yet, and which words mean what."""
    return _page(request)


@require_POST
def means(request: HttpRequest) -> HttpResponse:
    """Say which source some words mean."""
    words, source = request.POST.get("words", ""), request.POST.get("source", "")
    try:
        one = say_what_means(words, source, by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        if not set(errors_of(refusal)) & {"words", "source"}:
            raise
        return _page(request, refusal=refusal)
    undo = reverse("words_mean_no_more", args=[one.key])
    tell(request, _("These words mean %(source)s") % {"source": one.source.name}, undo_url=undo)
    return redirect("said_and_recorded")


@require_POST
def means_no_more(request: HttpRequest, key: str) -> HttpResponse:
    """Take it back."""
    take_meaning_back(key, by=acting_on(request), at=time_on(request))
    tell(request, _("Taken back"))
    return redirect("said_and_recorded")


def _page(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    viewer = acting_on(request)
    period, since = _since(request)
    beside = said_beside_recorded(viewer, since)
    context: dict[str, Any] = {
        "title": _("Said and recorded"),
        "beside": beside,
        "columns": [_called(name) for name in beside.meant],
        "lines": _lines(beside, since),
        "words": in_other_words(viewer),
        "meanings": list(meanings(viewer)[:100]),
        "sources": Source.objects.order_by("name").values_list("name", flat=True),
        "may_say": viewer.may(Right.SPEND),
        "periods": [
            {"label": label, "url": f"?days={name}" if name else "?", "current": name == period}
            for name, label, _days in PERIODS
        ],
        "refusal": refusal,
        "typed": request.POST if refusal else {},
    }
    return render(request, "leads/heard.html", context, status=refusal.status if refusal else 200)


def _since(request: HttpRequest) -> tuple[str, datetime | None]:
    days = {name: days for name, _label, days in PERIODS}.get(request.GET.get("days", ""), 0)
    if not days:
        return "", None
    zone = request.house.zone  # type: ignore[attr-defined]
    first = day_of(time_on(request), zone) - timedelta(days=days)
    return str(days), start_of(first.isoformat())


def _lines(beside: Beside, since: datetime | None) -> list[dict[str, Any]]:
    """Each row with its figures, and the leads that each opens."""

    def leads(**asked: str) -> str:
        days = {"from": since.date().isoformat()} if since else {}
        return f"/leads?{urlencode({**asked, **days})}"

    return [
        {
            "name": _("Unknown") if row.recorded == UNKNOWN else row.recorded,
            "leads": (row.leads, leads(source=row.recorded)),
            "cells": [
                (row.said.get(name, 0), leads(source=row.recorded, said=name), name == row.recorded)
                for name in beside.meant
            ],
            "nothing": (row.nothing, leads(source=row.recorded, said="none")),
        }
        for row in beside.rows
    ]


def _called(name: str) -> str:
    return _("Other words") if name == OTHER else name
