"""The people behind a figure of where buyers met us first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from songsheet.buyers.listing import PEOPLE, person_path
from songsheet.buyers.queries import people_seen_by
from songsheet.doors.cells import link_cell
from songsheet.doors.days import iso
from songsheet.doors.listing import Column, Filter, Listing
from songsheet.intake.found.models import Place
from songsheet.intake.found.queries import met_by
from songsheet.song.market.models import Question
from songsheet.ui.when import when

Rows = QuerySet[Any]


def people_who_met_us(since: datetime | None, until: datetime | None) -> Listing:
    """The list of a time; the days in the address are read by the page."""

    def by(name: str) -> Callable[[Rows, str], Rows]:
        def narrow(rows: Rows, value: str) -> Rows:
            return met_by(rows, since, until, **{name: value})

        return narrow

    return Listing(
        name="found",
        title="Who met us first",
        base=people_seen_by,
        path="/found/people",
        row_path=person_path,
        beside=True,
        columns=(
            Column("name", "Name", lambda one: one.name, link_cell(person_path, lambda one: one.name)),
            Column("company", "Company", lambda one: one.company.whole.name if one.company else ""),
            Column("met", "Known since", lambda one: iso(one.met_at), lambda one: when(one.met_at)),
        ),
        filters=(
            Filter("question", "Met us first by", by("question"), "choice", _questions),
            Filter("place", "At", by("place"), says=_place),
            Filter("days", "In days", lambda rows, value: rows),
        ),
        sorts=PEOPLE.sorts,
    )


def _questions() -> list[tuple[str, str]]:
    every = Question.objects.filter(gone_at=None).order_by("text_folded").values_list("key", "text")
    return [*every, ("none", "No question yet")]


def _place(key: str) -> str:
    rows = Place.objects.select_related("site", "link", "form", "campaign")
    return str(rows.filter(key=key).first() or key)
