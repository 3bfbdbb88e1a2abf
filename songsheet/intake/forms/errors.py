"""What forms refuse."""

from songsheet.base.refusals import Conflict, NotFound, Refusal, TooMany


class NoSuchForm(NotFound):
    code = "no_such_form"

    def __init__(self) -> None:
        super().__init__("There is no such form. It may have been closed, or a letter is missing.")


class NoSuchAnswer(NotFound):
    code = "no_such_answer"

    def __init__(self) -> None:
        super().__init__("There is no such answer. Look for it on the page of its form.")


class LinkOver(NotFound):
    """A link to confirm by that is no longer good, or never was."""

    code = "link_over"

    def __init__(self) -> None:
        super().__init__("This link is not good any more. Fill the form in once more.")


class FormNeeds(Refusal):
    """Something a form cannot do without."""

    code = "form_needs"


class NotHeld(Conflict):
    """An answer that waits for nobody."""

    code = "not_held"


class TooManyAnswers(TooMany):
    """Far more answers from one network than people type."""

    code = "too_many_answers"


class NotFilledIn(Refusal):
    """What was typed cannot be taken; by field, each in words."""

    code = "not_filled_in"
