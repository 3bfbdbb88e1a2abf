"""The clock of an answer that is owed: it starts, and is kept or missed, inside the acts on returns."""

from datetime import datetime

from songsheet.clocks.models import Clock
from songsheet.handoffs.models import Return
from songsheet.handoffs.owing import minutes_to_answer, plainly_due
from songsheet.team.models import Member

KIND = "return_answer"


def start(one: Return, owes: Member, *, at: datetime) -> Clock:
    """An answer to the return is owed by a member from now on."""
    due = plainly_due(at, minutes_to_answer(at))
    one.owes = owes
    one.clock = Clock.objects.create(kind=KIND, about=one.key, member=owes, started_at=at, due_at=due)
    return one.clock


def end(one: Return, *, at: datetime) -> None:
    """It was answered, in time or late."""
    if one.clock:
        one.clock.state = Clock.State.KEPT if at <= one.clock.due_at else Clock.State.BROKEN
        _end(one, one.clock, at)


def stop(one: Return, *, at: datetime) -> None:
    """Nothing is owed any more."""
    if one.clock:
        one.clock.state = Clock.State.STOPPED
        _end(one, one.clock, at)


def _end(one: Return, clock: Clock, at: datetime) -> None:
    clock.ended_at = max(at, clock.started_at)
    clock.save(update_fields=["state", "ended_at"])
    one.clock = one.owes = None
