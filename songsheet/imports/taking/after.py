"""What a record holds after a change, beside what it held before: an undo puts back only what still stands."""

from collections.abc import Sequence
from typing import Any

import orjson

from songsheet.base import bulk

TABLES = {
    "company": "buyers_company",
    "person": "buyers_person",
    "campaign": "touches_campaign",
    "touch": "touches_touch",
    "task": "touches_task",
    "lead": "leads_lead",
    "deal": "deals_deal",
}


def with_after(befores: Sequence[tuple[str, str, dict[str, Any]]]) -> list[tuple[str, str, dict[str, Any]]]:
    """The same changes with [before, after] per column; what is kept beside the row has no after."""
    keys: dict[str, set[str]] = {}
    for kind, key, _ in befores:
        keys.setdefault(kind, set()).add(key)
    now = {
        (kind, key): row
        for kind, some in keys.items()
        if kind in TABLES
        for key, row in rows_now(kind, some).items()
    }
    return [
        (kind, key, {name: [old, now[kind, key].get(name)] for name, old in before.items()})
        for kind, key, before in befores
        if (kind, key) in now
    ]


def rows_now(kind: str, keys: set[str]) -> dict[str, dict[str, Any]]:
    """The rows of these keys as they stand, by column, as JSON has them."""
    found = bulk.rows(
        f"select key, to_jsonb(it)::text from {TABLES[kind]} as it where key = any(%s::text[])",
        [sorted(keys)],
    )
    return {key: orjson.loads(row) for key, row in found}
