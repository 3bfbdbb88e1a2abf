"""What files refuse."""

from songsheet.base.refusals import Busy, NotFound, Refusal


class FileTooLarge(Refusal):
    """More bytes than one file may have."""

    status = 413
    code = "file_too_large"


class FileIsEmpty(Refusal):
    """Nothing to keep."""

    code = "file_is_empty"


class NoRoom(Busy):
    """The disk is full."""

    code = "no_room"


class FileIsMissing(NotFound):
    """Its row stands, its bytes do not; the check names it."""

    code = "file_is_missing"
