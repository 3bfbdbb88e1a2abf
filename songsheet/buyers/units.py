"""What a merge chooses between: fields that go together, laid over a record and taken off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.base.refusals import Refusal

Changes = dict[str, list[Any]]


class NoSuchField(Refusal):
    """A merge cannot choose by this name."""

    code = "no_such_field"


@dataclass(frozen=True)
class Unit:
    """Columns that come from one record together; `label` is what people call them."""

    name: str
    label: str
    columns: tuple[str, ...]


PERSON = (
    Unit("name", "Name", ("name", "given_name", "family_name", "name_folded")),
    Unit("title", "Title", ("title",)),
    Unit("language", "Speaks", ("language",)),
    Unit("company", "Company", ("company_id",)),
    Unit("owner", "Owner", ("owner_id",)),
)
COMPANY = (
    Unit("name", "Name", ("name", "name_folded")),
    Unit("domain", "Domain", ("domain",)),
    Unit("industry", "Industry", ("industry",)),
    Unit("country", "Country", ("country",)),
    Unit("people_count", "Size", ("people_count",)),
    Unit("owner", "Owner", ("owner_id",)),
)
_MET = "met_at"
_CUSTOM = "custom."


def read(row: Any, name: str, units: Sequence[Unit]) -> Any:
    """What a record holds in a field, as JSON can: its columns in order, or one custom value."""
    if name.startswith(_CUSTOM):
        return row.custom.get(name.removeprefix(_CUSTOM))
    if name == _MET:
        return row.met_at.isoformat()
    return [getattr(row, column) for column in _columns(name, units)]


def write(row: Any, name: str, value: Any, units: Sequence[Unit]) -> None:
    """Put into a record what `read` gave."""
    if name.startswith(_CUSTOM):
        custom = {**row.custom, name.removeprefix(_CUSTOM): value}
        row.custom = {name: one for name, one in custom.items() if one is not None}
    elif name == _MET:
        row.met_at = datetime.fromisoformat(value)
    else:
        for column, one in zip(_columns(name, units), value, strict=True):
            setattr(row, column, one)


def columns_of(names: Collection[str], units: Sequence[Unit]) -> list[str]:
    """The columns that hold these fields."""
    held = [
        ["custom"] if name.startswith(_CUSTOM) else [_MET] if name == _MET else _columns(name, units)
        for name in names
    ]
    return list(dict.fromkeys(column for columns in held for column in columns))


def fields_of(names: Collection[str]) -> str:
    """The fields by the names that entries and people use."""
    return ", ".join(dict.fromkeys("custom" if name.startswith(_CUSTOM) else name for name in names))


def chosen(survivor: Any, other: Any, take: Collection[str] | None, units: Sequence[Unit]) -> list[str]:
    """The fields that come from the other record: those asked for, or those that the survivor lacks."""
    customs = [_CUSTOM + name for name in sorted(other.custom)]
    names = [unit.name for unit in units] + customs
    if take is not None and (unknown := set(take) - set(names)):
        raise NoSuchField(f"These are no fields to choose: {', '.join(sorted(unknown))}.", field="take")
    wanted = [
        name
        for name in names
        if (name in take if take is not None else False) or _is_empty(read(survivor, name, units))
    ]
    return [one for one in wanted if not _is_empty(read(other, one, units))]


def lay_over(survivor: Any, other: Any, names: Collection[str], units: Sequence[Unit]) -> Changes:
    """Write the chosen fields into the survivor; known since is the earlier day. Returns what changed."""
    earlier = [_MET] if other.met_at < survivor.met_at else []
    changes: Changes = {}
    for name in [*names, *earlier]:
        before, after = read(survivor, name, units), read(other, name, units)
        if before != after:
            changes[name] = [before, after]
            write(survivor, name, after, units)
    return changes


def take_off(
    survivor: Any, changes: Mapping[str, Sequence[Any]], later: Sequence[Changes], units: Sequence[Unit]
) -> tuple[list[str], list[str]]:
    """Take the changes of one merge away again, out of order too: the fields put back, and those that stay.

    `later` are the changes of merges into the same record that stand and came after, in their order. Where
    one of them wrote over the same field, it is told what to put back instead; where somebody else did, it
    stays.
    """
    back, stay = [], []
    for name, (before, after) in changes.items():
        above = next((one for one in later if name in one), None)
        if above is not None:
            if above[name][0] == after:
                above[name][0] = before
            else:
                stay.append(name)
        elif read(survivor, name, units) == after:
            write(survivor, name, before, units)
            back.append(name)
        else:
            stay.append(name)
    return back, stay


def _columns(name: str, units: Sequence[Unit]) -> tuple[str, ...]:
    return next(unit.columns for unit in units if unit.name == name)


def _is_empty(value: Any) -> bool:
    first = value[0] if isinstance(value, list) else value
    return first in (None, "", [], {})
