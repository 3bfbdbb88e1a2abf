"""What the acts on claims share: one held, who may, keys void, what the claim shows."""

from datetime import datetime
from typing import Any

from songsheet.agreements.queries import sides_of
from songsheet.song.claims.errors import NoSuchClaim, NotInThatState, NotYourClaim, ReadAgain
from songsheet.song.claims.models import HELD_STATES, Claim, ClaimSignature, ClaimVersion
from songsheet.song.facts.models import Fact
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

State = ClaimVersion.State


def held_claim(key: str) -> Claim:
    """One claim locked until the act ends; what happens to a version happens under this lock."""
    rows = Claim.objects.select_for_update(of=("self",), no_key=True)
    claim = rows.select_related("owner", "shown").filter(key=key).first()
    if claim is None:
        raise NoSuchClaim(key)
    return claim


def held_version(key: str, *, facts: bool = False) -> ClaimVersion:
    """One version with its claim locked; with `facts` those it speaks of first: none changes meanwhile."""
    found = ClaimVersion.objects.filter(key=key).values_list("claim__key", "facts").first()
    if found is None:
        raise NoSuchClaim(key)
    if facts:
        list(Fact.objects.select_for_update(no_key=True).filter(name__in=found[1]).order_by("id"))
    claim = held_claim(found[0])
    version = ClaimVersion.objects.select_related("proof", "segment").get(key=key)
    version.claim = claim
    return version


def must_be_draft(version: ClaimVersion, seen: str | None = None) -> None:
    """Refuse what is no draft, or was read as another text."""
    if version.state != State.DRAFT:
        raise NotInThatState(
            f"Version {version.number} is {version.get_state_display().lower()}: this is done with a draft."
        )
    if seen is not None and seen != version.hash:
        raise ReadAgain("The claim changed since you read it. Read it again.", hash=version.hash)


def may_decide(claim: Claim, by: Acting) -> bool:
    """Whether somebody answers for a claim: its owner, and whoever sets up the house."""
    return by.member is None or claim.owner_id == by.member.id or by.may(Right.HOUSE)


def may_stop(claim: Claim, by: Acting) -> bool:
    """Stopping takes one key: who answers for it, or whoever signs for a side."""
    return may_decide(claim, by) or bool(sides_of(by))


def must_decide(claim: Claim, by: Acting) -> None:
    """Refuse unless they answer for the claim."""
    if not may_decide(claim, by):
        raise NotYourClaim(f"{claim.owner.name} answers for this claim. Ask them.")


def void(version: ClaimVersion, at: datetime) -> int:
    """Give the keys back that were turned over another text."""
    return ClaimSignature.objects.filter(version=version, voided_at=None).update(voided_at=at)


def show(claim: Claim) -> None:
    """Let the claim show the version that counts."""
    versions = ClaimVersion.objects.filter(claim=claim)
    current = versions.filter(state=State.IN_FORCE).first()
    shown = current or versions.exclude(state=State.WITHDRAWN).order_by("-number").first()
    shown = shown or versions.order_by("-number").first()
    assert shown is not None
    closed = shown.state in HELD_STATES or shown.state == State.WITHDRAWN
    claim.state = Claim.State.IN_FORCE if current else Claim.State.CLOSED if closed else Claim.State.DRAFT
    claim.shown, claim.statement, claim.risk = shown, shown.statement, shown.risk
    claim.save(update_fields=["shown", "statement", "risk", "state"])


def about(version: ClaimVersion) -> dict[str, Any]:
    """What every entry about a version says."""
    return {"claim": version.claim.key, "its": version.key, "number": version.number}
