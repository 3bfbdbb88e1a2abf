"""What is refused about places."""

from songsheet.base.refusals import Conflict, NotFound, Refusal


class NoSuchPlace(NotFound):
    code = "no_such_place"

    def __init__(self) -> None:
        super().__init__("There is no such place. Somebody may have taken it off its question.")


class NotAPlaceOfOurs(Refusal):
    """It is no page, link, form or campaign of ours."""

    code = "not_a_place"


class AnswersAnother(Conflict):
    """The place answers another question already."""

    code = "answers_another"
