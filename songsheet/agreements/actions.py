"""What changes agreements: proposing, editing, offering, withdrawing."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from songsheet.agreements.errors import DayIsOver, NoSuchVersion, ReadAgain, SomethingIsOffered
from songsheet.agreements.events import CalledToTheTable, VersionEdited, VersionOffered, VersionWithdrawn
from songsheet.agreements.models import Agreement, Version
from songsheet.agreements.queries import kind_named, kinds, signers_by_side
from songsheet.agreements.terms import hash_of
from songsheet.agreements.version_acts import (
    LONGEST_REASON,
    about,
    draft,
    end,
    held,
    must_be,
    must_be_theirs,
    void,
)
from songsheet.base.text import clean
from songsheet.base.time import day_of
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.queries import house
from songsheet.team.roles import Right, Role

State = Version.State
#: Who cannot sign for a side, and is called when the sides do not come to a decision.
CALLED = (Role.OWNER, Role.CRO, Role.METRICS, Role.ADMINISTRATOR)
#: An offer without a day of its own is to be decided within a week.
TO_DECIDE = timedelta(days=7)


def open_agreements(*, by: Acting, at: datetime) -> list[Version]:
    """The starter draft of each kind that has no agreement yet: what a new house begins to talk about."""
    by.must(Right.PROPOSE)
    there = set(Agreement.objects.values_list("kind", flat=True))
    with act(by=by.actor, at=at) as record:
        return [
            draft(name, kind.starter(), record, by=by, at=at)
            for name, kind in kinds().items()
            if name not in there
        ]


def propose(
    kind: str, *, by: Acting, at: datetime, body: Mapping[str, Any] | None = None, counters: str = ""
) -> Version:
    """Begin a draft: with this body, or with what is in force, else the starter. Any member may."""
    by.must(Right.PROPOSE)
    known = kind_named(kind)
    with act(by=by.actor, at=at) as record:
        answers = held(counters) if counters else None
        if answers and answers.agreement.kind != kind:
            raise NoSuchVersion
        terms = known.read(_begin_with(kind) if body is None else body)
        return draft(kind, terms, record, by=by, at=at, counters=answers)


def _begin_with(kind: str) -> Any:
    """The body to begin with: what was signed last and still stands, else the starter."""
    newest = Version.objects.filter(agreement__kind=kind, state=State.IN_FORCE).first()
    return newest.body if newest else kind_named(kind).starter().model_dump(mode="json")


def edit(key: str, clauses: Mapping[str, Any], *, seen: str, by: Acting, at: datetime) -> Version:
    """Change clauses of a draft. What was offered becomes a draft again, and both keys are void: that is
    for who wrote it or holds a key; anybody else proposes a version of their own.

    `seen` is the hash of the text that was read; a change that was made from another is told.
    """
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        version = held(key)
        must_be(version, State.DRAFT, State.OFFERED)
        if seen != version.hash:
            raise ReadAgain(
                "Somebody changed this draft since you read it. Look at theirs, then make your change again.",
                hash=version.hash,
            )
        terms = kind_named(version.agreement.kind).read({**version.body, **clauses})
        body = terms.model_dump(mode="json")
        changed = [name for name in body if body[name] != version.body.get(name)]
        if not changed:
            return version
        if version.state == State.OFFERED:
            must_be_theirs(version, by)
        voided = void(version, at)
        version.body, version.hash, version.changed_at = body, hash_of(body), at
        _open_again(version)
        version.save()
        record(VersionEdited(**about(version), hash=version.hash, clauses=changed, voided=voided))
    return version


def _open_again(version: Version) -> None:
    version.state, version.offered_at, version.decide_by = State.DRAFT, None, None
    version.called_at = None


def offer(
    key: str,
    *,
    by: Acting,
    at: datetime,
    decide_by: date | None = None,
    starts_on: date | None = None,
) -> Version:
    """Put a draft on the table: both sides are asked, and are to decide by a day."""
    by.must(Right.PROPOSE)
    today = day_of(at, ZoneInfo(house().zone))
    with act(by=by.actor, at=at) as record:
        version = held(key)
        must_be(version, State.DRAFT)
        _must_be_alone(version, at)
        version.decide_by = decide_by or today + TO_DECIDE
        if version.decide_by < today or (starts_on and starts_on < today):
            field = "decide_by" if version.decide_by < today else "starts_on"
            raise DayIsOver("That day is over. Choose today or later.", field=field)
        version.state, version.offered_at, version.starts_on = State.OFFERED, at, starts_on
        version.save()
        record(
            VersionOffered(
                **about(version),
                hash=version.hash,
                decide_by=version.decide_by.isoformat(),
                starts_on=starts_on.isoformat() if starts_on else "",
                asked=[one.key for members in signers_by_side().values() for one in members],
            )
        )
    return version


def _must_be_alone(version: Version, at: datetime) -> None:
    """Nothing else is on the table, and nothing signed waits for its day."""
    others = Version.objects.filter(agreement=version.agreement_id).exclude(id=version.id)
    other = (
        others.filter(state=State.OFFERED).first()
        or others.filter(state=State.IN_FORCE, in_force_from__gt=at).first()
    )
    if other:
        raise SomethingIsOffered(
            f"Version {other.number} is offered, or signed and waiting for its day. Decide on that one first."
        )


def withdraw(key: str, *, by: Acting, at: datetime, why: str = "") -> Version:
    """Take a draft or an offer off the table: who wrote it may, and who signs for a side."""
    by.must(Right.PROPOSE)
    reason = clean(why, LONGEST_REASON, field="why")
    with act(by=by.actor, at=at) as record:
        version = held(key)
        must_be(version, State.DRAFT, State.OFFERED)
        must_be_theirs(version, by)
        end(version, State.WITHDRAWN, reason, by=by, at=at)
        record(VersionWithdrawn(**about(version), why=reason))
    return version


def call_to_the_table(*, by: Acting, at: datetime) -> list[Version]:
    """What was not decided by its day: those who are of neither side and lead are called, once."""
    by.must(Right.PROPOSE)
    today = day_of(at, ZoneInfo(house().zone))
    due = Version.objects.filter(state=State.OFFERED, decide_by__lt=today, called_at=None)
    called = list(due.order_by("id").values_list("key", flat=True))
    leading = Member.objects.active().filter(role__in=CALLED).order_by("id").values_list("key", flat=True)
    return [one for key in called if (one := _call(key, list(leading), by=by, at=at))]


def _call(key: str, members: list[str], *, by: Acting, at: datetime) -> Version | None:
    with act(by=by.actor, at=at) as record:
        version = held(key)
        if version.state != State.OFFERED or version.called_at:
            return None
        version.called_at = at
        version.save(update_fields=["called_at"])
        record(CalledToTheTable(**about(version), members=members))
    return version
