"""What the leads part refuses."""

from songsheet.base.refusals import Conflict, NotFound, Refusal


class NoSuchLead(NotFound):
    code = "no_such_lead"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no lead {key[:60]}. It may have been part of an import that was undone.")


class AlreadyTaken(Conflict):
    """Somebody has it already: who, and since when."""

    code = "already_taken"


class HasItAlready(Conflict):
    """Whom it should go to has it."""

    code = "has_it_already"


class LeadHasEnded(Conflict):
    code = "lead_has_ended"


class NotAtRest(Conflict):
    """Only what lies at rest can be taken up."""

    code = "not_at_rest"


class NothingToUndo(Conflict):
    code = "nothing_to_undo"


class NobodyToAsk(Conflict):
    """The lead has no owner who could answer."""

    code = "nobody_to_ask"


class NoSuchState(Refusal):
    """A lead cannot stand or end like this."""

    code = "no_such_state"


class ReasonMissing(Refusal):
    """What ends, ends with a reason."""

    code = "reason_missing"


class NurturingNeeds(Refusal):
    """A nurtured lead has an owner and a day to look again."""

    code = "nurturing_needs"


class NoQueue(Refusal):
    code = "no_queue"
