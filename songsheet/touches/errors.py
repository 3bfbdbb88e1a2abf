"""What the touches part refuses."""

from songsheet.base.refusals import Conflict, NotFound


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
