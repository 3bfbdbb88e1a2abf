"""What verdicts refuse."""

from songsheet.base.refusals import Conflict, NotFound, Refusal


class NoSuchVerdict(NotFound):
    code = "no_such_verdict"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no verdict {key[:60]}. Whoever gave it may have taken it back.")


class NotAVerdict(Refusal):
    """A word that is no verdict on this."""

    code = "not_a_verdict"


class NothingAsked(Conflict):
    """The verdict asks for no answer, or has one."""

    code = "nothing_asked"
