"""What happens to claims and proofs. What we say to everybody may stand in entries."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import ClaimKey, ClaimVersionKey, MemberKey, ProofKey, sample_key

_CLAIM = {"claim": sample_key("claim"), "its": sample_key("claimversion"), "number": 2}
_TEXT = {**_CLAIM, "statement": "You can send it back for 30 days.", "hash": "0" * 64}


class ClaimDrafted(
    Event,
    name="song.claim_drafted",
    version=1,
    says="{by} drafted the claim “{statement}”",
    side="changed",
    icon="song",
    sample={**_TEXT, "risk": "guarantee"},
):
    """A version of a claim was begun."""

    claim: ClaimKey
    its: ClaimVersionKey
    number: int
    statement: str
    risk: str
    hash: str


class ClaimEdited(
    Event,
    name="song.claim_edited",
    version=1,
    says="{by} changed {fields} of the claim “{statement}”",
    side="changed",
    icon="edit",
    sample={**_TEXT, "fields": ["qualifier"]},
):
    """A draft changed; `voided` keys were given back."""

    claim: ClaimKey
    its: ClaimVersionKey
    number: int
    statement: str
    hash: str
    fields: list[str]
    voided: int = 0


class ClaimSigned(
    Event,
    name="song.claim_signed",
    version=1,
    says="{member} signed a claim for {signed_for}",
    side="changed",
    icon="key",
    sample={**_CLAIM, "hash": "0" * 64, "member": sample_key("member"), "signed_for": "sales"},
):
    """A member turned the key of one side over this hash."""

    claim: ClaimKey
    its: ClaimVersionKey
    number: int
    hash: str
    member: MemberKey
    signed_for: str
    both_hats: bool = False


class ClaimInForce(
    Event,
    name="song.claim_in_force",
    version=1,
    says="We say: “{statement}”",
    side="changed",
    icon="check",
    sample={**_TEXT, "since": "2026-05-12T10:12:00+00:00", "mode": "two", "facts": {"returns": "30 days"}},
):
    """A version is in force from now and closed the one before. `facts`: those it held by, as they were."""

    claim: ClaimKey
    its: ClaimVersionKey
    number: int
    statement: str
    hash: str
    since: str
    mode: str
    facts: dict[str, str]
    before: ClaimVersionKey | None = None


class ClaimClosed(
    Event,
    name="song.claim_closed",
    version=1,
    says="{by} closed a claim: {why}",
    side="changed",
    icon="stop",
    sample={**_CLAIM, "why": "We say it no more."},
):
    """What was in force is said no more."""

    claim: ClaimKey
    its: ClaimVersionKey
    number: int
    why: str


class ClaimDraftWithdrawn(
    Event,
    name="song.claim_draft_withdrawn",
    version=1,
    says="{by} withdrew a draft of a claim",
    side="changed",
    icon="undo",
    sample=_CLAIM,
):
    """A draft comes to nothing."""

    claim: ClaimKey
    its: ClaimVersionKey
    number: int


class ClaimHandedOver(
    Event,
    name="song.claim_handed_over",
    version=1,
    says="{owner} answers for a claim now",
    side="changed",
    icon="handoff",
    sample={"claim": sample_key("claim"), "owner": sample_key("member")},
):
    """Somebody else answers for what we say."""

    claim: ClaimKey
    owner: MemberKey


class ProofEntered(
    Event,
    name="song.proof_entered",
    version=1,
    says="{by} entered the proof “{title}”",
    side="changed",
    icon="book",
    sample={"proof": sample_key("proof"), "kind": "certificate", "title": "Quiet mark",
            "expires_on": "2027-03-31"},
):  # fmt: skip
    """Something that claims can rest on."""

    proof: ProofKey
    kind: str
    title: str
    expires_on: str = ""


class ProofChanged(
    Event,
    name="song.proof_changed",
    version=1,
    says="{by} changed {fields} of the proof “{title}”",
    side="changed",
    icon="edit",
    sample={"proof": sample_key("proof"), "title": "Quiet mark", "fields": ["expires_on"],
            "expires_on": "2028-03-31", "version": 2},
):  # fmt: skip
    """Its title, source or day of expiry changed."""

    proof: ProofKey
    title: str
    fields: list[str]
    version: int
    expires_on: str = ""


class ProofWithdrawn(
    Event,
    name="song.proof_withdrawn",
    version=1,
    says="{by} withdrew the proof “{title}”",
    side="changed",
    icon="stop",
    sample={"proof": sample_key("proof"), "title": "Quiet mark", "version": 2},
):
    """It proves nothing any more: what rests on it does not hold from now on."""

    proof: ProofKey
    title: str
    version: int
