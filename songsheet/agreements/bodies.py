"""Agreements as the API gives them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ninja import Schema

from songsheet.agreements.models import Comment, Signature, Version
from songsheet.agreements.overview import overview
from songsheet.agreements.queries import (
    comments_on,
    history_of,
    kind_named,
    names_in,
    signatures_of,
    version_for,
    version_in_force,
    waiting_for,
)
from songsheet.agreements.terms import Kind
from songsheet.team.acting import Acting

State = Version.State


class ClauseOut(Schema):
    """A clause in plain words."""

    name: str
    title: str
    sentences: list[str]


class SignatureOut(Schema):
    """A key that is turned: whose, for which side, over which text."""

    side: str
    member: str
    name: str
    as_deputy: bool
    both_hats: bool
    hash: str
    at: datetime

    @classmethod
    def of(cls, one: Signature) -> "SignatureOut":
        return cls(
            side=one.side, member=one.member.key, name=one.member.name, as_deputy=one.as_deputy,
            both_hats=one.both_hats, hash=one.hash, at=one.at,
        )  # fmt: skip


class CommentOut(Schema):
    """What somebody said to a clause, or to all of it; a guest has no key of a member."""

    key: str
    clause: str
    member: str | None
    name: str
    text: str
    at: datetime

    @classmethod
    def of(cls, one: Comment) -> "CommentOut":
        name = one.member.name if one.member else one.guest.name if one.guest else ""
        member = one.member.key if one.member else None
        return cls(key=one.key, clause=one.clause, member=member, name=name, text=one.text, at=one.at)


class Brief(Schema):
    """A version without its text. `mode`: two, or one_person where the only member signed for both."""

    key: str
    number: int
    state: str
    mode: str
    hash: str
    written_by: str | None
    counters: str | None
    made_at: datetime
    decide_by: date | None
    starts_on: date | None
    in_force_from: datetime | None
    in_force_until: datetime | None
    ended_at: datetime | None
    ended_why: str
    waiting_for: list[str]


class VersionOut(Brief):
    """A version with its text, the clauses in words, and the keys."""

    kind: str
    body: dict[str, Any]
    clauses: list[ClauseOut]
    signatures: list[SignatureOut]
    comments: list[CommentOut]

    @classmethod
    def read(cls, viewer: Acting, key: str) -> "VersionOut":
        """One version."""
        one = version_for(viewer, key)
        kind = kind_named(one.agreement.kind)
        clauses = kind.body.model_validate(one.body).clauses(names_in(one.body))
        return cls(
            **brief_of(one), kind=kind.name, body=one.body,
            clauses=[ClauseOut(name=c.name, title=c.title, sentences=list(c.sentences)) for c in clauses],
            signatures=[SignatureOut.of(each) for each in signatures_of(one)],
            comments=[CommentOut.of(each) for said in comments_on(one).values() for each in said],
        )  # fmt: skip


class AgreementOut(Schema):
    """An agreement: what is in force, what waits for a key, and how many drafts there are."""

    kind: str
    label: str
    settles: str
    in_force: Brief | None
    offered: Brief | None
    drafts: int
    versions: list[Brief]


def brief_of(one: Version) -> Mapping[str, Any]:
    """What a brief says."""
    plain = {name: getattr(one, name) for name in Brief.model_fields if hasattr(one, name)}
    return {
        **plain,
        "written_by": one.written_by.key if one.written_by else None,
        "counters": one.counters.key if one.counters else None,
        "waiting_for": waiting_for(one),
    }


def all_agreements(viewer: Acting, at: datetime) -> list[AgreementOut]:
    """Every kind, without the versions that are over."""
    return [
        _agreement(one.kind, at, one.in_force, [*([one.offered] if one.offered else []), *one.drafts])
        for one in overview(viewer, at)
    ]


def one_agreement(viewer: Acting, kind: str, at: datetime) -> AgreementOut:
    """One kind with every version."""
    known = kind_named(kind)
    return _agreement(known, at, version_in_force(kind, at), history_of(viewer, kind))


def _agreement(kind: Kind[Any], at: datetime, now: Version | None, versions: list[Version]) -> AgreementOut:
    offered = next((one for one in versions if one.state == State.OFFERED), None)
    return AgreementOut(
        kind=kind.name,
        label=str(kind.label),
        settles=str(kind.settles),
        in_force=Brief(**brief_of(now)) if now else None,
        offered=Brief(**brief_of(offered)) if offered else None,
        drafts=sum(one.state == State.DRAFT for one in versions),
        versions=[Brief(**brief_of(one)) for one in versions],
    )
