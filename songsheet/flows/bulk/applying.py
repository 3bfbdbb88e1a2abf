"""One change applied to some records, each as its single action would; and the same taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import DataError, IntegrityError, transaction

from songsheet.base import bulk
from songsheet.base.refusals import Refusal
from songsheet.flows.bulk.archiving import archived_at, bring_back, run_clocks, still_held, still_under
from songsheet.flows.bulk.kinds import Kind, kind_of
from songsheet.flows.bulk.only_leads import WORKED_ON
from songsheet.flows.bulk.settable import settable
from songsheet.flows.errors import ValueRefused
from songsheet.flows.models import BulkChange, BulkRow
from songsheet.leads.actions import end_leads, give_leads, put_back_leads
from songsheet.leads.errors import HasItAlready
from songsheet.leads.models import Lead
from songsheet.leads.routing.actions import route
from songsheet.leads.routing.errors import StaysWhereItIs
from songsheet.leads.routing.models import Cause
from songsheet.tags.actions import tag, untag
from songsheet.team.acting import Acting
from songsheet.team.models import Member

NOT_SEEN = "It is not there any more, or you may not see it."
NOT_STORED = "It cannot be stored like this beside what stands there."
State = BulkRow.State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record; `before` is what undoing it needs."""

    state: str
    reason: str = ""
    before: dict[str, Any] | None = None


Outcomes = dict[str, Outcome]
UNCHANGED = Outcome(State.UNCHANGED)


def apply(change: BulkChange, keys: Sequence[str], *, by: Acting, at: datetime) -> Outcomes:
    """Change these records; every one of them gets its verdict. What may not be seen is never touched."""
    kind = kind_of(change.what)
    is_back = change.act == BulkChange.Act.BRING_BACK
    rows = kind.listing.archive if is_back and kind.listing.archive else kind.listing.base
    seen = list(rows(by).filter(key__in=list(keys)).order_by("id").values_list("key", flat=True))
    outcomes = dict.fromkeys(keys, Outcome(State.REFUSED, NOT_SEEN))
    try:
        with transaction.atomic():
            outcomes |= _ACTS[change.act](change, kind, seen, by, at)
    except Refusal as refusal:
        outcomes |= dict.fromkeys(seen, Outcome(State.REFUSED, refusal.sentence))
    return outcomes


def take_back(
    change: BulkChange, before: Mapping[str, dict[str, Any]], *, by: Acting, at: datetime
) -> Outcomes:
    """Undo what was changed of these records; what people changed since stays, with the reason."""
    try:
        with transaction.atomic():
            return _BACK[change.act](change, kind_of(change.what), before, by, at)
    except (IntegrityError, DataError):
        if len(before) == 1:
            return dict.fromkeys(before, Outcome(State.STAYED, NOT_STORED))
    outcomes: Outcomes = {}
    keys, half = list(before), len(before) // 2
    for some in (keys[:half], keys[half:]):
        outcomes |= take_back(change, {key: before[key] for key in some}, by=by, at=at)
    return outcomes


def member_to(key: str) -> Member:
    """The member whom records are assigned to."""
    member = Member.objects.exclude(state=Member.State.LEFT).filter(key=key).first()
    if member is None:
        raise ValueRefused("Choose a member of the team who has not left.", field="value")
    return member


def _assign(change: BulkChange, kind: Kind, keys: list[str], by: Acting, at: datetime) -> Outcomes:
    member = member_to(change.value)
    if kind.own is not None:
        own, given = kind.own, {kind.owner: member.id}
        return _as_one_by_one(kind, keys, lambda some: own(some, by=by, at=at, **given).refused)
    hands = give_leads(dict.fromkeys(keys, member), by=by, at=at)
    versions = dict(Lead.objects.filter(key__in=keys).values_list("key", "version"))
    outcomes = {}
    for hand in hands:
        if hand.refusal is None:
            outcomes[hand.key] = Outcome(State.CHANGED, before={"version": versions[hand.key]})
        elif isinstance(hand.refusal, HasItAlready):
            outcomes[hand.key] = UNCHANGED
        else:
            outcomes[hand.key] = Outcome(State.REFUSED, hand.refusal.sentence)
    return outcomes


