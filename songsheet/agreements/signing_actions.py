"""What keys do: signing, alone or at one table, refusing, stopping."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from songsheet.agreements.actions import edit, offer
from songsheet.agreements.errors import CannotSign, ReadAgain, SignedAlready
from songsheet.agreements.events import VersionInForce, VersionRefused, VersionSigned, VersionStopped
from songsheet.agreements.models import Signature, Version
from songsheet.agreements.queries import (
    SIGNS,
    kind_named,
    may_sign,
    sides_of,
    signatures_of,
    waiting_for,
    wears_both_hats,
)
from songsheet.agreements.version_acts import (
    about,
    draft,
    end,
    held,
    must_be,
    must_hold_a_key,
    reason_of,
)
from songsheet.base.time import UTC
from songsheet.journal.act import Record, act
from songsheet.team.acting import Acting
from songsheet.team.queries import house
from songsheet.team.roles import Side

State = Version.State


def sign(key: str, *, hash: str, by: Acting, at: datetime, side: str = "") -> Version:
    """Turn a key over the text with this hash; the second key puts it in force.

    Without a `side`: the member's own. The only member of a house signs for both, and that is said.
    """
    with act(by=by.actor, at=at) as record:
        version = held(key)
        must_be(version, State.OFFERED)
        if hash != version.hash:
            raise ReadAgain(
                "The text changed since you read it. Read it again, then sign.", hash=version.hash
            )
        both_hats = wears_both_hats(by)
        sides = [str(one) for one in Side.values if one] if both_hats else [_side_of(by, side)]
        for one in sides:
            _turn(version, one, record, by=by, at=at, both_hats=both_hats)
        if not waiting_for(version):
            _into_force(version, record, at=at, both_hats=both_hats)
    return version


def _side_of(by: Acting, asked: str) -> str:
    member = by.member
    side = asked or (member.side if member else "")
    if not may_sign(by, side):
        name = member.name if member else "This process"
        raise CannotSign(
            f"{name} cannot sign for {side or 'a side'}. Ask the head of that side, or a deputy."
        )
    return side


def _turn(version: Version, side: str, record: Record, *, by: Acting, at: datetime, both_hats: bool) -> None:
    member = by.member
    assert member is not None
    there = {one.side: one for one in signatures_of(version)}
    if side in there:
        raise SignedAlready(f"{there[side].member.name} signed for {side} already. Nothing was done.")
    deputy = not both_hats and not by.may(SIGNS[Side(side)])
    Signature.objects.create(
        version=version, side=side, member=member, role=member.role, as_deputy=deputy, both_hats=both_hats,
        hash=version.hash, at=at,
    )  # fmt: skip
    record(
        VersionSigned(
            **about(version), hash=version.hash, member=member.key, signed_for=side, as_deputy=deputy,
            both_hats=both_hats,
        )
    )  # fmt: skip


def _into_force(version: Version, record: Record, *, at: datetime, both_hats: bool) -> None:
    """Close the version before at the instant at which this one begins."""
    since = at
    if version.starts_on:
        midnight = datetime.combine(version.starts_on, time(), ZoneInfo(house().zone))
        since = max(at, midnight.astimezone(UTC))
    before = Version.objects.filter(agreement=version.agreement_id, state=State.IN_FORCE).first()
    if before:
        before.state, before.in_force_until, before.ended_at = State.SUPERSEDED, since, at
        before.save(update_fields=["state", "in_force_until", "ended_at"])
    version.state, version.in_force_from = State.IN_FORCE, since
    version.mode = Version.Mode.ONE_PERSON if both_hats else Version.Mode.TWO
    version.save(update_fields=["state", "in_force_from", "mode"])
    record(
        VersionInForce(
            **about(version), hash=version.hash, since=since.isoformat(), mode=version.mode,
            before=before.key if before else None,
        )
    )  # fmt: skip


def sign_at_one_table(
    key: str, clauses: Mapping[str, Any], *, seen: str, keys: Sequence[Acting], by: Acting, at: datetime
) -> Version:
    """Both sides at one screen: what stands there is kept, offered, and signed by these members."""
    with act(by=by.actor, at=at):
        writer = by if sides_of(by) or not keys else keys[0]
        version = edit(key, clauses, seen=seen, by=writer, at=at)
        if version.state == State.DRAFT:
            offer(key, by=by, at=at)
        for one in keys:
            version = sign(key, hash=version.hash, by=one, at=at)
    return version


def refuse(key: str, *, why: str, by: Acting, at: datetime, body: Mapping[str, Any] | None = None) -> Version:
    """Say no for a side, with the reason; with a `body` the side's own proposal is drafted in its place."""
    reason = reason_of(why)
    with act(by=by.actor, at=at) as record:
        version = held(key)
        must_be(version, State.OFFERED)
        member = must_hold_a_key(by)
        end(version, State.REFUSED, reason, by=by, at=at)
        terms = kind_named(version.agreement.kind).read(body) if body is not None else None
        counter = (
            draft(version.agreement.kind, terms, record, by=by, at=at, counters=version) if terms else None
        )
        record(
            VersionRefused(
                **about(version), member=member.key, why=reason, counter=counter.key if counter else None
            )
        )
    return counter or version


def stop(key: str, *, why: str, by: Acting, at: datetime) -> Version:
    """End what is in force, with one key. What had not begun yet never does: the one before it goes on."""
    reason = reason_of(why)
    with act(by=by.actor, at=at) as record:
        version = held(key)
        must_be(version, State.IN_FORCE)
        member = must_hold_a_key(by)
        since = version.in_force_from
        assert since is not None
        version.state, version.in_force_until, version.ended_at = State.STOPPED, max(at, since), at
        version.ended_why, version.ended_by = reason, by.member
        version.save()
        again = _goes_on(version) if since > at else None
        record(
            VersionStopped(
                **about(version), member=member.key, why=reason, again=again.key if again else None
            )
        )
    return version


def _goes_on(stopped: Version) -> Version | None:
    """The version that was to end where the stopped one was to begin is in force as before."""
    before = Version.objects.filter(
        agreement=stopped.agreement_id, state=State.SUPERSEDED, in_force_until=stopped.in_force_from
    ).first()
    if before:
        before.state, before.in_force_until, before.ended_at = State.IN_FORCE, None, None
        before.save(update_fields=["state", "in_force_until", "ended_at"])
    return before
