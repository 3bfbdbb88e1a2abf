"""How clocks are made: what is promised turned into instants, by the calendar of who owes it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from songsheet.clocks.models import Clock
from songsheet.team.errors import NeverDue
from songsheet.team.hours.calendar import Calendar
from songsheet.team.hours.calendars import Calendars, calendars_of
from songsheet.team.models import House
from songsheet.team.queries import house

#: One is warned so long before a promise is due, or when half of a short one is over; never when it is made.
WARNED_MINUTES = 60
_WARNED = timedelta(minutes=WARNED_MINUTES)


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised about a subject: so many working minutes, or until an instant.

    `member` is who owes it, by id; `by_house` where the hours of the house count, as for a queue.
    """

    kind: str
    about: str
    member: int | None
    since: datetime
    minutes: int | None = None
    due_at: datetime | None = None
    by_house: bool = False
    alerts: bool = True


def made(promises: Sequence[Promise], calendars: Calendars | None = None) -> list[Clock]:
    """A clock for each promise, not yet written."""
    found = calendars or calendars_for(
        {one.member for one in promises if one.minutes is not None and not one.by_house},
        any(one.minutes is not None for one in promises),
    )
    return [_made(one, found) for one in promises]


def calendars_for(
    members: Collection[int | None], needed: bool = True, there: House | None = None
) -> Calendars:
    """The calendars of these members and of the house; nothing is read where none is needed."""
    if not needed:
        return Calendars(there or House(), {}, {}, {})
    return calendars_of(members, there or house())


def _made(one: Promise, calendars: Calendars) -> Clock:
    clock = Clock(
        kind=one.kind, about=one.about, member_id=one.member, started_at=one.since, alerts=one.alerts
    )
    if one.minutes is None:
        assert one.due_at is not None
        due_by_instant(clock, max(one.since, one.due_at))
        return clock
    clock.hours = Clock.By.HOUSE if one.by_house or one.member is None else Clock.By.MEMBER
    clock.minutes = clock.minutes_left = one.minutes
    clock.counts_from = one.since
    try:
        count(clock, calendar_of(clock, calendars))
    except NeverDue:  # a promise is due all the same: by the hours of the house
        clock.hours = Clock.By.HOUSE
        count(clock, calendar_of(clock, calendars))
    return clock


def calendar_of(clock: Clock, calendars: Calendars) -> Calendar:
    """The calendar by which a clock is counted."""
    return calendars.of(clock.member_id if clock.hours == Clock.By.MEMBER else None)


def count(clock: Clock, calendar: Calendar) -> None:
    """Work out when a clock of working minutes is due and warned, from what is left of it."""
    assert clock.counts_from is not None
    assert clock.minutes_left is not None
    assert clock.minutes is not None
    before = min(WARNED_MINUTES, clock.minutes // 2)
    clock.due_at = calendar.due(clock.counts_from, clock.minutes_left)
    clock.warn_at = calendar.due(clock.counts_from, max(0, clock.minutes_left - before))


def due_by_instant(clock: Clock, due: datetime) -> None:
    """Set when a clock is due that was promised for an instant; it has not been told of."""
    clock.due_at = due
    clock.warn_at = due - min(_WARNED, (due - clock.started_at) / 2)
    clock.warned_at = clock.breached_at = None