def _route(change: BulkChange, kind: Kind, keys: list[str], by: Acting, at: datetime) -> Outcomes:
    """Each finds its member anew, whoever has it goes without."""
    done = route(keys, by=by, at=at, cause=Cause.HAND, worked_on=change.value == WORKED_ON)
    versions = dict(Lead.objects.filter(key__in=keys).values_list("key", "version"))
    outcomes = {}
    for one in done:
        if one.refusal is None:
            outcomes[one.key] = Outcome(State.CHANGED, before={"version": versions[one.key]})
        elif isinstance(one.refusal, StaysWhereItIs):
            outcomes[one.key] = UNCHANGED
        else:
            outcomes[one.key] = Outcome(State.REFUSED, one.refusal.sentence)
    return outcomes


def _set(change: BulkChange, kind: Kind, keys: list[str], by: Acting, at: datetime) -> Outcomes:
    field = settable(change.what, change.field)
    value = field.read(change.value)
    return _as_one_by_one(kind, keys, lambda some: field.write(some, value, by=by, at=at))


_Write = Callable[[list[str]], Mapping[str, Refusal]]


def _as_one_by_one(kind: Kind, keys: list[str], write: _Write) -> Outcomes:
    """The action on all of them; what it changed is what differs between the rows before and after."""
    before = _held(kind, keys)
    refused = _written(keys, write)
    after = _held(kind, keys)
    outcomes = {key: Outcome(State.REFUSED, why) for key, why in refused.items()}
    for key in after.keys() - refused.keys():
        differs = {
            name: [before[key][name], value]
            for name, value in after[key].items()
            if name != "version" and before[key][name] != value
        }
        outcomes[key] = Outcome(State.CHANGED, before=differs) if differs else UNCHANGED
    return outcomes


def _written(keys: list[str], write: _Write) -> dict[str, str]:
    """Who refused it, and why. Where the database refuses some row, the halves are written by themselves."""
    if not keys:
        return {}
    try:
        return {key: refusal.sentence for key, refusal in write(keys).items()}
    except Refusal as refusal:
        return dict.fromkeys(keys, refusal.sentence)
    except (IntegrityError, DataError):
        if len(keys) == 1:
            return {keys[0]: NOT_STORED}
    half = len(keys) // 2
    return _written(keys[:half], write) | _written(keys[half:], write)


