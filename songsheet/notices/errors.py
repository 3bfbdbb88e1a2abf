"""What notices refuse."""

from songsheet.base.refusals import NotFound


class NoSuchNotice(NotFound):
    code = "no_such_notice"

    def __init__(self) -> None:
        super().__init__("There is no such notice. What it told of may have been taken back.")
