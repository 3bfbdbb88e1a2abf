"""Putting rows back as they were before a change, as far as nobody changed them since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from songsheet.base import bulk
from songsheet.base.adopting import Table

#: Per column what it held before a change and what after it, as JSON has them.
Changes = Mapping[str, Sequence[Any]]


@dataclass(slots=True)
class Restored:
    """A row that was put back: what of it, how it stands now as JSON; `kept` are columns changed since."""

    key: str
    version: int
    row: dict[str, Any]
    fields: list[str]
    kept: list[str]


def restore(
    table: Table, changes: Mapping[str, Changes], *, together: Collection[frozenset[str]] = ()
) -> list[Restored]:
    """Put back the columns that still hold what the change wrote; those of a group only all together."""
    found = bulk.rows(
        f"select key, to_jsonb(it)::text from {table.name} as it where key = any(%s::text[])"
        " and gone_at is null order by id for no key update",
        [list(changes)],
    )
    restored: list[Restored] = []
    values: list[str] = []
    for key, text in found:
        row = orjson.loads(text)
        back, kept = _back(row, changes[key], together)
        if back:
            values.append(orjson.dumps(back).decode())
        version = row["version"] + bool(back)
        restored.append(Restored(key, version, {**row, **back}, sorted(back), kept))
    columns = ", ".join(table.columns)
    bulk.execute(
        f"""update {table.name} as it set version = version + 1, ({columns}) =
               (select {columns} from jsonb_populate_record(it, given.back::jsonb))
              from unnest(%s::text[], %s::text[]) as given(key, back) where it.key = given.key""",
        [[one.key for one in restored if one.fields], values],
    )
    return restored


def _back(
    row: dict[str, Any], changes: Changes, together: Collection[frozenset[str]]
) -> tuple[dict[str, Any], list[str]]:
    back: dict[str, Any] = {}
    kept = []
    for name, (before, after) in changes.items():
        if name not in row:
            continue
        if isinstance(after, dict) and isinstance(before, dict):
            back[name] = _words_back(row[name], before, after)
        elif row[name] == after:
            back[name] = before
        else:
            kept.append(name)
    for group in together:
        if group & set(kept):
            for name in group & back.keys():
                del back[name]
    return back, kept


def _words_back(now: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Custom values, each by itself."""
    changed = {name for name in after if after[name] != before.get(name) and now.get(name) == after[name]}
    kept = {name: value for name, value in now.items() if name not in changed}
    return kept | {name: before[name] for name in changed if name in before}
