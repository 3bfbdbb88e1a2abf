"""The list of verdicts: what page, API and export show of it."""

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from songsheet.buyers.queries import called
from songsheet.doors.archive import IN_ARCHIVE
from songsheet.doors.days import end_of, iso, start_of
from songsheet.doors.listing import Column, Filter, Found, Group, Listing, Sort
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.handoffs.verdicts.queries import archived_verdicts, verdicts_seen_by
from songsheet.team.queries import member_choices, member_with
from songsheet.touches.models import Campaign
from songsheet.touches.narrowing import NONE, campaigns, key_of, name_of
from songsheet.ui.when import when


def campaign_of(one: Verdict) -> Campaign | None:
    """The campaign that it is on, or that brought the lead."""
    return one.campaign or (one.lead.campaign if one.lead else None)


def verdict_path(one: Verdict) -> str:
    """A verdict is read on the brief of its lead, or with its campaign."""
    if one.lead:
        return f"/handoffs/{one.lead.key}"
    return f"/campaigns/{one.campaign.key}" if one.campaign else "/verdicts"


def what_of(one: Verdict) -> str:
    """What it is on, by name."""
    if one.lead:
        return str(one.lead.person.whole)
    return one.campaign.name if one.campaign else ""


def _about_cell(one: Verdict) -> SafeString:
    return format_html('<a href="{}">{}</a>', verdict_path(one), what_of(one))


def _of_campaign(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == NONE:
        return rows.filter(campaign=None, lead__campaign=None)
    these = Campaign.objects.filter(key=value).values("id")[:1]
    return rows.filter(Q(campaign_id=these) | Q(lead__campaign_id=these))


def _one_of(choices: Any, field: str) -> Any:
    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value not in choices.values:
            raise ValueError(value)
        return rows.filter(**{field: value})

    return narrow


def _labels(choices: Any) -> list[tuple[str, str]]:
    return [(str(one.value), str(one.label)) for one in choices]


def _search(rows: QuerySet[Any], value: str, most: int, *, hidden: bool = False) -> Found:
    hits = called(value, most, hidden=hidden)
    return Found(rows.filter(lead__person__in=hits.people), hits.complete)


def _member(field: str, label: str) -> Filter:
    return Filter(
        field, label, lambda rows, value: rows.filter(**{f"{field}_id": member_with(value)}), "choice",
        member_choices,
    )  # fmt: skip


VERDICTS = Listing(
    name="verdicts",
    title="Verdicts",
    base=verdicts_seen_by,
    archive=archived_verdicts,
    path="/verdicts",
    row_path=verdict_path,
    columns=(
        Column("about", "About", lambda one: one.about, _about_cell, written=what_of),
        Column("says", "Verdict", lambda one: one.says, lambda one: str(one.get_says_display()),
               written=lambda one: str(one.get_says_display())),
        Column("words", "In their words", lambda one: one.words),
        Column("campaign", "Campaign", lambda one: key_of(campaign_of(one)),
               lambda one: name_of(campaign_of(one)), written=lambda one: name_of(campaign_of(one))),
        Column("given_by", "Given by", lambda one: one.given_by.key, lambda one: one.given_by.name,
               written=lambda one: one.given_by.name),
        Column("at", "Given", lambda one: iso(one.at), lambda one: when(one.at)),
        Column("state", "State", lambda one: one.state, lambda one: str(one.get_state_display())),
        Column("owes", "Owes the answer", lambda one: key_of(one.owes), lambda one: name_of(one.owes),
               written=lambda one: name_of(one.owes)),
        Column("due", "Due", lambda one: iso(one.clock.due_at) if one.clock else None,
               lambda one: when(one.clock.due_at) if one.clock else ""),
        Column("answer", "What changes", lambda one: one.answer),
        Column("answered", "Answered", lambda one: iso(one.answered_at), lambda one: when(one.answered_at)),
    ),
    filters=(
        Filter("q", "Search", find=_search, find_hidden=partial(_search, hidden=True), personal=True),
        Filter("says", "Verdict", _one_of(Verdict.Says, "says"), "choice", lambda: _labels(Verdict.Says)),
        Filter("state", "State", _one_of(Verdict.State, "state"), "choice", lambda: _labels(Verdict.State)),
        Filter("campaign", "Campaign", _of_campaign, "choice", campaigns),
        _member("owes", "Owes the answer"),
        _member("given_by", "Given by"),
        Filter("lead", "Lead", lambda rows, value: rows.filter(lead__key=value)),
        Filter("from", "Given from", lambda rows, value: rows.filter(at__gte=start_of(value)), "date"),
        Filter("until", "Given until", lambda rows, value: rows.filter(at__lt=end_of(value)), "date"),
        IN_ARCHIVE,
    ),
    sorts=(
        Sort("-at", "Newest first", ("-at", "-id"), "verdict_by_at"),
        Sort("at", "Oldest first", ("at", "id"), "verdict_by_at"),
    ),
    groups=(Group("says", "By verdict", "verdict_of_says", lambda: _labels(Verdict.Says)),),
)  # fmt: skip
