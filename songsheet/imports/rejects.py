"""Rejected rows: a CSV per import with file, row, column, reason and the cells as they were."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from songsheet.doors.export import safe

OWN = ("file", "row", "column", "reason")


class Rejected(NamedTuple):
    """One row that was not taken in, and why."""

    table: str
    row: int
    column: str
    reason: str
    cells: Sequence[str]


class Rejects:
    """Appends rejected rows; each original cell stands under its own header, whichever file it came from.

    What is written counts once the size it returns is committed: opening cuts off what lies beyond.
    """

    def __init__(self, path: Path, size: int, columns_of: dict[str, list[str]]) -> None:
        self._path = path
        self._size = size
        self._headers = list(dict.fromkeys(name for columns in columns_of.values() for name in columns))
        self._place = {
            table: [self._headers.index(name) for name in columns] for table, columns in columns_of.items()
        }

    def cut(self, size: int) -> None:
        """Forget what was written beyond this size."""
        self._size = size

    def write(self, rows: Iterable[Rejected]) -> int:
        """Append rows and return how long the file now is."""
        text = io.StringIO()
        out = csv.writer(text)
        if self._size == 0:
            out.writerow([*OWN, *self._headers])
        out.writerows([row.table, row.row, row.column, row.reason, *self._spread(row)] for row in rows)
        data = text.getvalue().encode("utf-8", "replace")
        with self._path.open("r+b" if self._path.exists() else "w+b") as file:
            file.truncate(self._size)
            file.seek(self._size)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self._size += len(data)
        return self._size

    def _spread(self, row: Rejected) -> list[str]:
        spread = [""] * len(self._headers)
        places = self._place[row.table]
        for place, cell in zip(places, row.cells, strict=False):
            spread[place] = cell
        return spread + list(row.cells[len(places) :])


def safe_for_spreadsheets(path: Path) -> Iterator[str]:
    """The lines of the file with no cell that a spreadsheet would run."""
    text = io.StringIO()
    out = csv.writer(text)
    yield "\ufeff"
    with path.open(encoding="utf-8", newline="") as file:
        for cells in csv.reader(file):
            out.writerow([safe(cell) for cell in cells])
            yield text.getvalue()
            text.seek(0)
            text.truncate()


def first_rows(path: Path, size: int, count: int = 50) -> list[dict[str, str]]:
    """The first rejected rows for a page: file, row, column and reason."""
    if not size or not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [{name: row[name] or "" for name in OWN} for _, row in zip(range(count), reader, strict=False)]
