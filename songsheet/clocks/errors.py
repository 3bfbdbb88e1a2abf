"""What the clocks refuse."""

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal


class NoSuchClock(NotFound):
    """There is no such clock."""

    code = "no_such_clock"


class ClockRefused(Refusal):
    """A promise that cannot be made like this."""

    code = "clock_refused"


class NotYours(NotAllowed):
    """Somebody else owes it."""

    code = "not_your_clock"


class NotSo(Conflict):
    """The clock stands otherwise: it has ended, or is paused, or is not."""

    code = "clock_stands_otherwise"
