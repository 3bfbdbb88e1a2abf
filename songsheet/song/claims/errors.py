"""What claims refuse."""

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal


class NoSuchClaim(NotFound):
    """There is no such claim, version or proof."""

    code = "no_such_claim"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no claim {key[:60]}. Look for it among the claims.")


class ClaimRefused(Refusal):
    """A claim that cannot be written like this."""

    code = "claim_refused"


class ClaimWithoutProof(Refusal):
    """It rests neither on facts nor on a proof."""

    code = "claim_without_proof"


class DoesNotHold(Conflict):
    """Our facts say otherwise, or do not say: it cannot be in force."""

    code = "does_not_hold"


class NeedsBothSides(Conflict):
    """It can hurt: both sides sign it."""

    code = "needs_both_sides"


class NotYourClaim(NotAllowed):
    """Somebody else answers for it."""

    code = "not_your_claim"


class NotInThatState(Conflict):
    """The version is not in the state in which this is done."""

    code = "not_in_that_state"


class ReadAgain(Conflict):
    """Its text changed since it was read."""

    code = "read_again"


class SignedAlready(Conflict):
    """That side's key is turned already."""

    code = "signed_already"
