"""Adopting: many rows brought in as one after another would be, in a handful of statements.

The rows that a chunk may touch are read and locked, every given row is applied in memory in its order, and
what became of them is written at the end. Adopting one row is therefore the single action.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal, TypeVar

import orjson
from django.db import connection
from django.db.models import Field, Model

from songsheet.base import bulk
from songsheet.base.ids import new_key
from songsheet.base.refusals import Refusal

Ref = tuple[int, str]  # the id inside, the key outside
Lane = Literal["live", "history"]
Outcome = Literal["created", "updated", "unchanged", "rejected"]

#: An act holds at most 2,000 entries; a call takes at most so many rows.
MOST = 2_000
_LONGEST_TEXT = 100_000
R = TypeVar("R")
_RANGES = {"PositiveIntegerField": (0, 2**31 - 1), "BigIntegerField": (-(2**63), 2**63 - 1)}


class RowRefused(Refusal):
    """What was given cannot be stored as it is."""

    code = "row_refused"


@dataclass(slots=True)
class Adopted:
    """What became of a row.

    `before` holds what the changed values were, as JSON can; `version` is the one that the row has now.
    `reason` says why it was rejected, or what of it was left out because it belongs to somebody else.
    """

    outcome: Outcome
    ref: Ref | None
    reason: str = ""
    column: str = ""
    before: dict[str, Any] | None = None
    version: int = 0

    @property
    def must(self) -> Ref:
        """The row itself, where it cannot have been rejected."""
        if self.ref is None:
            raise RowRefused(self.reason, field=self.column or None)
        return self.ref

    @property
    def key(self) -> str:
        """Its key, where it cannot have been rejected."""
        return self.must[1]


class TooManyRows(ValueError):
    """More rows than one call may bring; a mistake of the caller."""


#: An event class, the body of one, and when it happened.
Happened = tuple[Any, dict[str, Any], datetime]
#: Why something was refused or left out, and in which column.
Fault = tuple[str, str]


def pieces(given: Sequence[R], entries_of: Callable[[R], int]) -> Iterator[Sequence[R]]:
    """The rows in runs of which none can make more entries than one act may hold."""
    if len(given) > MOST:
        raise TooManyRows(f"{len(given)} rows; at most {MOST} in one call")
    start = entries = 0
    for number, row in enumerate(given):
        weight = entries_of(row)
        if number > start and entries + weight > MOST:
            yield given[start:number]
            start, entries = number, 0
        entries += weight
    if start < len(given):
        yield given[start:]


def one(adopted: Sequence[Adopted]) -> Adopted:
    """The outcome of a single row; raises what rejected it."""
    (only,) = adopted
    if only.outcome == "rejected":
        raise RowRefused(only.reason, field=only.column or None)
    return only


@dataclass(slots=True, eq=False)
class Standing:
    """A row as it stands in the course of a chunk; a new one gets its id when it is written."""

    id: int
    key: str
    version: int
    values: dict[str, Any]
    made: bool = False
    nth: int = 0
    changed: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def ref(self) -> Ref:
        return self.id, self.key

    @property
    def age(self) -> tuple[bool, int]:
        """What sorts the oldest row first, as its id will."""
        return self.made, self.nth if self.made else self.id


class Alike:
    """Rows under a name that several may share, the oldest first."""

    def __init__(self) -> None:
        self._rows: dict[Any, list[Standing]] = {}

    def add(self, name: Any, standing: Standing) -> None:
        """Know a row by this name."""
        rows = self._rows.get(name)
        if rows is None:
            self._rows[name] = [standing]
        elif standing not in rows:
            rows.append(standing)
            rows.sort(key=lambda row: row.age)

    def drop(self, name: Any, standing: Standing) -> None:
        """It is called so no more."""
        if standing in self._rows.get(name, ()):
            self._rows[name].remove(standing)

    def get(self, name: Any) -> Sequence[Standing]:
        """All who are called so."""
        return self._rows.get(name, ())


class Table:
    """What adopting must know of a model: columns, types, limits; derived, nothing is said twice."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.name = model._meta.db_table
        self.fields: dict[str, Field[Any, Any]] = {
            str(f.column): f
            for f in model._meta.concrete_fields
            if f.column not in ("id", "key", "version", "gone_at")
        }
        self.columns = tuple(self.fields)
        kinds = {name: f.get_internal_type() for name, f in self.fields.items()}
        self.jsons = [name for name, kind in kinds.items() if kind == "JSONField"]
        self.texts = [
            (name, f.max_length or _LONGEST_TEXT, {value for value, _ in f.flatchoices})
            for name, f in self.fields.items()
            if kinds[name] in ("CharField", "TextField")
        ]
        self.numbers = [(name, *_RANGES[kind]) for name, kind in kinds.items() if kind in _RANGES]

    @cached_property
    def types(self) -> dict[str, str]:
        """The SQL type of each column; text for any length of it."""
        kinds = {name: str(field.db_type(connection)) for name, field in self.fields.items()}
        kinds = {name: kind.removesuffix(" CHECK") for name, kind in kinds.items()}
        return {name: "text" if kind.startswith("varchar") else kind for name, kind in kinds.items()}

    def fault(self, given: dict[str, Any]) -> Fault | None:
        """Why these values cannot be stored, and in which column; trims the texts on the way."""
        for name, longest, choices in self.texts:
            text = given.get(name)
            if not text:
                continue
            text = given[name] = text.strip()
            if "\x00" in text:
                return "The text holds a NUL character, which cannot be stored. Remove it.", name
            if len(text) > longest:
                return (
                    f"The text has {len(text):,} characters; at most {longest:,} fit here. Shorten it.",
                    name,
                )
            if choices and text not in choices:
                return f"“{text[:60]}” is not one of {', '.join(sorted(filter(None, choices)))}.", name
        for name, least, most in self.numbers:
            number = given.get(name)
            if number is not None and not least <= number <= most:
                return f"{number} does not fit here; it must be between {least} and {most}.", name
        for name in self.jsons:
            if given.get(name) and "\\u0000" in orjson.dumps(given[name]).decode():
                return "The text holds a NUL character, which cannot be stored. Remove it.", name
        return None


