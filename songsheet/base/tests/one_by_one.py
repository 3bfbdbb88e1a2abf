"""Whether adopting rows together equals adopting them one after another: rows, entries, refusals."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from songsheet.base.adopting import Adopted
from songsheet.base.bulk import rows
from songsheet.journal.queries import head

_turns = count()


def equal_one_by_one(
    adopt: Callable[[list[Any]], list[Adopted]], given: Callable[[str], list[Any]], tables: Sequence[str]
) -> None:
    """Adopt the rows of one world together and those of a like one singly, and compare what came of it.

    `given` makes the rows of a world; what identifies in them carries the world's name: they do not meet.
    """
    turn = next(_turns)
    seen = []
    for name in (f"x{turn}together", f"x{turn}onebyone"):
        world, before = given(name), head()
        if name.endswith("together"):
            adopted = adopt(world)
        else:
            adopted = [adopted for row in world for adopted in adopt([row])]
        seen.append(_what_came_of(adopted, before, name, tables))
    assert seen[0] == seen[1]


def _what_came_of(adopted: list[Adopted], before: int, name: str, tables: Sequence[str]) -> dict[str, Any]:
    names: dict[str, str] = {name: "world"}
    for one in adopted:
        if one.ref:
            names.setdefault(one.ref[1], f"row{len(names)}")

    def plain(value: Any) -> str:
        text = str(value)
        for known, called in names.items():
            text = text.replace(known, called)
        return text

    entries = rows(
        "select kind, occurred_at, actor, lane, body::text from journal_entry"
        " where position > %s order by position",
        [before],
    )
    keys = [one.ref[1] for one in adopted if one.ref]
    stands = [
        plain(row)
        for table in tables
        for row in rows(
            f"select to_jsonb(it) - 'id' - 'lead_id' - 'person_id' - 'clock_id' from {table} it"
            " where key = any(%s::text[]) order by array_position(%s::text[], key::text)",
            [keys, keys],
        )
    ]
    return {
        "outcomes": [
            (
                one.outcome,
                plain(one.ref[1] if one.ref else ""),
                plain(one.reason),
                one.column,
                plain(one.before),
                one.version,
            )
            for one in adopted
        ],
        "entries": [plain(entry) for entry in entries],
        "rows": stands,
    }
