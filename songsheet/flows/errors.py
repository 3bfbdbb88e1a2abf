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
