"""Two records of one buyer made one, and made two again at any time. Nothing that hangs on them is moved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from songsheet.base import bulk
from songsheet.base.refusals import Refusal, Stale
from songsheet.buyers import units
from songsheet.buyers.errors import (
    AlreadyOne,
    MergeIsForPeople,
    NoSuchCompany,
    NoSuchPair,
    NoSuchPerson,
    NotMerged,
)
from songsheet.buyers.events import (
    CompaniesMayBeOne,
    CompaniesToldApart,
    CompanyChanged,
    CompanyMerged,
    CompanyUnmerged,
    PeopleMayBeOne,
    PeopleToldApart,
    PersonChanged,
    PersonMerged,
    PersonUnmerged,
)
from songsheet.buyers.models import (
    Company,
    CompanyMerge,
    CompanySuggestion,
    Person,
    PersonMerge,
    PersonSuggestion,
)
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

R = TypeVar("R", Person, Company)
M = TypeVar("M", PersonMerge, CompanyMerge)


@dataclass(frozen=True)
class Kind(Generic[R, M]):
    """What people and companies differ in."""

    name: str
    model: type[R]
    merges: type[M]
    pairs: type[PersonSuggestion] | type[CompanySuggestion]
    units: tuple[units.Unit, ...]
    missing: type[Refusal]
    changed: Any
    merged: Any
    unmerged: Any
    apart: Any
    again: Any


PEOPLE: Kind[Person, PersonMerge] = Kind(
    "person", Person, PersonMerge, PersonSuggestion, units.PERSON, NoSuchPerson,
    PersonChanged, PersonMerged, PersonUnmerged, PeopleToldApart, PeopleMayBeOne,
)  # fmt: skip
COMPANIES: Kind[Company, CompanyMerge] = Kind(
    "company", Company, CompanyMerge, CompanySuggestion, units.COMPANY, NoSuchCompany,
    CompanyChanged, CompanyMerged, CompanyUnmerged, CompaniesToldApart, CompaniesMayBeOne,
)  # fmt: skip


def merge(
    kind: Kind[R, M],
    into: str,
    other: str,
    *,
    by: Acting,
    at: datetime,
    take: Collection[str] | None = None,
    versions: Mapping[str, int] | None = None,
) -> M:
    """Make one of two records; `into` survives. `take` names the fields that come from the other.

    What the survivor lacks comes from the other anyway. `versions`, by key, are those that somebody saw.
    Either key may be one that was merged before: then its root is meant.
    """
    by.must(Right.WORK)
    if by.actor.kind not in ("member", "key"):
        raise MergeIsForPeople()
    with act(by=by.actor, at=at) as record:
        survivor, gone = _two(kind, into, other)
        _must_be_seen(versions or {}, survivor, gone)
        names = units.chosen(survivor, gone, take, kind.units)
        _root_away(kind, gone, survivor)
        changes = units.lay_over(survivor, gone, names, kind.units)
        two: dict[str, Any] = {"merged": gone, "into": survivor}
        done = kind.merges.objects.create(**two, at=at, by=by.actor.key, changes=changes)
        _say_changed(kind, record, survivor, list(changes))
        said = {kind.name: gone.key, "into": survivor.key, "fields": units.fields_of(changes)}
        record(kind.merged(**said))
        _settle(kind, survivor.id, gone.id, "merged")
    return done


def unmerge(kind: Kind[R, M], key: str, *, by: Acting, at: datetime) -> M:
    """Take a record that was merged into another apart again, with whatever was merged into it before.

    What the merge changed goes back where nobody changed it since; `stayed` names the rest.
    """
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        found = kind.model.objects.filter(key=key, gone_at=None).values_list("id", "root_id").first()
        if found is None:
            raise kind.missing(key)
        if found[1] is None:
            raise NotMerged(key)
        _held(kind, found)
        done = kind.merges.objects.select_related("merged").filter(merged_id=found[0], undone_at=None).first()
        if done is None:
            raise NotMerged(key)
        survivor = _held(kind, [done.into_id])[done.into_id]
        stands = kind.merges.objects.filter(into_id=done.into_id, undone_at=None, id__gt=done.id)
        later = list(stands.order_by("id").select_for_update(of=("self",), no_key=True))
        above = [one.changes for one in later]
        back, stay = units.take_off(survivor, done.changes, above, kind.units)
        kind.merges.objects.bulk_update(later, ["changes"])
        _say_changed(kind, record, survivor, back)
        stay += _domain_free(record, done.merged)
        _root_back(kind, done.merged_id)
        done.undone_at, done.stayed = at, stay
        done.save(update_fields=["undone_at", "stayed"])
        said = {kind.name: done.merged.key, "into": survivor.key, "stayed": units.fields_of(stay)}
        record(kind.unmerged(**said))
        _settle(kind, survivor.id, done.merged_id, "dismissed")
    return done


def tell_apart(kind: Kind[R, M], pair: str, *, by: Acting, at: datetime) -> None:
    """Two records resemble each other and are not one: they are not suggested again."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        chosen = kind.pairs.objects.filter(key=pair).select_for_update(of=("self",), no_key=True)
        two = chosen.select_related("first", "second").first()
        if two is None:
            raise NoSuchPair(pair)
        if two.state == kind.pairs.State.OPEN:
            two.state = kind.pairs.State.DISMISSED
            two.save(update_fields=["state"])
            record(kind.apart(**{kind.name: two.first.key, "other": two.second.key}))


