"""What is refused about how buyers heard of us."""

from songsheet.base.refusals import NotFound, Refusal


class NothingSaid(Refusal):
    """Words are missing: the buyer's, or those that mean something."""

    code = "nothing_said"


class NoSuchSourceOfWords(Refusal):
    """The source is not in the vocabulary."""

    code = "no_such_source"


class NoSuchMeaning(NotFound):
    code = "no_such_meaning"

    def __init__(self) -> None:
        super().__init__("These words mean nothing any more: somebody took that back already.")
