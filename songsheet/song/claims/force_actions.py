"""Putting claims into force, alone or with both keys, and closing them: what does not hold is refused."""

from datetime import datetime

from songsheet.agreements.queries import may_sign, sides_of, wears_both_hats
from songsheet.base.text import clean
from songsheet.journal.act import Record, act
from songsheet.song.claims.acts import (
    about,
    held_claim,
    held_version,
    may_stop,
    must_be_draft,
    must_decide,
    show,
)
from songsheet.song.claims.errors import (
    ClaimRefused,
    DoesNotHold,
    NeedsBothSides,
    NotInThatState,
    NotYourClaim,
    SignedAlready,
)
from songsheet.song.claims.events import ClaimClosed, ClaimInForce, ClaimSigned
from songsheet.song.claims.holding import Holding, holds
from songsheet.song.claims.models import Claim, ClaimSignature, ClaimVersion, Risk
from songsheet.team.acting import Acting
from songsheet.team.roles import Right, Side

State, Mode = ClaimVersion.State, ClaimVersion.Mode
SIDES = [str(one) for one in Side.values if one]


def put_in_force(key: str, *, seen: str, by: Acting, at: datetime) -> ClaimVersion:
    """Say a plain claim from now on: who answers for it may. What can hurt is signed by both sides."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        version = held_version(key, facts=True)
        must_be_draft(version, seen)
        must_decide(version.claim, by)
        if version.risk != Risk.PLAIN:
            raise NeedsBothSides(
                f"This speaks of {version.get_risk_display().lower()}: marketing and sales both sign it."
            )
        _into_force(version, Mode.OWNER, record, at)
    return version


def sign_claim(key: str, *, hash: str, by: Acting, at: datetime, side: str = "") -> ClaimVersion:
    """Turn the key of a side over the text with this hash; the second key puts it in force.

    Who may sign for a side is what agreements say; the only member of a house signs for both.
    """
    with act(by=by.actor, at=at) as record:
        version = held_version(key, facts=True)
        must_be_draft(version, hash)
        _must_hold(holds(version, at))
        both_hats = wears_both_hats(by)
        for one in SIDES if both_hats else [_side_of(by, side)]:
            _turn(version, one, record, by=by, at=at, both_hats=both_hats)
        turned = ClaimSignature.objects.filter(version=version, voided_at=None)
        if turned.values("side").distinct().count() == len(SIDES):
            _into_force(version, Mode.ONE_PERSON if both_hats else Mode.TWO, record, at)
    return version


def close_claim(key: str, *, why: str, by: Acting, at: datetime) -> Claim:
    """Say it no more: one key is enough, of who answers for it or of either side."""
    by.must(Right.LOOK)
    reason = clean(why, 500, field="why")
    if not reason:
        raise ClaimRefused("Say why in a sentence: whoever says it asks.", field="why")
    with act(by=by.actor, at=at) as record:
        claim = held_claim(key)
        version = ClaimVersion.objects.filter(claim=claim, state=State.IN_FORCE).first()
        if version is None:
            raise NotInThatState("Nothing of this claim is in force. There is nothing to close.")
        if not may_stop(claim, by):
            raise NotYourClaim(f"{claim.owner.name} answers for this claim; a key of a side stops it too.")
        _end(version, State.CLOSED, at, reason)
        version.claim = claim
        show(claim)
        record(ClaimClosed(**about(version), why=reason))
    return claim


def _side_of(by: Acting, asked: str) -> str:
    side = asked or next(iter(sides_of(by)), "")
    if not may_sign(by, side):
        name = by.member.name if by.member else "This process"
        raise NotYourClaim(f"{name} holds no key of {side or 'a side'}. Ask the head of a side, or a deputy.")
    return side


def _turn(
    version: ClaimVersion, side: str, record: Record, *, by: Acting, at: datetime, both_hats: bool
) -> None:
    assert by.member is not None
    there = ClaimSignature.objects.filter(version=version, side=side, voided_at=None).select_related("member")
    if one := there.first():
        raise SignedAlready(f"{one.member.name} signed for {side} already. Nothing was done.")
    ClaimSignature.objects.create(
        version=version, side=side, member=by.member, both_hats=both_hats, hash=version.hash, at=at
    )
    record(
        ClaimSigned(
            **about(version), hash=version.hash, member=by.member.key, signed_for=side, both_hats=both_hats
        )
    )


def _into_force(version: ClaimVersion, mode: str, record: Record, at: datetime) -> None:
    """Close the version before at the instant at which this one begins."""
    found = holds(version, at)
    _must_hold(found)
    before = ClaimVersion.objects.filter(claim=version.claim, state=State.IN_FORCE).first()
    if before:
        _end(before, State.SUPERSEDED, at)
    version.state, version.in_force_from, version.mode = State.IN_FORCE, at, mode
    version.save(update_fields=["state", "in_force_from", "mode"])
    show(version.claim)
    record(
        ClaimInForce(
            **about(version), statement=version.statement, hash=version.hash, since=at.isoformat(), mode=mode,
            facts={one.name: one.says for one in found.because}, before=before.key if before else None,
        )
    )  # fmt: skip


def _end(version: ClaimVersion, state: str, at: datetime, why: str = "") -> None:
    assert version.in_force_from is not None
    version.state, version.ended_at, version.ended_why = state, at, why
    version.in_force_until = max(at, version.in_force_from)
    version.save(update_fields=["state", "ended_at", "ended_why", "in_force_until"])


def _must_hold(found: Holding) -> None:
    if not found.holds:
        word = "is not known to hold" if found.truth is None else "does not hold"
        raise DoesNotHold(
            f"It {word}: {found.sentence()}. Change what it says, or the fact if that is wrong.",
            because={one.name: one.says for one in found.because},
        )
