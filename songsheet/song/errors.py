"""What the song refuses."""

from songsheet.base.refusals import Conflict, NotFound, Refusal


class NotInTheSong(NotFound):
    """There is no such segment, persona, stage, line or question."""

    code = "not_in_the_song"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no {key[:60]} in the song. Look for it on the page of the song sheet.")


class SaidAlready(Conflict):
    """Something of this name stands there."""

    code = "said_already"


class NotSung(Refusal):
    """A text or value that cannot be taken up like this."""

    code = "not_sung"


class NoSuchEntry(NotFound):
    """The journal has no such entry, or no buyer is in it."""

    code = "no_such_entry"
