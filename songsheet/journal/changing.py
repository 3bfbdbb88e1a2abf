"""Fields of one row changed by somebody: two may change two fields, the same field one after another."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.db.models import Model

from songsheet.base import bulk
from songsheet.base.adopting import RowRefused, Table
from songsheet.base.refusals import Stale
from songsheet.journal.events import Event
from songsheet.journal.sql import rows

#: A custom value whose name cannot be taken for several, nor for one with another ending.
_TOLD = re.compile(r"custom\.[a-z0-9_]*(?<!_id)")


def change_fields(
    row: Model, table: Table, given: Mapping[str, Any], *, changed_by: type[Event], version: int | None
) -> list[str]:
    """Set columns of a row that is held, one version further; returns those that differ, custom values each.

    `version` is the one that the values were read at. If somebody changed one of the same fields since (as
    the entries of `changed_by` say), the change is refused with both values.
    """
    (said,) = change_rows([row], table, given, changed_by=changed_by, version=version)
    return said


def change_rows(
    held: Sequence[Model],
    table: Table,
    given: Mapping[str, Any],
    *,
    changed_by: type[Event],
    version: int | None = None,
) -> list[list[str]]:
    """The same columns of many rows that are held, each as by itself, written in one statement."""
    values = dict(given)
    unknown = values.keys() - table.fields.keys()
    if unknown:
        raise TypeError(f"{table.name} has no {', '.join(sorted(unknown))}")
    if fault := table.fault(values):
        raise RowRefused(fault[0], field=fault[1].removesuffix("_id"))
    told, moved = [], []
    for row in held:
        said = _differing(row, values)
        must_be_fresh(row, said, changed_by=changed_by, version=version)
        told.append(list(said))
        if said:
            _set(row, values)
            moved.append(row)
    write_rows(moved, table, sorted({name.partition(".")[0] for said in told for name in said}))
    return told


def write_rows(held: Sequence[Any], table: Table, columns: Sequence[str]) -> None:
    """Write these columns of many rows that are held, each one version further."""
    types = {"version": "integer", **{name: table.types[name] for name in columns}}
    for row in held:
        row.version += 1
    bulk.update(table.name, types, [(row.pk, row.version, *_line(row, table, columns)) for row in held])


def _line(row: Any, table: Table, columns: Sequence[str]) -> list[Any]:
    return [
        orjson.dumps(getattr(row, name)).decode() if name in table.jsons else getattr(row, name)
        for name in columns
    ]


def _differing(row: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in values.items() if name != "custom" and getattr(row, name) != value}
    return said | _each(row, values.get("custom") or {})


def _set(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, {**row.custom, **value} if name == "custom" else value)


def _each(row: Any, customs: Mapping[str, Any]) -> dict[str, Any]:
    """The custom values that differ, by names that an entry can tell apart; by one where it could not."""
    found = {f"custom.{name}": value for name, value in customs.items() if row.custom.get(name) != value}
    return found if all(map(_TOLD.fullmatch, found)) else {"custom": customs}


def must_be_fresh(
    row: Any, values: Mapping[str, Any], *, changed_by: type[Event], version: int | None
) -> None:
    """Refuse values for fields that somebody else changed since the version at which they were read."""
    if version is None or version == row.version or not values:
        return
    since = changed_since(row.key, changed_by, version)
    clash = [name for name in values if name.removesuffix("_id") in since or _is_of(name, since)]
    if clash or version > row.version:
        raise Stale(
            "Somebody changed this since you opened it. Look at both values and save the one that holds.",
            field=clash[0].removesuffix("_id") if clash else None,
            version=row.version,
            theirs={name: str(_stands(row, name)) for name in clash},
            yours={name: str(values[name]) for name in clash},
        )


def _is_of(name: str, since: set[str]) -> bool:
    """Whether a custom value may be among those that changed, as far as the entries tell them apart."""
    if name == "custom":
        return any(one.startswith("custom") for one in since)
    return name.startswith("custom.") and "custom" in since


def _stands(row: Any, name: str) -> Any:
    part, _dot, key = name.partition(".")
    return row.custom.get(key) if key else getattr(row, part)


def changed_since(key: str, changed_by: type[Event], version: int) -> set[str]:
    """The fields that entries of this kind name which made later versions of the subject."""
    found = rows(
        """select entry.body->>'fields' from journal_about about
             join journal_entry entry on entry.position = about.position
            where about.key = %s and entry.kind = %s and (entry.body->>'version')::int > %s""",
        [key, changed_by.declared.name, version],
    )
    return {field for (fields,) in found for field in fields.split(", ")}
