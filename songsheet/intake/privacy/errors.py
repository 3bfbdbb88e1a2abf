"""What is refused on the page about one's own data."""

from songsheet.base.refusals import NotFound, Refusal, TooMany


class AskIsOver(NotFound):
    """A request that has expired, was used up, or never was."""

    code = "ask_is_over"

    def __init__(self) -> None:
        super().__init__("This page is over: a code holds for fifteen minutes. Ask for a new one.")


class WrongCode(Refusal):
    code = "wrong_code"


class AskedOften(TooMany):
    code = "asked_often"
