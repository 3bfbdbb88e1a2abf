"""The list of returns: what page, API and export show of it."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from songsheet.buyers.queries import called
from songsheet.doors.archive import IN_ARCHIVE
from songsheet.doors.days import end_of, iso, start_of
from songsheet.doors.listing import Column, Filter, Found, Group, Listing, Sort
from songsheet.handoffs.models import OPEN_STATES, Return
from songsheet.handoffs.owing import STARTERS, label_of, reasons
from songsheet.handoffs.queries import archived_returns, returns_seen_by
from songsheet.team.queries import member_choices, member_with, now
from songsheet.touches.models import Campaign
from songsheet.touches.narrowing import NONE, campaigns, key_of, name_of
from songsheet.ui.when import when


def return_path(one: Return) -> str:
    """A return is read in its buyer's story."""
    return f"/buyers/{one.lead.person.whole.key}"


def _person_cell(one: Return) -> SafeString:
    return format_html('<a href="{}">{}</a>', return_path(one), one.lead.person.whole.name)


def _reason_cell(one: Return) -> str:
    return label_of(one.reason, STARTERS)


def _state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "open":
        return rows.filter(state__in=OPEN_STATES)
    if value not in Return.State.values:
        raise ValueError(value)
    return rows.filter(state=value)


def _states() -> list[tuple[str, str]]:
    return [("open", "Waits for an answer or a decision"), *_each_state()]


def _each_state() -> list[tuple[str, str]]:
    return [(str(one.value), str(one.label)) for one in Return.State]


def _reasons() -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in reasons(now())]


def _of_campaign(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == NONE:
        return rows.filter(lead__campaign=None)
    return rows.filter(lead__campaign_id=Campaign.objects.filter(key=value).values("id")[:1])


def _search(rows: QuerySet[Any], value: str, most: int, *, hidden: bool = False) -> Found:
    hits = called(value, most, hidden=hidden)
    return Found(rows.filter(lead__person__in=hits.people), hits.complete)


RETURNS = Listing(
    name="returns",
    title="Returns",
    base=returns_seen_by,
    archive=archived_returns,
    path="/returns",
    row_path=return_path,
    columns=(
        Column(
            "person", "Person", lambda one: one.lead.person.whole.key, _person_cell,
            written=lambda one: one.lead.person.whole.name,
        ),
        Column("lead", "Lead", lambda one: one.lead.key, shown=False),
        Column("reason", "Reason", lambda one: one.reason, _reason_cell, written=_reason_cell),
        Column("words", "Why", lambda one: one.words),
        Column("state", "State", lambda one: one.state, lambda one: str(Return.State(one.state).label)),
        Column("campaign", "Campaign", lambda one: key_of(one.lead.campaign),
               lambda one: name_of(one.lead.campaign), written=lambda one: name_of(one.lead.campaign)),
        Column("returned_by", "Returned by", lambda one: one.returned_by.key,
               lambda one: one.returned_by.name, written=lambda one: one.returned_by.name),
        Column("at", "Returned", lambda one: iso(one.at), lambda one: when(one.at)),
        Column("owes", "Owes the answer", lambda one: key_of(one.owes), lambda one: name_of(one.owes),
               written=lambda one: name_of(one.owes)),
        Column("due", "Due", lambda one: iso(one.clock.due_at) if one.clock else None,
               lambda one: when(one.clock.due_at) if one.clock else ""),
        Column("answer", "Answer", lambda one: one.answer),
        Column("changes", "What changes", lambda one: one.changes),
        Column("disputed", "Disputed because", lambda one: one.disputed, shown=False),
        Column("answered", "Answered", lambda one: iso(one.answered_at), lambda one: when(one.answered_at)),
        Column("look_again_on", "Look again on", lambda one: iso(one.look_again_on), shown=False),
    ),
    filters=(
        Filter("q", "Search", find=_search, find_hidden=partial(_search, hidden=True), personal=True),
        Filter("state", "State", _state, "choice", _states),
        Filter("reason", "Reason", lambda rows, value: rows.filter(reason=value), "choice", _reasons),
        Filter("campaign", "Campaign", _of_campaign, "choice", campaigns),
        Filter("owes", "Owes the answer", lambda rows, value: rows.filter(owes_id=member_with(value)),
               "choice", member_choices),
        Filter("returned_by", "Returned by",
               lambda rows, value: rows.filter(returned_by_id=member_with(value)), "choice", member_choices),
        Filter("lead", "Lead", lambda rows, value: rows.filter(lead__key=value)),
        Filter("from", "Returned from", lambda rows, value: rows.filter(at__gte=start_of(value)), "date"),
        Filter("until", "Returned until", lambda rows, value: rows.filter(at__lt=end_of(value)), "date"),
        IN_ARCHIVE,
    ),
    sorts=(
        Sort("-at", "Newest first", ("-at", "-id"), "return_by_at"),
        Sort("at", "Oldest first", ("at", "id"), "return_by_at"),
    ),
    groups=(
        Group("state", "By state", "return_of_state", _each_state),
        Group("reason", "By reason", "return_of_reason"),
    ),
)  # fmt: skip
