"""What the flows refuse."""

from songsheet.base.refusals import Conflict, NotFound, Refusal


class NobodyHasRoom(Conflict):
    """No Guide can take another lead."""

    code = "nobody_has_room"


class NothingToMend(Conflict):
    """What leaked is gone or was mended meanwhile."""

    code = "nothing_to_mend"


class NoSuchMending(NotFound):
    code = "no_such_mending"


class UndoneAlready(Conflict):
    """It was undone before."""

    code = "undone_already"


class StepMissing(Refusal):
    """A next step has words and a day."""

    code = "step_missing"


class NoSuchChange(NotFound):
    """No change of many records has this key."""

    code = "no_such_change"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no change of many records {key[:60]}. Look at the list of them.")


class UnknownChange(Refusal):
    """What is asked for cannot be done to many records at once."""

    code = "unknown_change"


class ValueRefused(Refusal):
    """A value that the field cannot hold."""

    code = "value_refused"


class NothingChosen(Refusal):
    """Neither keys nor filters, or nothing matches them."""

    code = "nothing_chosen"


class TooManyAtOnce(Refusal):
    """More records than one change may move."""

    code = "too_many_at_once"


class ChangeUnderWay(Conflict):
    """A process is at it."""

    code = "change_under_way"


class NoSuchTerm(Refusal):
    """A purpose that nobody declared, or months that are no term."""

    code = "no_such_term"


class StillHeld(Conflict):
    """Something that is shown rests on it, or it would rest on something hidden."""

    code = "still_held"


class NotArchived(Conflict):
    """It stands in no archive."""

    code = "not_archived"
