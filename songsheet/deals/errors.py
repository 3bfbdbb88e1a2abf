"""What the deals part refuses."""

from songsheet.base.refusals import Conflict, NotFound, Refusal


class NoSuchDeal(NotFound):
    code = "no_such_deal"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no deal {key[:60]}. It may have been part of an import that was undone.")


class DealHasEnded(Conflict):
    code = "deal_has_ended"


class DealIsOpen(Conflict):
    """What did not end cannot be opened again."""

    code = "deal_is_open"


class NoSuchEnd(Refusal):
    """A deal cannot end like this."""

    code = "no_such_end"


class ReasonMissing(Refusal):
    """What is not won ends with a reason."""

    code = "reason_missing"


class NextStepMissing(Refusal):
    """An open deal has an owner and a dated next step."""

    code = "next_step_missing"


class OwnerMissing(Refusal):
    """An open deal that is worked on has an owner."""

    code = "owner_missing"