class Shelf:
    """The rows of one table that a chunk touches, in memory."""

    def __init__(self, table: Table, prefix: str) -> None:
        self.table = table
        self._prefix = prefix
        self._defaults = {name: f.get_default() for name, f in table.fields.items()}
        self.by_id: dict[int, Standing] = {}
        self.made: list[Standing] = []

    def load(self, ids: Iterable[int]) -> None:
        """Read and lock these rows, in the order of their ids; those that are gone stay away."""
        wanted = sorted(set(ids) - self.by_id.keys())
        if not wanted:
            return
        columns = ", ".join(self.table.columns)
        found = bulk.rows(
            f"select id, key, version, {columns} from {self.table.name}"
            " where id = any(%s::bigint[]) and gone_at is null order by id for no key update",
            [wanted],
        )
        for id_, key, version, *values in found:
            standing = Standing(id_, key, version, dict(zip(self.table.columns, values, strict=True)))
            for name in self.table.jsons:
                if isinstance(standing.values[name], str):
                    standing.values[name] = orjson.loads(standing.values[name])
            self.by_id[id_] = standing

    def make(self, given: Mapping[str, Any]) -> Standing:
        """A new row; what was not given has the model's default."""
        values = {**self._defaults, **{name: value for name, value in given.items() if value is not None}}
        standing = Standing(0, new_key(self._prefix), 1, values, made=True, nth=len(self.made))
        self.made.append(standing)
        return standing

    def change(self, standing: Standing, given: Mapping[str, Any]) -> dict[str, Any]:
        """Apply what differs; an empty value never blanks a known one. Returns what stood before."""
        before: dict[str, Any] = {}
        values = standing.values
        for name, value in given.items():
            new = _merged(values[name], value) if isinstance(value, dict) else value
            if new is None or new == "" or new == values[name]:
                continue
            before[name] = values[name]
            values[name] = new
        return before

    def touch(self, standing: Standing) -> None:
        """One more version of a row that changed."""
        standing.version += 1
        standing.changed = True

    def number(self) -> None:
        """Give the new rows their ids."""
        fresh = [standing for standing in self.made if not standing.id]
        for standing, id_ in zip(fresh, bulk.next_ids(self.table.name, len(fresh)), strict=True):
            standing.id = id_

    def write(self) -> None:
        """Copy in what is new, update what changed."""
        self.number()
        columns = self.table.columns
        bulk.copy_in(self.table.name, ["id", "key", "version", *columns], [self._line(s) for s in self.made])
        changed = sorted((s for s in self.by_id.values() if s.changed and not s.made), key=lambda s: s.id)
        types = {"version": "integer", **self.table.types}
        bulk.update(self.table.name, types, [self._line(s, with_key=False) for s in changed])

    def _line(self, standing: Standing, with_key: bool = True) -> tuple[Any, ...]:
        values = standing.values
        for name in self.table.jsons:
            if not isinstance(values[name], str):
                values[name] = orjson.dumps(values[name]).decode() if values[name] else "{}"
        head = (standing.id, standing.key, standing.version) if with_key else (standing.id, standing.version)
        return (*head, *values.values())


def named(columns: Iterable[str]) -> str:
    """Field names for an entry."""
    return ", ".join(column.removesuffix("_id") for column in columns if column != "name_folded")


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON can hold them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def ref_id(ref: Ref | None) -> int | None:
    """The id of a reference, if there is one."""
    return ref[0] if ref else None


def _merged(known: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    return {**known, **{name: one for name, one in value.items() if one not in (None, "")}}
