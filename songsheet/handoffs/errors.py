"""What handoffs refuse."""

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal


class NoSuchReturn(NotFound):
    code = "no_such_return"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no return {key[:60]}. Whoever returned the lead may have taken it back.")


class NoSuchReason(Refusal):
    """A reason that was not agreed."""

    code = "no_such_reason"


class ReasonNeeds(Refusal):
    """The reason asks for more: a sentence, or a day to look again."""

    code = "reason_needs"


class AttemptsMissing(Refusal):
    """Nobody counts as unreachable before the agreed attempts."""

    code = "attempts_missing"


class NotYours(NotAllowed):
    """Only whose lead it is returns it, and only who owes the answer gives it."""

    code = "not_yours"


class NothingToReturn(Conflict):
    """Nobody has the lead, so nobody can return it."""

    code = "nothing_to_return"


class AnsweredAlready(Conflict):
    """The return was answered."""

    code = "answered_already"


class NotAnswered(Conflict):
    """Nothing was answered that could be taken back."""

    code = "not_answered"


class NobodyOwes(Conflict):
    """Nobody works here who could answer."""

    code = "nobody_owes"


class CannotOfferAgain(Conflict):
    """The lead went on meanwhile, or who returned it works here no more."""

    code = "cannot_offer_again"


class AnswerNeeds(Refusal):
    """An answer says something."""

    code = "answer_needs"
