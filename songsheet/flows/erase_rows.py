"""Erasing in tables: what the registry says, column by column, in one transaction."""

import re
from typing import Any

import orjson

from songsheet.base.bulk import execute, rows
from songsheet.flows.erase_registry import Personal, by_table
from songsheet.flows.erase_whose import Whose

#: Rows drawn from values, which hold none in words but could be matched with them: table → whose they are.
_DRAWN = {"buyers_personblock": "it.person_id = any(%(ids)s::bigint[])"}


def of_person(personal: Personal) -> str:
    """The condition by which rows `it` belong to one of the records."""
    return (
        "exists (select from buyers_person person"
        f" where person.id = any(%(ids)s::bigint[]) and ({personal.of}))"
    )


def erase_rows(whose: Whose) -> dict[str, int]:
    """Empty, delete and scrub everything the registry names; how many rows per table."""
    done: dict[str, int] = {}
    types = _types()
    steps = [
        *((table, columns, _empty) for table, columns in by_table("empty").items()),
        *((table, columns, _scrub) for table, columns in by_table("scrub").items()),
        *((table, columns, _delete) for table, columns in by_table("delete").items()),
    ]
    for table, columns, step in steps:
        count = step(table, columns, types, whose)
        if count:
            done[table] = done.get(table, 0) + count
    for table, where in _DRAWN.items():
        done[table] = execute(f"delete from {table} it where {where}", whose.values)
    return {table: count for table, count in done.items() if count}


def _empty(table: str, columns: dict[str, Personal], types: dict[str, str], whose: Whose) -> int:
    count = 0
    for way in sorted({personal.of for personal in columns.values()}):
        together = {name: one for name, one in columns.items() if one.of == way}
        setting = ", ".join(
            f'"{name}" = {one.to or _nothing(types[f"{table}.{name}"])}' for name, one in together.items()
        )
        where = of_person(next(iter(together.values())))
        count += execute(f"update {table} it set {setting} where {where}", whose.values)
    return count


def _delete(table: str, columns: dict[str, Personal], types: dict[str, str], whose: Whose) -> int:
    return sum(
        execute(f"delete from {table} it where {of_person(personal)}", whose.values)
        for personal in {one.of: one for one in columns.values()}.values()
    )


def _scrub(table: str, columns: dict[str, Personal], types: dict[str, str], whose: Whose) -> int:
    """Only the words, or leaves of JSON, that name the person."""
    count = 0
    for name, personal in columns.items():
        found = rows(
            f'select ctid::text, "{name}"::text from {table}'
            f' where lower("{name}"::text) like any(%s::text[]) for update',
            [whose.mentions],
        )
        for place, text in found:
            kind = types[f"{table}.{name}"]
            value = _without(whose, orjson.loads(text)) if "json" in kind else ""
            given = orjson.dumps(value).decode() if "json" in kind else value
            count += execute(
                f'update {table} set "{name}" = {personal.to or "%s"}::{kind} where ctid = %s::tid',
                [place] if personal.to else [given, place],
            )
    return count


def _without(whose: Whose, value: Any) -> Any:
    if isinstance(value, str):
        return "" if whose.is_named_in(value) else value
    if isinstance(value, list):
        return [_without(whose, one) for one in value]
    if isinstance(value, dict):
        return {name: _without(whose, one) for name, one in value.items() if not whose.is_named_in(name)}
    return value


def _types() -> dict[str, str]:
    found = rows(
        "select table_name || '.' || column_name, data_type from information_schema.columns"
        " where table_schema = 'public'"
    )
    return dict(found)


def _nothing(kind: str) -> str:
    """The empty value of a type."""
    if kind in ("jsonb", "json"):
        return "'{}'"
    if kind == "ARRAY":
        return "'{}'"
    if re.match("character|text", kind):
        return "''"
    return "null"