def _held(kind: Kind, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The rows as JSON has them, locked until the act ends."""
    found = bulk.rows(
        f"select key, to_jsonb(it)::text from {kind.table.name} it where key = any(%s::text[])"
        " order by id for no key update",
        [list(keys)],
    )
    return {key: orjson.loads(text) for key, text in found}


def _tag(change: BulkChange, kind: Kind, keys: list[str], by: Acting, at: datetime) -> Outcomes:
    put = tag if change.act == BulkChange.Act.TAG else untag
    done = set(put(keys, change.value, by=by, at=at))
    return {key: Outcome(State.CHANGED, before={}) if key in done else UNCHANGED for key in keys}


def _archive(change: BulkChange, kind: Kind, keys: list[str], by: Acting, at: datetime) -> Outcomes:
    held = still_held(change.what, kind.table.name, keys)
    going = [key for key in keys if key not in held]
    kind.withdraw(going, by=by, at=at, why="archived", lane="live")
    gone = Outcome(State.CHANGED, before={"gone_at": at.isoformat()})
    refused = {key: Outcome(State.REFUSED, why) for key, why in held.items()}
    return refused | dict.fromkeys(going, gone)


Before = Mapping[str, dict[str, Any]]


def _stay(keys: Sequence[str] | Before, back: Sequence[str] | set[str], why: str) -> Outcomes:
    done = set(back)
    return {key: Outcome(State.UNDONE) if key in done else Outcome(State.STAYED, why) for key in keys}


def _put_back(change: BulkChange, kind: Kind, before: Before, by: Acting, at: datetime) -> Outcomes:
    if change.act == BulkChange.Act.ASSIGN and kind.own is None:
        return _hand_back(before, by, at)
    outcomes = dict.fromkeys(before, Outcome(State.STAYED, NOT_SEEN))
    for one in kind.restore(before, by=by, at=at):
        why = f"Changed since: {', '.join(name.removesuffix('_id') for name in one.kept)}."
        outcomes[one.key] = Outcome(State.STAYED, why) if one.kept else Outcome(State.UNDONE)
    if change.what == "leads":
        run_clocks([key for key, one in outcomes.items() if one.state == State.UNDONE], at=at)
    return outcomes


def _hand_back(before: Before, by: Acting, at: datetime) -> Outcomes:
    """By its version a lead shows whether anybody went on with it."""
    stand = dict(Lead.objects.filter(key__in=list(before)).values_list("key", "version"))
    same = [key for key, one in before.items() if stand.get(key) == one["version"]]
    outcomes = _stay(before, [], "Somebody went on with this lead since. Open it and give it on by hand.")
    for hand in put_back_leads(same, by=by, at=at):
        said = hand.refusal
        outcomes[hand.key] = Outcome(State.STAYED, said.sentence) if said else Outcome(State.UNDONE)
    return outcomes


def _untag(change: BulkChange, kind: Kind, before: Before, by: Acting, at: datetime) -> Outcomes:
    was_put = change.act == BulkChange.Act.TAG
    back = (untag if was_put else tag)(list(before), change.value, by=by, at=at)
    return _stay(before, back, "Somebody took the tag off since." if was_put else "It has the tag again.")


def _end(change: BulkChange, kind: Kind, keys: list[str], by: Acting, at: datetime) -> Outcomes:
    def end(some: list[str]) -> Mapping[str, Refusal]:
        return end_leads(some, change.field, by=by, at=at, reason=change.value).refused

    return _as_one_by_one(kind, keys, end)


def _reopen(change: BulkChange, kind: Kind, before: Before, by: Acting, at: datetime) -> Outcomes:
    return _put_back(change, kind, before, by, at)


def _bring_back(change: BulkChange, kind: Kind, keys: list[str], by: Acting, at: datetime) -> Outcomes:
    table = kind.table.name
    under = still_under(change.what, table, keys)
    outcomes = {key: Outcome(State.REFUSED, why) for key, why in under.items()}
    archived = archived_at(table, [key for key in keys if key not in under])
    try:
        with transaction.atomic():
            bring_back(change.what, table, archived, by=by, at=at)
    except IntegrityError:
        if len(keys) == 1:
            return {keys[0]: Outcome(State.REFUSED, NOT_STORED)}
        for key in archived:
            outcomes |= _bring_back(change, kind, [key], by, at)
        return outcomes
    return outcomes | {
        key: Outcome(State.CHANGED, before={"gone_at": gone}) for key, gone in archived.items()
    }


def _archive_again(change: BulkChange, kind: Kind, before: Before, by: Acting, at: datetime) -> Outcomes:
    gone = _archive(change, kind, list(before), by, at)
    return {
        key: Outcome(State.UNDONE) if one.state == State.CHANGED else Outcome(State.STAYED, one.reason)
        for key, one in gone.items()
    }


def _unarchive(change: BulkChange, kind: Kind, before: Before, by: Acting, at: datetime) -> Outcomes:
    archived = {key: one["gone_at"] for key, one in before.items()}
    back = bring_back(change.what, kind.table.name, archived, by=by, at=at)
    return _stay(before, back, "It was shown again, or archived anew, since.")


_Act = Callable[[BulkChange, Kind, list[str], Acting, datetime], Outcomes]
_ACTS: dict[str, _Act] = {
    "assign": _assign,
    "set": _set,
    "tag": _tag,
    "untag": _tag,
    "archive": _archive,
    "bring_back": _bring_back,
    "end": _end,
    "route": _route,
}
_BACK: dict[str, Callable[[BulkChange, Kind, Before, Acting, datetime], Outcomes]] = {
    "assign": _put_back,
    "set": _put_back,
    "tag": _untag,
    "untag": _untag,
    "archive": _unarchive,
    "bring_back": _archive_again,
    "end": _reopen,
    "route": lambda change, kind, before, by, at: _hand_back(before, by, at),
}
