"""How clocks are made: what is promised turned into instants, by the calendar of who owes it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from songsheet.clocks.models import Clock
from songsheet.team.errors import NeverDue
from songsheet.team.hours.calendar import Calendar
from songsheet.team.hours.calendars import Calendars, calendars

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


def made(promises: Sequence[Promise]) -> list[Clock]:
    """A clock for each promise, not yet written."""
    found = calendars() if any(one.minutes is not None for one in promises) else None
    return [_made(one, found) for one in promises]


def _made(one: Promise, found: Calendars | None) -> Clock:
    clock = Clock(
        kind=one.kind, about=one.about, member_id=one.member, started_at=one.since, alerts=one.alerts
    )
    if one.minutes is None or found is None:
        assert one.due_at is not None
        due_by_instant(clock, max(one.since, one.due_at))
        return clock
    clock.minutes = clock.minutes_left = one.minutes
    clock.counts_from = one.since
    whose = None if one.by_house else one.member
    clock.hours, clock.due_at, clock.warn_at = counted(found, whose, one.since, one.minutes)
    return clock


#: By whose hours it goes, when it is due, when it is warned.
Counted = tuple[str, datetime, datetime]


def counted(found: Calendars, whose: int | None, since: datetime, minutes: int) -> Counted:
    """When a promise of working minutes is due and warned, by the hours of a member or of the house.

    Where the member never works it is due all the same: by the hours of the house.
    """
    warned = minutes - min(WARNED_MINUTES, minutes // 2)
    if whose is not None:
        with suppress(NeverDue):
            calendar = found.of(whose)
            return Clock.By.MEMBER.value, calendar.due(since, minutes), calendar.due(since, warned)
    house = found.of(None)
    return Clock.By.HOUSE.value, house.due(since, minutes), house.due(since, warned)


def calendar_of(clock: Clock, found: Calendars) -> Calendar:
    """The calendar by which a clock is counted."""
    return found.of(clock.member_id if clock.hours == Clock.By.MEMBER else None)


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
    clock.warn_at = warned_before(clock.started_at, due)
    clock.warned_at = clock.breached_at = None


def warned_before(since: datetime, due: datetime) -> datetime:
    """When one is warned of a promise that was made for an instant."""
    return due - min(_WARNED, (due - since) / 2)
