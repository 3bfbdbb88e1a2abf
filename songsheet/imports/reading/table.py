"""What every file is to the rest of the house: columns, and rows that are whole or broken with a reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from songsheet.imports.errors import FileIsEmpty, TooManyColumns

MAX_COLUMNS = 2_000
MAX_CELL = 100_000
MAX_ROW = 4_000_000
KEPT = 2_000
NAME = 200


class Broken(list[str]):
    """The cells of a row that cannot be taken as it is, and why."""

    def __init__(self, cells: Iterable[str], reason: str, column: int | None = None) -> None:
        super().__init__(cells)
        self.reason = reason
        self.column = column


class Records(Protocol):
    """One reading of a source; `at` is how many bytes of it were read so far."""

    @property
    def at(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


class Source(Protocol):
    """Something that can be read from its beginning any number of times."""

    encoding: str
    delimiter: str
    may_hold_nul: bool

    def records(self) -> Records: ...


@dataclass
class Table:
    """One table of a file. Rows are numbered as a person does: the header is row 1, blank rows count too."""

    path: Path
    name: str
    size: int
    source: Source
    sheet: str = ""
    columns: list[str] = field(default_factory=list)
    header_row: int = 0
    _reading: Records | None = None

    def __post_init__(self) -> None:
        for number, cells in enumerate(self.source.records(), 1):
            if not is_blank(cells):
                self.header_row, self.columns = number, name_columns(cells, self.name)
                return
        raise FileIsEmpty(f"{self.name} is empty. Export it again and send that file.")

    @property
    def encoding(self) -> str:
        return self.source.encoding

    @property
    def delimiter(self) -> str:
        return self.source.delimiter

    @property
    def at(self) -> int:
        """How many bytes the latest reading has behind it, of `size`."""
        return self._reading.at if self._reading else 0

    def rows(self, start: int = 0) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of each row from row `start` on; a row that cannot be taken is a `Broken`."""
        self._reading = self.source.records()
        width, nul = len(self.columns), self.source.may_hold_nul
        begin, tame = max(start, self.header_row + 1), min(MAX_CELL, MAX_ROW // width)
        for number, cells in enumerate(self._reading, 1):
            if number < begin:
                continue
            if len(cells) == width and type(cells) is list and len(max(cells, key=len)) <= tame and not nul:
                if cells[0].strip() or not is_blank(cells):
                    yield number, cells
            elif type(cells) is Broken:
                yield number, _kept(cells, cells.reason, cells.column)
            elif not is_blank(cells):
                yield number, _examined(cells, width)


def is_blank(cells: list[str]) -> bool:
    """A row of nothing but empty cells, as spreadsheets leave them behind their data."""
    return not "".join(cells).strip()


def name_columns(cells: list[str], file: str) -> list[str]:
    """Headers as unique names: nameless ones are numbered, a repeated one gets its count."""
    if len(cells) > MAX_COLUMNS:
        raise TooManyColumns(
            f"{file} has {len(cells):,} columns; at most {MAX_COLUMNS:,} can be read. Export fewer fields."
        )
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells, 1):
        plain = " ".join(cell.replace("\0", "").split())[:NAME] or f"column {place}"
        name, count = plain, 1
        while name in taken:
            count += 1
            name = f"{plain} ({count})"
        taken.add(name)
        names.append(name)
    return names


def _examined(cells: list[str], width: int) -> list[str]:
    """A row that did not pass at a glance.

    Cells that are missing are never guessed to be empty: a row that is short was cut off or torn apart, and
    what it says would land in the wrong place. Nothing but empty cells beyond the header does no harm.
    """
    if len(cells) > width and is_blank(cells[width:]):
        cells = cells[:width]
    if len(cells) != width:
        count = "1 cell" if len(cells) == 1 else f"{len(cells):,} cells"
        return _kept(cells, f"The row has {count} where the header has {width:,}.")
    for place, cell in enumerate(cells):
        if "\0" in cell:
            return _kept(cells, "The cell holds a NUL character, which cannot be stored.", place)
        if len(cell) > MAX_CELL:
            reason = f"The cell holds {len(cell):,} characters; at most {MAX_CELL:,} can be read."
            return _kept(cells, reason, place)
    if sum(map(len, cells)) > MAX_ROW:
        return _kept(cells, f"The row holds more than {MAX_ROW:,} characters.")
    return cells


def _kept(cells: list[str], reason: str, column: int | None = None) -> Broken:
    """A broken row fit to be kept and shown: bounded, and without what cannot be stored."""
    shown = (cell[:KEPT].replace("\0", "\N{SYMBOL FOR NULL}") for cell in cells[:MAX_COLUMNS])
    return Broken(shown, reason, column)
