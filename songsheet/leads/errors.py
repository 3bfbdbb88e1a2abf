"""What the leads part refuses."""

from songsheet.base.refusals import Conflict, NotFound, Refusal


class NoSuchLead(NotFound):
    code = "no_such_lead"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no lead {key[:60]}. It may have been part of an import that was undone.")


class AlreadyTaken(Conflict):
    """Somebody has it already: who, and since when."""

    code = "already_taken"


class LeadHasEnded(Conflict):
    code = "lead_has_ended"


class NothingToUndo(Conflict):
    code = "nothing_to_undo"


class NoQueue(Refusal):
    code = "no_queue"
