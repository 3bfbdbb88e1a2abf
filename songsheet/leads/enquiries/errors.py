"""What enquiries refuse."""

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal


class NoSuchEnquiry(NotFound):
    code = "no_such_enquiry"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no enquiry {key[:60]}. Whoever noted it may have taken it back.")


class NoSuchKind(Refusal):
    """A kind of enquiry that does not exist."""

    code = "no_such_enquiry_kind"


class EnquiryNeeds(Refusal):
    """Something has to be said: what they ask, what we answer, or why."""

    code = "enquiry_needs"


class NotYours(NotAllowed):
    """Whose it is answers it, or somebody of the same role."""

    code = "enquiry_not_yours"


class NotOpen(Conflict):
    """It was answered, closed, or became a lead."""

    code = "enquiry_not_open"


class NotABuyer(Conflict):
    """The lead cannot become an enquiry: it was converted, or has ended."""

    code = "lead_stays"


class NobodyAnswers(Conflict):
    """Nobody works here who could answer."""

    code = "nobody_answers"


class NothingToUndo(Conflict):
    """Something else happened with it since."""

    code = "enquiry_nothing_to_undo"
