"""What facts refuse."""

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal


class NoSuchFact(NotFound):
    """There is no fact of this name."""

    code = "no_such_fact"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no fact called {name[:80]}. State it, or look for it in the catalogue.")


class FactRefused(Refusal):
    """A fact that cannot be stated like this."""

    code = "fact_refused"


class FactIsThere(Conflict):
    """A fact of this name is stated already."""

    code = "fact_is_there"


class FactIsWithdrawn(Conflict):
    """It was withdrawn: nothing more is said of it."""

    code = "fact_is_withdrawn"

    def __init__(self, name: str) -> None:
        super().__init__(f"The fact {name} was withdrawn. State it anew to use it again.")


class NotYourFact(NotAllowed):
    """Somebody else answers for it."""

    code = "not_your_fact"


class NoSuchDispute(NotFound):
    """There is no such dispute."""

    code = "no_such_dispute"


class DisputeIsOver(Conflict):
    """It was answered or settled already."""

    code = "dispute_is_over"
