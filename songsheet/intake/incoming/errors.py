"""What is refused about what comes in."""

from songsheet.base.refusals import Refusal


class NoSuchDoor(Refusal):
    code = "no_such_door"

    def __init__(self) -> None:
        super().__init__("There is no such door. It is event, script, click or hook.", field="door")


class NotAPlace(Refusal):
    """A cursor that no answer gave."""

    code = "not_a_cursor"

    def __init__(self) -> None:
        super().__init__("Give the `next` of the answer before, as it stands there.", field="after")
