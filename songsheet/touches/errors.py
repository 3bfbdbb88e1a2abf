"""What the touches part refuses."""

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal


class NoSuchTouch(NotFound):
    code = "no_such_touch"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no activity {key[:60]}. It may have been undone.")


class NoSuchTask(NotFound):
    code = "no_such_task"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no task {key[:60]}. It may have been dropped.")


class NoSuchCampaign(NotFound):
    code = "no_such_campaign"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no campaign {key[:60]}. It may have been part of an import that was undone."
        )


class DoneAlready(Conflict):
    code = "done_already"


class NotDone(Conflict):
    code = "not_done"


class NoSuchFile(NotFound):
    code = "no_such_file"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no file {key[:60]}. It may have been taken off, or its note archived.")


class NotYourNote(NotAllowed):
    """Somebody else wrote it."""

    code = "not_your_note"


class EmptyNote(Refusal):
    """Neither words nor a file."""

    code = "empty_note"


class TooManyFiles(Conflict):
    code = "too_many_files"


class NothingToUndo(Conflict):
    code = "nothing_to_undo"
