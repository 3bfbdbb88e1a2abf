"""The list of clocks: what the API shows of it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songsheet.clocks.kinds import KINDS
from songsheet.clocks.models import CURRENT, Clock
from songsheet.clocks.queries import seen_by
from songsheet.doors.days import end_of, iso, start_of
from songsheet.doors.listing import Column, Filter, Listing, Sort
from songsheet.team.queries import member_choices, member_with


def _state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "current":
        return rows.filter(state__in=CURRENT)
    if value == "late":
        return rows.filter(state=Clock.State.RUNNING, breached_at__isnull=False)
    if value not in Clock.State.values:
        raise ValueError(value)
    return rows.filter(state=value)


def _kind(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value not in KINDS:
        raise ValueError(value)
    return rows.filter(kind=value)


def _states() -> list[tuple[str, str]]:
    each = [(str(one.value), str(one.label)) for one in Clock.State]
    return [("current", _("Not ended")), ("late", _("Overdue")), *each]


CLOCKS = Listing(
    name="clocks",
    title="Clocks",
    base=seen_by,
    path="/clocks",
    row_path=lambda clock: "/",
    columns=(
        Column("kind", "Kind", lambda one: one.kind),
        Column("about", "About", lambda one: one.about),
        Column("member", "Member", lambda one: one.member.key if one.member else None),
        Column("state", "State", lambda one: one.state),
        Column("hours", "Counted by", lambda one: one.hours or "instant"),
        Column("minutes", "Minutes", lambda one: one.minutes, numeric=True),
        Column("started", "Started", lambda one: iso(one.started_at)),
        Column("due", "Due", lambda one: iso(one.due_at)),
        Column("warned", "Warned", lambda one: iso(one.warned_at)),
        Column("breached", "Breached", lambda one: iso(one.breached_at)),
        Column("paused_until", "Paused until", lambda one: iso(one.paused_until)),
        Column("paused_why", "Why it stands still", lambda one: one.paused_why),
        Column("ended", "Ended", lambda one: iso(one.ended_at)),
    ),
    filters=(
        Filter("state", "State", _state, "choice", _states),
        Filter("kind", "Kind", _kind, "choice", lambda: [(one.name, _(one.label)) for one in KINDS.values()]),
        Filter(
            "member",
            "Member",
            lambda rows, value: rows.filter(member_id=member_with(value)),
            "choice",
            member_choices,
        ),
        Filter("about", "About", lambda rows, value: rows.filter(about=value)),
        Filter("from", "Due from", lambda rows, value: rows.filter(due_at__gte=start_of(value)), "date"),
        Filter("until", "Due until", lambda rows, value: rows.filter(due_at__lt=end_of(value)), "date"),
    ),
    sorts=(
        Sort("due", "Due soonest", ("due_at", "id"), "clock_by_due"),
        Sort("-due", "Due latest", ("-due_at", "-id"), "clock_by_due"),
    ),
)
