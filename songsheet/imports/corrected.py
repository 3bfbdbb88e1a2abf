"""Tables with cells that somebody put right before the import; the file itself stays as it was sent."""

from collections.abc import Iterator
from copy import copy
from pathlib import Path

from songsheet.imports.planning import NotRead, tables_of
from songsheet.imports.reading import Broken, Table

#: Row → column → the cell as it should be; rows as JSON has them.
Cells = dict[str, dict[str, str]]


class Corrected(Table):
    """A table that is read with other cells in some places."""

    cells: Cells

    def rows(self, start: int = 0) -> Iterator[tuple[int, list[str]]]:
        places = {name: place for place, name in enumerate(self.columns)}
        for number, line in super().rows(start):
            right = self.cells.get(str(number))
            if right and type(line) is not Broken:
                whole = list(line)
                for column, cell in right.items():
                    if column in places:
                        whole[places[column]] = cell
                yield number, whole
            else:
                yield number, line


def corrected(table: Table, cells: Cells) -> Table:
    """The table with these cells put right."""
    if not cells:
        return table
    other = copy(table)
    other.__class__ = Corrected
    other.cells = cells  # type: ignore[attr-defined]
    return other


def corrected_tables(paths: list[Path], cells: dict[str, Cells]) -> tuple[list[Table], list[NotRead]]:
    """The tables of files, each with its cells put right."""
    tables, not_read = tables_of(paths)
    return [corrected(table, cells.get(table.name, {})) for table in tables], not_read
