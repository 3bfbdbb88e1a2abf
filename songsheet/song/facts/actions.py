"""What changes facts: stating, saying otherwise from an instant on, describing, reviewing, withdrawing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from songsheet.base import bulk
from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.clocks.actions import keep_clock
from songsheet.clocks.models import CURRENT
from songsheet.journal.act import act
from songsheet.song.facts.acts import (
    choices_of,
    day_to_come,
    held,
    kind_of,
    must_be_theirs,
    name_of,
    owner_of,
    scope_read,
    scope_row,
    watch,
    where_of,
    working,
)
from songsheet.song.facts.errors import FactIsThere, FactRefused
from songsheet.song.facts.events import FactChanged, FactDescribed, FactReviewed, FactStated, FactWithdrawn
from songsheet.song.facts.models import Fact, FactScope, FactValue
from songsheet.song.facts.values import kept, read, said, typed
from songsheet.team.acting import Acting
from songsheet.team.queries import house
from songsheet.team.roles import Right

#: Held while a fact is stated, so that two do not state the same.
_REALM = 53


def state_fact(
    *, name: str, label: str, kind: str, value: str, by: Acting, at: datetime, unit: str = "",
    choices: Sequence[str] = (), owner: str = "", source: str = "", product: str = "", market: str = "",
    segment: str = "", valid_from: datetime | None = None, valid_until: datetime | None = None,
    review_on: date | None = None,
) -> Fact:  # fmt: skip
    """State a fact for the first time: what it says, where, from when on, and who answers for it."""
    by.must(Right.STATE)
    called = name_of(name)
    with act(by=by.actor, at=at) as record:
        bulk.hold(_REALM, [called])
        if Fact.objects.filter(name=called).exists():
            raise FactIsThere(f"{called} is stated already. Change what it says instead.", field="name")
        fact = Fact(
            name=called, label=_label(label), kind=kind_of(kind), unit=clean(unit, 30, field="unit"),
            choices=choices_of(kind, choices), owner=owner_of(owner, by), made_at=at,
            source=clean(source, 1000, field="source"), review_on=day_to_come(review_on, at),
        )  # fmt: skip
        says = typed(kind, value, choices=tuple(fact.choices), currency=house().currency)
        since = valid_from or at
        _must_be_a_time(since, valid_until)
        watch(fact, by=by, at=at)
        fact.save(force_insert=True)
        scope = scope_row(fact, scope_read(product, market, segment))
        _put(scope, says, since, valid_until, "", by=by, at=at)
        record(
            FactStated(
                fact=fact.key, name=called, label=fact.label, kind=kind, owner=fact.owner.key,
                value=said(kind, says, fact.unit), since=since.isoformat(),
                until=valid_until.isoformat() if valid_until else "", where=where_of(scope),
            )
        )  # fmt: skip
    return fact


def change_fact(
    name: str, *, value: str, by: Acting, at: datetime, product: str = "", market: str = "",
    segment: str = "", valid_from: datetime | None = None, valid_until: datetime | None = None,
    why: str = "", version: int | None = None,
) -> Fact:  # fmt: skip
    """Make a fact say something new in a place, from now or a later instant on; the past stays as it was.

    With `valid_until` it is so for a while: then it says again what it said before.
    """
    with act(by=by.actor, at=at) as record:
        fact = held(name)
        must_be_theirs(fact, by)
        _must_be_read(fact, version)
        since = valid_from or at
        if since < at:
            raise FactRefused(
                "What was true until now stays as it was. Change it from now or a later time on.",
                field="valid_from",
            )
        _must_be_a_time(since, valid_until)
        says = typed(fact.kind, value, choices=tuple(fact.choices), currency=house().currency)
        scope = scope_row(fact, scope_read(product, market, segment))
        before = _make_room(scope, since, valid_until, at)
        reason = clean(why, 500, field="why")
        _put(scope, says, since, valid_until, reason, by=by, at=at)
        fact.version += 1
        fact.save(update_fields=["version"])
        record(
            FactChanged(
                fact=fact.key, name=name, version=fact.version, where=where_of(scope), why=reason,
                before=said(fact.kind, read(fact.kind, before.value), fact.unit) if before else "",
                value=said(fact.kind, says, fact.unit), since=since.isoformat(),
                until=valid_until.isoformat() if valid_until else "",
            )
        )  # fmt: skip
    return fact


def _make_room(scope: FactScope, since: datetime, until: datetime | None, at: datetime) -> FactValue | None:
    """Let what is said in a scope give way between two instants; what was said when the new one begins."""
    before: FactValue | None = None
    held_rows = FactValue.objects.select_for_update(of=("self",), no_key=True).filter(
        scope=scope, voided_at=None
    )
    for one in held_rows.order_by("valid_from"):
        ends = one.valid_until
        if (ends is not None and ends <= since) or (until is not None and one.valid_from >= until):
            continue
        if one.valid_from <= since:
            before = one
        again = until is not None and (ends is None or ends > until)
        if one.valid_from < since:
            one.valid_until = since
        else:
            one.voided_at = at
        one.save(update_fields=["valid_until", "voided_at"])
        if again:
            assert until is not None
            FactValue.objects.create(
                scope=scope, value=one.value, valid_from=until, valid_until=ends, why=one.why,
                stated_by=one.stated_by, stated_at=one.stated_at,
            )  # fmt: skip
    return before


def _put(
    scope: FactScope,
    says: Any,
    since: datetime,
    until: datetime | None,
    why: str,
    *,
    by: Acting,
    at: datetime,
) -> None:
    FactValue.objects.create(
        scope=scope, value=kept(says), valid_from=since, valid_until=until, why=why, stated_by=by.member,
        stated_at=at,
    )  # fmt: skip


def describe_fact(name: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any) -> Fact:
    """Change label, unit, source, owner (a key), review_on or choices; the same again changes nothing."""
    with act(by=by.actor, at=at) as record:
        fact = held(name)
        must_be_theirs(fact, by)
        _must_be_read(fact, version)
        changed = []
        for field, value in values.items():
            says = _described(fact, field, value, by, at)
            if getattr(fact, field) != says:
                setattr(fact, field, says)
                changed.append(field)
        if not changed:
            return fact
        if {"owner", "review_on"} & set(changed):
            watch(fact, by=by, at=at)
        fact.version += 1
        fact.save()
        record(
            FactDescribed(
                fact=fact.key, name=name, fields=changed, owner=fact.owner.key, version=fact.version
            )
        )
    return fact


def _described(fact: Fact, field: str, value: Any, by: Acting, at: datetime) -> Any:
    reads: dict[str, Any] = {
        "label": _label,
        "unit": lambda given: clean(given, 30, field="unit"),
        "source": lambda given: clean(given, 1000, field="source"),
        "owner": lambda given: owner_of(given, by),
        "review_on": lambda given: given if given == fact.review_on else day_to_come(given, at),
        "choices": lambda given: choices_of(fact.kind, [*fact.choices, *given]),
    }
    if field not in reads:
        raise FactRefused(f"A fact has no {field[:30]} that could be changed. It has {', '.join(reads)}.")
    return reads[field](value)


def review_fact(name: str, *, by: Acting, at: datetime, next_on: date | None = None) -> Fact:
    """It was looked at again and stands; its promise is kept, and the next day of review is set."""
    with act(by=by.actor, at=at) as record:
        fact = held(name)
        must_be_theirs(fact, by)
        if fact.clock is not None and fact.clock.state in CURRENT:
            keep_clock(fact.clock.key, by=working(by), at=at)
            fact.clock = None
        fact.review_on = day_to_come(next_on, at)
        watch(fact, by=by, at=at)
        fact.version += 1
        fact.save()
        day = next_on.isoformat() if next_on else ""
        record(FactReviewed(fact=fact.key, name=name, next_on=day, version=fact.version))
    return fact


def withdraw_fact(name: str, *, why: str, by: Acting, at: datetime) -> Fact:
    """Say nothing of it any more: what rests on it is not known to hold from now on."""
    reason = clean(why, 500, field="why")
    if not reason:
        raise FactRefused("Say why in a sentence: others rest on it.", field="why")
    with act(by=by.actor, at=at) as record:
        fact = held(name)
        must_be_theirs(fact, by)
        fact.gone_at = at
        watch(fact, by=by, at=at)
        rows = FactValue.objects.filter(scope__fact=fact, voided_at=None)
        rows.filter(valid_from__gte=at).update(voided_at=at)
        rows.filter(Q(valid_until=None) | Q(valid_until__gt=at)).update(valid_until=at)
        fact.version += 1
        fact.save()
        record(FactWithdrawn(fact=fact.key, name=name, why=reason, version=fact.version))
    return fact


def _label(given: str) -> str:
    label = clean(given, 160, field="label")
    if not label:
        raise FactRefused("Call it something that everybody understands, such as Returns.", field="label")
    return label


def _must_be_a_time(since: datetime, until: datetime | None) -> None:
    if until is not None and until <= since:
        raise FactRefused("It ends before it begins. Give a later end, or none.", field="valid_until")


def _must_be_read(fact: Fact, version: int | None) -> None:
    if version not in (None, fact.version):
        raise Stale("Somebody changed this fact since you read it. Look at it again.", version=fact.version)
