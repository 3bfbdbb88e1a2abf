"""What each cause asks for: the right without which nobody is told, and the switch it belongs to."""

from dataclasses import dataclass

from songsheet.notices.models import Cause, How, Kind
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


@dataclass(frozen=True, slots=True)
class Told:
    """`right` is asked whenever it is shown or mailed, not only when it was noted."""

    kind: Kind
    right: Right
    icon: str


CAUSES: dict[str, Told] = {
    Cause.MENTION: Told(Kind.MENTION, Right.LOOK, "note"),
    Cause.TASK_GIVEN: Told(Kind.GIVEN, Right.LOOK, "task"),
    Cause.LEAD_GIVEN: Told(Kind.GIVEN, Right.LOOK, "handoff"),
    Cause.DEAL_GIVEN: Told(Kind.GIVEN, Right.LOOK, "deal"),
    Cause.ENQUIRY_GIVEN: Told(Kind.GIVEN, Right.LOOK, "question"),
    Cause.REMINDER: Told(Kind.REMINDER, Right.LOOK, "clock"),
    Cause.IMPORT_DONE: Told(Kind.WORK, Right.IMPORT, "imports"),
    Cause.IMPORT_FAILED: Told(Kind.WORK, Right.IMPORT, "imports"),
    Cause.BULK_DONE: Told(Kind.WORK, Right.WORK, "table"),
    Cause.AGREEMENT_ASKED: Told(Kind.AGREEMENT, Right.LOOK, "agreements"),
    Cause.AGREEMENT_LATE: Told(Kind.AGREEMENT, Right.LOOK, "agreements"),
    Cause.CLOCK_SOON: Told(Kind.PROMISE, Right.LOOK, "clock"),
    Cause.CLOCK_OVER: Told(Kind.PROMISE, Right.LOOK, "clock"),
    Cause.RETURNED: Told(Kind.RETURN, Right.LOOK, "undo"),
    Cause.RETURN_DISPUTED: Told(Kind.RETURN, Right.LOOK, "talk"),
    Cause.RETURN_ANSWERED: Told(Kind.RETURN, Right.LOOK, "talk"),
    Cause.QUEUE_WAITS: Told(Kind.PROMISE, Right.LOOK, "clock"),
    Cause.VERDICT_GIVEN: Told(Kind.RETURN, Right.LOOK, "check"),
    Cause.VERDICT_ANSWERED: Told(Kind.RETURN, Right.LOOK, "talk"),
    Cause.MEETING_BOOKED: Told(Kind.MEETING, Right.LOOK, "calendar"),
    Cause.MEETING_MOVED: Told(Kind.MEETING, Right.LOOK, "calendar"),
    Cause.MEETING_CANCELLED: Told(Kind.MEETING, Right.LOOK, "calendar"),
    Cause.WEBHOOK_STOPPED: Told(Kind.WORK, Right.HOUSE, "send"),
}
#: How one is mailed who chose nothing.
DEFAULTS: dict[str, How] = {
    Kind.MENTION: How.AT_ONCE,
    Kind.GIVEN: How.DAILY,
    Kind.MEETING: How.AT_ONCE,
    Kind.REMINDER: How.AT_ONCE,
    Kind.PROMISE: How.AT_ONCE,
    Kind.RETURN: How.AT_ONCE,
    Kind.AGREEMENT: How.AT_ONCE,
    Kind.WORK: How.DAILY,
}


def causes_for(viewer: Acting) -> list[str]:
    """The causes of which somebody may be told."""
    return [str(cause) for cause, told in CAUSES.items() if viewer.may(told.right)]
