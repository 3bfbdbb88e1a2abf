"""Reads of claims: what we say and what we do not, with whether it holds at that instant."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from songsheet.song.claims.errors import NoSuchClaim
from songsheet.song.claims.holding import Holding, holding_of, weigh
from songsheet.song.claims.models import HELD_STATES, Claim, ClaimSignature, ClaimVersion, Proof
from songsheet.song.facts.models import Fact
from songsheet.song.facts.queries import Facts, Stated, stated_at
from songsheet.song.facts.scopes import Scope
from songsheet.song.facts.values import Value, said
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


@dataclass(frozen=True, slots=True)
class Sung:
    """A version of a claim, and whether it holds."""

    version: ClaimVersion
    holding: Holding


@dataclass(frozen=True, slots=True)
class Moved:
    """A version in force, and how it stands before and after a fact changes."""

    version: ClaimVersion
    before: Holding
    after: Holding


def claims_seen_by(viewer: Acting) -> QuerySet[Claim]:
    """Every claim, with the version that counts."""
    viewer.must(Right.LOOK)
    return Claim.objects.select_related("owner", "shown__proof", "shown__segment")


def claim_for(viewer: Acting, key: str) -> Claim:
    """One claim."""
    found = None if "\x00" in key else claims_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchClaim(key)
    return found


def versions_of(claim: Claim) -> list[ClaimVersion]:
    """Every version of a claim, the newest first."""
    rows = ClaimVersion.objects.filter(claim=claim).select_related("proof", "segment", "written_by")
    return list(rows.order_by("-number"))


def signatures_of(version: ClaimVersion) -> list[ClaimSignature]:
    """The keys that are turned, marketing first."""
    rows = ClaimSignature.objects.filter(version=version, voided_at=None).select_related("member")
    return list(rows.order_by("side"))


def in_force_at(at: datetime) -> QuerySet[ClaimVersion]:
    """The versions that are in force at an instant, whether they hold or not."""
    rows = ClaimVersion.objects.filter(state__in=HELD_STATES, in_force_from__lte=at)
    rows = rows.filter(Q(in_force_until=None) | Q(in_force_until__gt=at))
    return rows.select_related("claim", "proof", "segment")


def sung_at(viewer: Acting, at: datetime, stated: Facts | None = None) -> list[Sung]:
    """What is in force at an instant, each with whether it holds; `stated` are the facts if they are read."""
    viewer.must(Right.LOOK)
    facts = stated_at(at) if stated is None else stated
    return [Sung(one, weigh(one, facts, at)) for one in in_force_at(at).order_by("id")]


def resting_on(viewer: Acting, name: str, at: datetime) -> list[Sung]:
    """What in force speaks of a fact."""
    viewer.must(Right.LOOK)
    versions = list(in_force_at(at).filter(facts__contains=[name]).order_by("id"))
    holding = holding_of(versions, at)
    return [Sung(one, holding[one.id]) for one in versions]


def preview_change(
    viewer: Acting, fact: Fact, value: Value | None, scope: Scope, *, since: datetime, at: datetime
) -> list[Moved]:
    """What in force would stand otherwise if the fact said this from then on; None: if nobody said."""
    viewer.must(Right.LOOK)
    versions = list(in_force_at(at).filter(facts__contains=[fact.name]).order_by("id"))
    stated = dict(stated_at(since, {name for one in versions for name in one.facts}))
    others = [one for one in stated.get(fact.name, []) if value is not None and one.where != scope]
    if value is not None:
        words = said(fact.kind, value, fact.unit)
        others.append(Stated(fact.name, fact.label, fact.kind, value, words, scope, since, None))
    changed = {**stated, fact.name: others}
    found = [Moved(one, weigh(one, stated, since), weigh(one, changed, since)) for one in versions]
    return [one for one in found if one.before.truth is not one.after.truth]


def proofs(viewer: Acting) -> QuerySet[Proof]:
    """The proofs that are not withdrawn, by title."""
    viewer.must(Right.LOOK)
    return Proof.objects.filter(gone_at=None).order_by("title", "id")


def proof_for(viewer: Acting, key: str) -> Proof:
    """One proof, a withdrawn one too."""
    viewer.must(Right.LOOK)
    found = None if "\x00" in key else Proof.objects.filter(key=key).first()
    if found is None:
        raise NoSuchClaim(key)
    return found
