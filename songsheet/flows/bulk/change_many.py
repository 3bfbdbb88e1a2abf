"""Changing many records at once: the rows are fixed when it is asked for, then run in slices.

A slice, its verdicts and its entries commit together, so that a change that is killed goes on where it stood
and a change that is run twice changes nothing more. Few rows run in the transaction that asks for them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from django.db import connection

from songsheet.base import bulk
from songsheet.base.text import clean
from songsheet.flows.bulk.applying import Outcomes, apply, member_to, take_back
from songsheet.flows.bulk.kinds import kind_of
from songsheet.flows.bulk.only_leads import ending, must_be_routable
from songsheet.flows.bulk.settable import settable
from songsheet.flows.errors import (
    ChangeUnderWay,
    NoSuchChange,
    NothingChosen,
    TooManyAtOnce,
    UndoneAlready,
    UnknownChange,
    ValueRefused,
)
from songsheet.flows.events import ManyChanged, ManyChangedBack
from songsheet.flows.models import BulkChange, BulkRow
from songsheet.journal.act import act, rehearsal, together
from songsheet.journal.actors import Actor
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

MOST = 100_000
AT_ONCE = 200
SLICE = 1_000  # rows of an act: taking leads back may note two entries a row, and an act holds 2,000
_LOCKS = 8_370_214
State = BulkChange.State
_WITH_FIELD = (BulkChange.Act.SET, BulkChange.Act.END)


@dataclass(frozen=True)
class Chosen:
    """Which records: by their keys, or everything that the filters of the list find."""

    keys: tuple[str, ...] = ()
    filters: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Wanted:
    """What is to be done with them: the act, for `set` the field, and the value."""

    act: str
    field: str = ""
    value: str = ""


@dataclass
class Preview:
    """What a change would do: exact when `tried` is all of `rows`; reasons with how often each."""

    rows: int
    tried: int
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


def change_many(what: str, chosen: Chosen, wanted: Wanted, *, by: Acting, at: datetime) -> BulkChange:
    """Ask for a change of many records. Up to 200 it is done when this returns; more are left to a job."""
    draft = _draft(what, wanted, by=by, at=at)
    with together():
        keys = keys_of(what, chosen, by=by)
        draft.rows = len(keys)
        draft.save()
        lines = [(draft.pk, key, "waiting", "") for key in keys]
        bulk.copy_in("flows_bulkrow", ["bulk_id", "key", "state", "reason"], lines)
        if draft.rows <= AT_ONCE:
            _run(draft, at=at)
    return draft


def preview(what: str, chosen: Chosen, wanted: Wanted, *, by: Acting, at: datetime) -> Preview:
    """What a change would do: tried on 200 rows from all over, and taken back before anybody sees it."""
    draft = _draft(what, wanted, by=by, at=at)
    keys = keys_of(what, chosen, by=by)
    some = [keys[nth * len(keys) // AT_ONCE] for nth in range(AT_ONCE)] if len(keys) > AT_ONCE else keys
    found = Preview(len(keys), len(some))
    outcomes: Outcomes = {}
    try:
        with rehearsal(), together():
            outcomes = apply(draft, some, by=by, at=at)
            raise _TakenBack
    except _TakenBack:
        pass
    for one in outcomes.values():
        setattr(found, one.state, getattr(found, one.state) + 1)
        if one.reason:
            found.reasons[one.reason] = found.reasons.get(one.reason, 0) + 1
    return found


class _TakenBack(Exception):
    """Ends the transaction of a preview."""


def run_change(key: str, *, at: datetime) -> BulkChange:
    """Run a change to its end, from where it stands; also an undo that was begun. One process at a time."""
    with held(key) as change:
        if change.state == State.UNDOING:
            _undo(change, at=at)
        elif change.is_under_way:
            _run(change, at=at)
    return change


def undo_change(key: str, *, by: Acting, at: datetime) -> BulkChange:
    """Undo a whole change, also later; what people changed since stays and is listed."""
    by.must(Right.WORK)
    with together():
        change = BulkChange.objects.select_for_update(of=("self",)).filter(key=key).first()
        if change is None:
            raise NoSuchChange(key)
        by.must(kind_of(change.what).changing)
        if change.by != by.actor.key and change.member != by.member:
            by.must(Right.OFFER)
        if change.state in (State.UNDONE, State.UNDOING):
            raise UndoneAlready("This was undone already. Look at its page to see what stayed.")
        if change.is_under_way:
            raise ChangeUnderWay("This change still runs. Undo it when it is done.")
        change.state, change.undo_by, change.heard_at = State.UNDOING, by.actor.key, at
        change.save(update_fields=["state", "undo_by", "heard_at"])
        if change.changed <= AT_ONCE:
            _undo(change, at=at)
    return change


def keys_of(what: str, chosen: Chosen, *, by: Acting) -> list[str]:
    """The keys of the records that are meant, each once, in the order of their making."""
    if chosen.filters is None:
        keys = sorted(set(chosen.keys))
    else:
        found = kind_of(what).listing.narrowed(by, chosen.filters, most=MOST + 1).rows
        keys = sorted(found.order_by().values_list("key", flat=True)[: MOST + 1])
    if not keys:
        raise NothingChosen("Nothing is chosen. Choose rows of the list, or all that match.", field="keys")
    if len(keys) > MOST:
        raise TooManyAtOnce(f"More than {MOST:,} match. Narrow the list by a filter first.", field="filters")
    return keys


@contextmanager
def held(key: str) -> Iterator[BulkChange]:
    """A change that no other process works on meanwhile; a killed process lets go by itself."""
    change = change_of(key)
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [_LOCKS, change.pk])
        if not cursor.fetchone()[0]:
            raise ChangeUnderWay("Another process works on this change just now. Look at its page.")
    try:
        change.refresh_from_db()
        yield change
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, %s)", [_LOCKS, change.pk])


def change_of(key: str) -> BulkChange:
    """A change by its key."""
    change = BulkChange.objects.filter(key=key).select_related("member").first()
    if change is None:
        raise NoSuchChange(key)
    return change


def _draft(what: str, wanted: Wanted, *, by: Acting, at: datetime) -> BulkChange:
    """The change as it is asked for; refused where it cannot be, before any row is looked at."""
    kind, name = kind_of(what), wanted.act
    if name not in (offered := kind.acts(BulkChange.Act.values)):
        known = ", ".join(offered)
        raise UnknownChange(f"“{name[:40]}” cannot be done in bulk. There are: {known}.", field="act")
    by.must(kind.changing)
    says, value = "", clean(wanted.value, 500, field="value")
    if name == BulkChange.Act.ASSIGN:
        by.must(kind.assigning)
        says = member_to(value).name
    elif name == BulkChange.Act.SET:
        chosen = settable(what, wanted.field)
        chosen.read(value)
        says = f"{chosen.label}: {dict(chosen.choices()).get(value, value) or '—'}"
    elif name == BulkChange.Act.END:
        says = ending(kind.name, wanted.field, value)
    elif name == BulkChange.Act.ROUTE:
        must_be_routable(kind.name, value, by=by)
    elif name not in (BulkChange.Act.ARCHIVE, BulkChange.Act.BRING_BACK):
        says = value = clean(value, 60, field="value")
        if not value:
            raise ValueRefused("A tag is a word or two. Write one.", field="value")
    return BulkChange(
        what=what, act=name, field=wanted.field if name in _WITH_FIELD else "", value=value, says=says,
        member=by.member, by=by.actor.key, rights=sorted(by.rights), made_at=at, heard_at=at,
    )  # fmt: skip


def _acting(change: BulkChange, actor: str) -> Acting:
    """Who asked for it, with what they were allowed then and still are."""
    rights = frozenset(Right(one) for one in change.rights)
    if change.member is not None:
        rights &= change.member.rights if change.member.is_active else frozenset()
    return Acting(change.member, Actor.of(actor), rights)


def _run(change: BulkChange, *, at: datetime) -> None:
    by = _acting(change, change.by)
    while lines := _slice(change, BulkRow.State.WAITING):
        with together():
            lines = _slice(change, BulkRow.State.WAITING, lock=True)
            outcomes = apply(change, [line.key for line in lines], by=by, at=change.made_at)
            _note(change, lines, outcomes, at=at)
    with act(by=by.actor, at=at) as record:
        change.state, change.finished_at = State.FINISHED, at
        change.save(update_fields=["state", "finished_at"])
        told = {
            name: getattr(change, name) for name in ("what", "act", "field", "rows", "changed", "refused")
        }
        record(ManyChanged(bulk=change.key, **told))


def _undo(change: BulkChange, *, at: datetime) -> None:
    by = _acting(change, change.undo_by)
    while _slice(change, BulkRow.State.CHANGED):
        with together():
            lines = _slice(change, BulkRow.State.CHANGED, lock=True)
            before = {line.key: line.before or {} for line in lines}
            _note(change, lines, take_back(change, before, by=by, at=at), at=at)
    with act(by=by.actor, at=at) as record:
        change.state, change.undone_at = State.UNDONE, at
        change.save(update_fields=["state", "undone_at"])
        record(ManyChangedBack(bulk=change.key, undone=change.undone, stayed=change.stayed))


def _slice(change: BulkChange, state: str, *, lock: bool = False) -> list[BulkRow]:
    lines = BulkRow.objects.filter(bulk=change, state=state).order_by("id")
    return list((lines.select_for_update() if lock else lines)[: SLICE if lock else 1])


def _note(change: BulkChange, lines: Sequence[BulkRow], outcomes: Outcomes, *, at: datetime) -> None:
    """The verdicts of a slice, in its own transaction."""
    counts: dict[str, int] = {}
    for line in lines:
        one = outcomes[line.key]
        line.state, line.reason = one.state, one.reason[:300]
        line.before = one.before if one.before is not None else line.before
        counts[one.state] = counts.get(one.state, 0) + 1
    _write(lines)
    for name, count in counts.items():
        setattr(change, name, getattr(change, name) + count)
    change.state = State.RUNNING if change.state == State.WAITING else change.state
    change.heard_at = at
    change.save(update_fields=[*counts, "state", "heard_at"])


def _write(lines: Sequence[BulkRow]) -> None:
    types = {"state": "text", "reason": "text", "before": "jsonb"}
    given = [(line.pk, line.state, line.reason, _as_json(line.before)) for line in lines]
    bulk.update("flows_bulkrow", types, given)


def _as_json(before: dict[str, Any] | None) -> str | None:
    return None if before is None else orjson.dumps(before).decode()


def sentences(change: BulkChange) -> dict[str, Any]:
    """The reasons of a change, each with how many rows it stands at, the most frequent first."""
    found = bulk.rows(
        """select reason, count(*) from flows_bulkrow
            where bulk_id = %s and state in ('refused', 'stayed') group by 1 order by 2 desc, 1 limit 50""",
        [change.pk],
    )
    return dict(found)
