"""What is refused about what was held back."""

from songsheet.base.refusals import Conflict, NotFound, Refusal


class NoSuchHeldBack(NotFound):
    code = "no_such_held_back"

    def __init__(self) -> None:
        super().__init__("Nothing was held back under this key. Look for it among what was held back.")


class NothingHeld(Conflict):
    code = "nothing_held"

    def __init__(self) -> None:
        super().__init__("Nothing of this waits any more. It was sent in again or dropped.")


class IsDoneWith(Conflict):
    """Somebody sent it in again or dropped it meanwhile."""

    code = "is_done_with"


class NotMended(Refusal):
    """As it stands it still cannot be taken; `errors` name the fields."""

    code = "not_mended"
