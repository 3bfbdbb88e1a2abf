"""What changes claims before they are in force: drafting, editing, withdrawing, handing over; and proofs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.journal.act import Record, act
from songsheet.song.claims.acts import about, held_claim, held_version, must_be_draft, must_decide, show, void
from songsheet.song.claims.body import body_of, write
from songsheet.song.claims.errors import ClaimRefused, NoSuchClaim, NotInThatState
from songsheet.song.claims.events import (
    ClaimDrafted,
    ClaimDraftWithdrawn,
    ClaimEdited,
    ClaimHandedOver,
    ProofChanged,
    ProofEntered,
    ProofWithdrawn,
)
from songsheet.song.claims.models import Claim, ClaimVersion, Proof
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

State = ClaimVersion.State


def draft_claim(
    *, statement: str, by: Acting, at: datetime, owner: str = "", predicate: str = "",
    proof: str | None = None, qualifier: str = "", risk: str = "plain",
    wordings: Sequence[Mapping[str, str]] = (), personas: Sequence[str] = (), stages: Sequence[str] = (),
    product: str = "", market: str = "", segment: str = "",
) -> ClaimVersion:  # fmt: skip
    """A new claim and its first version. Any member may; `owner` is who is to answer for it."""
    by.must(Right.PROPOSE)
    given = {
        "statement": statement, "predicate": predicate, "proof": proof, "qualifier": qualifier, "risk": risk,
        "wordings": wordings, "personas": personas, "stages": stages, "product": product, "market": market,
        "segment": segment,
    }  # fmt: skip
    with act(by=by.actor, at=at) as record:
        claim = Claim.objects.create(owner=_owner(owner, by), statement="", risk=risk[:12], made_at=at)
        return _draft(claim, given, record, by=by, at=at)


def propose_version(key: str, *, by: Acting, at: datetime, **values: Any) -> ClaimVersion:
    """A new version of a claim: what is shown, with these things otherwise. One draft at a time."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        claim = held_claim(key)
        if ClaimVersion.objects.filter(claim=claim, state=State.DRAFT).exists():
            raise NotInThatState("A draft of this claim is there already. Change that one, or withdraw it.")
        assert claim.shown is not None
        before = body_of(ClaimVersion.objects.select_related("proof", "segment").get(id=claim.shown.id))
        return _draft(claim, {**before, **values}, record, by=by, at=at)


def _draft(
    claim: Claim, given: Mapping[str, Any], record: Record, *, by: Acting, at: datetime
) -> ClaimVersion:
    last = ClaimVersion.objects.filter(claim=claim).order_by("-number").first()
    version = ClaimVersion(
        claim=claim, number=last.number + 1 if last else 1, written_by=by.member, made_at=at
    )
    write(version, given)
    version.save(force_insert=True)
    show(claim)
    record(ClaimDrafted(**about(version), statement=version.statement, risk=version.risk, hash=version.hash))
    return version


def edit_claim(key: str, *, seen: str, by: Acting, at: datetime, **values: Any) -> ClaimVersion:
    """Change a draft, by the key of the version; keys that were turned are void. `seen` is the hash read."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        version = held_version(key)
        must_be_draft(version, seen)
        changed = write(version, values)
        if not changed:
            return version
        voided = void(version, at)
        version.save()
        show(version.claim)
        record(
            ClaimEdited(
                **about(version),
                statement=version.statement,
                hash=version.hash,
                fields=changed,
                voided=voided,
            )
        )
    return version


def withdraw_draft(key: str, *, by: Acting, at: datetime) -> ClaimVersion:
    """Let a draft come to nothing: who wrote it may, and who answers for the claim."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        version = held_version(key)
        must_be_draft(version)
        if by.member is None or version.written_by_id != by.member.id:
            must_decide(version.claim, by)
        void(version, at)
        version.state, version.ended_at = State.WITHDRAWN, at
        version.save()
        show(version.claim)
        record(ClaimDraftWithdrawn(**about(version)))
    return version


def hand_over_claim(key: str, *, owner: str, by: Acting, at: datetime) -> Claim:
    """Let somebody else answer for a claim."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        claim = held_claim(key)
        must_decide(claim, by)
        member = _owner(owner, by)
        if member.id != claim.owner_id:
            claim.owner = member
            claim.save(update_fields=["owner"])
            record(ClaimHandedOver(claim=key, owner=member.key))
    return claim


def _owner(key: str, by: Acting) -> Member:
    found = Member.objects.active().filter(key=key).first() if key else by.member
    if found is None:
        raise ClaimRefused("Somebody of the team answers for what we say. Choose a member.", field="owner")
    return found


def enter_proof(
    *, kind: str, title: str, source: str, by: Acting, at: datetime, expires_on: date | None = None
) -> Proof:
    """Enter a customer's story, a study or a certificate, with where it can be read."""
    by.must(Right.PROPOSE)
    if kind not in Proof.Kind.values:
        raise ClaimRefused(f"A proof is one of {', '.join(Proof.Kind.values)}. Choose one.", field="kind")
    with act(by=by.actor, at=at) as record:
        proof = Proof.objects.create(
            kind=kind, title=_words(title, 200, "title"), source=_words(source, 1000, "source"),
            expires_on=expires_on,
        )  # fmt: skip
        until = expires_on.isoformat() if expires_on else ""
        record(ProofEntered(proof=proof.key, kind=kind, title=proof.title, expires_on=until))
    return proof


def change_proof(key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any) -> Proof:
    """Change title, source or the day of expiry; the same again changes nothing."""
    by.must(Right.PROPOSE)
    longest = {"title": 200, "source": 1000}
    if set(values) - {*longest, "expires_on"}:
        raise ClaimRefused("Of a proof title, source and expires_on change. Say which.")
    with act(by=by.actor, at=at) as record:
        proof = _held_proof(key)
        if version not in (None, proof.version):
            raise Stale("Somebody changed this proof since you read it. Look again.", version=proof.version)
        new = {
            name: _words(value, longest[name], name) if name in longest else value
            for name, value in values.items()
        }
        changed = [name for name, value in new.items() if getattr(proof, name) != value]
        if not changed:
            return proof
        for name in changed:
            setattr(proof, name, new[name])
        proof.version += 1
        proof.save()
        record(
            ProofChanged(
                proof=key, title=proof.title, fields=changed, version=proof.version,
                expires_on=proof.expires_on.isoformat() if proof.expires_on else "",
            )
        )  # fmt: skip
    return proof


def withdraw_proof(key: str, *, by: Acting, at: datetime) -> Proof:
    """It proves nothing any more: what rests on it does not hold from now on."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        proof = _held_proof(key)
        if proof.gone_at is None:
            proof.gone_at = at
            proof.version += 1
            proof.save(update_fields=["gone_at", "version"])
            record(ProofWithdrawn(proof=key, title=proof.title, version=proof.version))
    return proof


def _held_proof(key: str) -> Proof:
    proof = Proof.objects.select_for_update(no_key=True).filter(key=key).first()
    if proof is None:
        raise NoSuchClaim(key)
    return proof


def _words(text: str, longest: int, field: str) -> str:
    words = clean(text, longest, field=field)
    if not words:
        raise ClaimRefused("A proof has a title, and says where it can be read.", field=field)
    return words