def suggest_again(kind: Kind[R, M], pair: str, *, by: Acting, at: datetime) -> None:
    """Take back that two records are not one."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        chosen = kind.pairs.objects.filter(key=pair, state=kind.pairs.State.DISMISSED)
        two = chosen.select_for_update(of=("self",), no_key=True).select_related("first", "second").first()
        if two is not None:
            two.state = kind.pairs.State.OPEN
            two.save(update_fields=["state"])
            record(kind.again(**{kind.name: two.first.key, "other": two.second.key}))


def _two(kind: Kind[R, M], into: str, other: str) -> tuple[R, R]:
    """The roots behind two keys, locked in the order of their ids."""
    found = kind.model.objects.filter(key__in=[into, other], gone_at=None)
    ids = {key: root or id_ for key, id_, root in found.values_list("key", "id", "root_id")}
    for key in (into, other):
        if key not in ids:
            raise kind.missing(key)
    held = _held(kind, ids.values())
    for key in (into, other):
        if ids[key] not in held or held[ids[key]].root_id is not None:
            raise Stale("Somebody merged one of the two a moment ago. Look at them again.")
    if ids[into] == ids[other]:
        raise AlreadyOne(other, into)
    return held[ids[into]], held[ids[other]]


def _held(kind: Kind[R, M], ids: Collection[int | None]) -> dict[int, R]:
    wanted = kind.model.objects.filter(id__in=[id_ for id_ in ids if id_], gone_at=None)
    return {row.pk: row for row in wanted.order_by("id").select_for_update(of=("self",), no_key=True)}


def _must_be_seen(versions: Mapping[str, int], *records: Person | Company) -> None:
    for one in records:
        if versions.get(one.key, one.version) != one.version:
            raise Stale(
                "Somebody changed one of the two since you opened them. Look at them again.",
                version=one.version,
            )


def _root_away(kind: Kind[R, M], gone: R, survivor: R) -> None:
    """One level: what was merged into the record before has the new root too."""
    table = kind.model._meta.db_table
    bulk.execute(
        f"update {table} set root_id = %(into)s where id = %(gone)s or root_id = %(gone)s",
        {"into": survivor.pk, "gone": gone.pk},
    )


def _root_back(kind: Kind[R, M], id_: int) -> None:
    """The record is its own root again, and that of what was merged into it and still is."""
    table, merges = kind.model._meta.db_table, kind.merges._meta.db_table
    bulk.execute(
        f"""with recursive below (id) as (
                select %(id)s::bigint
                 union select merged_id from {merges} join below on into_id = below.id
                  where undone_at is null)
            update {table} as it set root_id = nullif(%(id)s::bigint, it.id)
              from below where below.id = it.id""",
        {"id": id_},
    )


def _domain_free(record: Any, back: Person | Company) -> list[str]:
    """A domain belongs to one company: one that somebody gave to another meanwhile stays there.

    Where that other has it by a merge further up, it gives it back at once.
    """
    if not isinstance(back, Company) or not back.domain:
        return []
    holders = Company.objects.filter(domain=back.domain, gone_at=None, root=None).exclude(id=back.id)
    holder = holders.select_for_update(of=("self",), no_key=True).first()
    if holder is None:
        return []
    for one in CompanyMerge.objects.filter(into=holder, undone_at=None).order_by("-id"):
        if one.changes.get("domain", [None, None])[1] == [back.domain]:
            units.take_off(holder, {"domain": one.changes.pop("domain")}, [], COMPANIES.units)
            one.save(update_fields=["changes"])
            _say_changed(COMPANIES, record, holder, ["domain"])
            return []
    back.domain = ""
    _say_changed(COMPANIES, record, back, ["domain"])
    return ["domain"]


def _say_changed(kind: Kind[Any, Any], record: Any, survivor: Any, names: list[str]) -> None:
    if not names:
        return
    survivor.version += 1
    columns: list[str] = units.columns_of(names, kind.units)
    fields = [column.removesuffix("_id") for column in columns]
    survivor.save(update_fields=[*fields, "version"])
    said = {kind.name: survivor.key, "fields": units.fields_of(names), "version": survivor.version}
    record(kind.changed(**said))


def _settle(kind: Kind[R, M], one: int, other: int, state: str) -> None:
    """Whoever was merged, or taken apart, is not suggested as one again."""
    first, second = sorted((one, other))
    kind.pairs.objects.filter(first_id=first, second_id=second).update(state=state)
