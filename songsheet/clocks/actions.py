"""What may become of a clock: it starts, pauses, runs on, is kept, missed or stopped.

Called by the parts that own what a clock is about, inside their acts.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from songsheet.base.text import clean
from songsheet.clocks.errors import ClockRefused, NotSo, NotYours
from songsheet.clocks.events import (
    ClockKept,
    ClockMissed,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
)
from songsheet.clocks.kinds import KINDS
from songsheet.clocks.making import Promise, calendar_of, count, due_by_instant, made
from songsheet.clocks.models import CURRENT, Clock
from songsheet.clocks.queries import held_clock
from songsheet.journal.act import act
from songsheet.journal.events import Event
from songsheet.team.acting import Acting
from songsheet.team.hours.calendars import Calendars, calendars
from songsheet.team.models import Member
from songsheet.team.roles import Right

LONGEST_PAUSE = timedelta(days=730)


def start_clocks(promises: Sequence[Promise], *, by: Acting, at: datetime) -> list[Clock]:
    """Start a clock for each promise, at most 2,000 at once; one of a kind is current about a subject."""
    by.must(Right.WORK)
    for one in promises:
        if one.kind not in KINDS or (one.minutes is None) == (one.due_at is None):
            raise ClockRefused(
                f"“{one.kind[:30]}” is promised either in minutes or until an instant, and is one of "
                f"{', '.join(KINDS)}. Say which."
            )
    with act(by=by.actor, at=at) as record:
        clocks = Clock.objects.bulk_create(made(promises))
        keys = dict(Member.objects.filter(id__in={one.member for one in promises}).values_list("id", "key"))
        bodies = [
            {
                "clock": clock.key,
                "kind": clock.kind,
                "about": clock.about,
                "member": keys.get(clock.member_id or 0),
                "due_at": clock.due_at.isoformat(),
                "minutes": clock.minutes,
            }
            for clock in clocks
        ]
        record.bulk(ClockStarted, bodies, [one.since for one in promises])
    return clocks


def pause_clock(key: str, until: datetime, *, by: Acting, at: datetime, why: str = "") -> Clock:
    """Let a clock stand still until then; what fell due before is not undone by it.

    Who owes it may, and who gives leads; a member says why.
    """
    by.must(Right.WORK)
    why = clean(why, 200, field="why")
    if by.member and not why:
        raise ClockRefused("Say why it stands still, in a few words.", field="why")
    if not at < until <= at + LONGEST_PAUSE:
        raise ClockRefused("A clock waits until a time to come, within two years. Give one.", field="until")
    with act(by=by.actor, at=at) as record:
        clock = held_clock(key)
        _must_be_theirs(clock, by)
        _must(clock, clock.state == Clock.State.RUNNING and clock.due_at > at, "runs and is not over")
        if clock.minutes is not None:
            left = calendar_of(clock, calendars()).minutes_between(at, clock.due_at)
            clock.minutes_left = min(left, clock.minutes)
        clock.state, clock.paused_at, clock.paused_until = Clock.State.PAUSED, at, until
        clock.paused_why = why
        clock.save(update_fields=["minutes_left", "state", "paused_at", "paused_until", "paused_why"])
        record(ClockPaused(**about(clock), until=until.isoformat()))
    return clock


def resume_clock(key: str, *, by: Acting, at: datetime) -> Clock:
    """Let a paused clock run on before its time; it is due later by what it stood still."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        clock = held_clock(key)
        _must_be_theirs(clock, by)
        _must(clock, clock.state == Clock.State.PAUSED, "is paused")
        run_on(clock, at)
        clock.save(update_fields=RESUMED)
        record(ClockResumed(**about(clock), due_at=clock.due_at.isoformat()))
    return clock


#: What running on changes.
RESUMED = ["state", "paused_at", "paused_until", "counts_from", "due_at", "warn_at", "warned_at"]


def run_on(clock: Clock, at: datetime, found: Calendars | None = None) -> None:
    """A paused clock counts from `at` what was left of it."""
    stood = clock.paused_at
    assert stood is not None
    clock.state, clock.paused_at, clock.paused_until = Clock.State.RUNNING, None, None
    if clock.minutes is None:
        due_by_instant(clock, clock.due_at + (at - stood))
        return
    clock.counts_from = at
    count(clock, calendar_of(clock, found or calendars()))


def keep_clock(key: str, *, by: Acting, at: datetime) -> Clock:
    """What was promised was done: kept when it is in time, missed when it is late."""
    in_time = ClockKept, Clock.State.KEPT
    late = ClockMissed, Clock.State.BROKEN
    return _end(key, lambda clock: in_time if at <= clock.due_at or clock.paused_at else late, by=by, at=at)


def miss_clock(key: str, *, by: Acting, at: datetime) -> Clock:
    """What was promised will not be done any more."""
    return _end(key, lambda clock: (ClockMissed, Clock.State.BROKEN), by=by, at=at)


def stop_clock(key: str, *, by: Acting, at: datetime) -> Clock:
    """What it was about went away: nothing is owed any more."""
    return _end(key, lambda clock: (ClockStopped, Clock.State.STOPPED), by=by, at=at)


def about(clock: Clock) -> dict[str, Any]:
    """What every entry about a clock says."""
    member = clock.member.key if clock.member else None
    return {"clock": clock.key, "kind": clock.kind, "about": clock.about, "member": member}


def _end(key: str, how: Any, *, by: Acting, at: datetime) -> Clock:
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        clock = held_clock(key)
        _must(clock, clock.state in CURRENT, "has not ended")
        event: type[Event]
        event, state = how(clock)
        clock.state, clock.ended_at, clock.paused_at, clock.paused_until = state, at, None, None
        clock.save(update_fields=["state", "ended_at", "paused_at", "paused_until"])
        record(event(**about(clock)))
    return clock


def may_pause(clock: Clock, by: Acting) -> bool:
    """Whether somebody may let a clock stand still and run on."""
    theirs = by.member is None or clock.member_id == by.member.id
    return by.may(Right.WORK) and (theirs or by.may(Right.OFFER))


def _must_be_theirs(clock: Clock, by: Acting) -> None:
    if not may_pause(clock, by):
        who = clock.member.name if clock.member else "The house"
        raise NotYours(f"{who} owes this. Ask them, or whoever gives leads.")


def _must(clock: Clock, so: bool, what: str) -> None:
    if not so:
        raise NotSo(f"This asks for a clock that {what}; it is {clock.get_state_display().lower()}.")
