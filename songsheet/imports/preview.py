"""The first rows of a table as a mapping would take them, and what is wrong: shown before all is taken."""

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from songsheet.imports.binding import Binder
from songsheet.imports.mapping import File, House, Mapping
from songsheet.imports.reading import Table
from songsheet.imports.records import Chunk, Problem, chunk_of
from songsheet.imports.survey import survey

SHOWN = 20
LOOKED_AT = 200


@dataclass
class PreviewRow:
    """One row as it stands, what becomes of it (kind → field → value), and what is wrong with it."""

    row: int
    cells: list[str]
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def preview(table: Table, mapping: Mapping, file: File, house: House, shown: int = SHOWN) -> list[PreviewRow]:
    """The first rows; those with problems among the first 200 come along, so that they can be put right."""
    found = survey(table, file, first=LOOKED_AT)
    bound = Binder(mapping, file, table, found, house).bind()
    rows = list(islice(table.rows(), LOOKED_AT))
    chunk = chunk_of(table, rows, bound)
    seen = {number: PreviewRow(number, list(cells)) for number, cells in rows}
    for rejection in chunk.rejections:
        seen[rejection.row].problems = rejection.problems
    _fill(seen, chunk)
    return [row for at, row in enumerate(seen.values()) if at < shown or row.problems]


def _fill(seen: dict[int, PreviewRow], chunk: Chunk) -> None:
    for part in chunk.parts:
        for at, number in enumerate(part.rows):
            values = {name: column[at] for name, column in part.fields.items()}
            values |= {name: column[at] for name, column in part.links.items()}
            seen[number].records[part.record.kind] = {"id": part.ids[at], **values}
