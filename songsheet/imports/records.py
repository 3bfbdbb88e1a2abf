"""Rows become records, column by column, up to 2,000 at once; rows that cannot come back with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from typing import Any

from songsheet.base.text import fold
from songsheet.imports.binding import BoundRecord, Columns, Reader
from songsheet.imports.mapping import Record
from songsheet.imports.naming import Names, digest_of
from songsheet.imports.reading import Broken, Table
from songsheet.imports.values import Bad

AT_ONCE = 2_000
HEAVY = 16_000_000
LOOK_EVERY = 20
LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell of a row, or with the row (`column` empty)."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that is not taken: its number, its cells as they stand, and all that is wrong with it."""

    row: int
    cells: list[str]
    problems: list[Problem]

    @property
    def column(self) -> str:
        return ", ".join(dict.fromkeys(problem.column for problem in self.problems if problem.column))

    @property
    def reason(self) -> str:
        return " ".join(problem.reason for problem in self.problems)


@dataclass(slots=True)
class Part:
    """The records of one kind in a chunk; every list is as long as `rows`.

    `digests` are of the whole row and of how it is read: alike means that nothing has to be looked at again.
    """

    record: Record
    is_main: bool
    rows: list[int]
    ids: list[str]
    digests: list[bytes]
    fields: dict[str, list[Any]]
    links: dict[str, list[str | None]]
    custom: dict[str, list[str]]

    def keep(self, mask: list[bool]) -> None:
        """Let go of the rows that the mask does not hold."""
        self.rows = list(compress(self.rows, mask))
        self.ids = list(compress(self.ids, mask))
        self.digests = list(compress(self.digests, mask))
        self.fields = {name: list(compress(values, mask)) for name, values in self.fields.items()}
        self.links = {name: list(compress(values, mask)) for name, values in self.links.items()}
        self.custom = {name: list(compress(values, mask)) for name, values in self.custom.items()}


@dataclass(slots=True)
class Chunk:
    """Some rows of a table: the records made of them, in order of dependence, and the rejections."""

    parts: list[Part]
    rejections: list[Rejection]
    rows: int
    last_row: int
    bytes_read: int

    def since(self, start_row: int) -> "Chunk":
        """The chunk without the rows before."""
        for part in self.parts:
            part.keep([row >= start_row for row in part.rows])
        self.rejections = [rejection for rejection in self.rejections if rejection.row >= start_row]
        main = next(part for part in self.parts if part.is_main)
        self.rows = len(main.rows) + len(self.rejections)
        return self


def read_table(
    table: Table, bound: list[BoundRecord], start_row: int = 0, salt: bytes = b""
) -> Iterator[Chunk]:
    """The records of a table from a row on, in chunks that are also bounded in characters."""
    names = Names()
    # Ids made by digest count repetitions, so that a resumed reading has to pass the earlier rows again.
    counts = any(one.record.id.hash or one.record.id.or_hash for one in bound)
    for rows in _batches(table, 0 if counts else start_row):
        chunk = _Batch(table, rows).chunk(bound, names, salt)
        if chunk.last_row >= start_row:
            yield chunk.since(start_row) if counts and rows[0][0] < start_row else chunk


def chunk_of(table: Table, rows: list[tuple[int, list[str]]], bound: list[BoundRecord]) -> Chunk:
    """The records of a few rows, for those who look before they take."""
    return _Batch(table, rows).chunk(bound, Names(), b"")


def _batches(table: Table, start_row: int) -> Iterator[list[tuple[int, list[str]]]]:
    batch: list[tuple[int, list[str]]] = []
    began = 0
    for row in table.rows(start_row):
        batch.append(row)
        if len(batch) % LOOK_EVERY == 0 and (len(batch) >= AT_ONCE or table.at - began > HEAVY):
            yield batch
            batch, began = [], table.at
    if batch:
        yield batch


class _Batch:
    """Rows on their way to becoming a chunk."""

    def __init__(self, table: Table, rows: list[tuple[int, list[str]]]) -> None:
        self.table = table
        self.last_row = rows[-1][0]
        self.rows = len(rows)
        self.broken = [(number, cells) for number, cells in rows if isinstance(cells, Broken)]
        self.whole = [row for row in rows if type(row[1]) is list] if self.broken else rows
        self.numbers = [number for number, _ in self.whole]
        self.columns: Columns = list(zip(*(cells for _, cells in self.whole), strict=True))
        self.problems: dict[int, list[Problem]] = {}

    def chunk(self, bound: list[BoundRecord], names: Names, salt: bytes) -> Chunk:
        if not self.whole:
            self.columns = [()] * len(self.table.columns)
        digests = [digest_of(cells, salt, 16) for _, cells in self.whole]
        parts = [self._part(one, names, digests) for one in bound]
        for one, part in zip(bound, parts, strict=True):
            if self.problems or one.when:
                part.keep(self._mask(one))
        return Chunk(parts, self._rejections(), self.rows, self.last_row, self.table.at)

    def _part(self, bound: BoundRecord, names: Names, digests: list[bytes]) -> Part:
        ids = names.of(bound, self.columns)
        self._check_ids(ids, ", ".join(spellings[0] for spellings in bound.record.id.spellings))
        custom = {name: list(self.columns[place]) for name, place in bound.rest.items()}
        fields = {name: self._values(readers, custom) for name, readers in bound.fields.items()}
        links = {link.name: link.read(self.columns) for link in bound.links}
        return Part(bound.record, bound.is_main, self.numbers, ids, digests, fields, links, custom)

    def _check_ids(self, ids: list[str], column: str) -> None:
        if "" not in ids and len(max(ids, key=len, default="")) <= LONGEST_ID:
            return
        for at, name in enumerate(ids):
            if not name:
                self._note(at, column, "The id is empty.")
            elif len(name) > LONGEST_ID:
                self._note(at, column, f"The id is longer than {LONGEST_ID} characters.")

    def _values(self, readers: list[Reader], custom: dict[str, list[str]]) -> list[Any]:
        """The values of a field: of several columns the first that says something, of lists all of them."""
        values: list[Any] | None = None
        for reader in readers:
            read = reader.read(self.columns, len(self.numbers))
            if reader.memo.met_bad:
                self._sort_out(read, reader, custom)
            values = read if values is None else [_joined(*pair) for pair in zip(values, read, strict=True)]
        return values or []

    def _sort_out(self, read: list[Any], reader: Reader, custom: dict[str, list[str]]) -> None:
        """Take bad cells out of the values: into their row's problems, or untouched into a custom field."""
        place = reader.place or 0
        column = self.table.columns[place]
        for at, value in enumerate(read):
            if type(value) is not Bad:
                continue
            read[at] = None
            if reader.keeps_bad:
                custom.setdefault(column, [""] * len(read))[at] = self.columns[place][at]
            else:
                self._note(at, column, str(value))

    def _note(self, at: int, column: str, reason: str) -> None:
        problem = Problem(column, reason)
        noted = self.problems.setdefault(at, [])
        if problem not in noted:
            noted.append(problem)

    def _mask(self, bound: BoundRecord) -> list[bool]:
        """Which rows make this record."""
        mask = [at not in self.problems for at in range(len(self.numbers))]
        for place, accepted in bound.when:
            for at, cell in enumerate(self.columns[place]):
                word = fold(cell)
                if not (word in accepted if accepted else word):
                    mask[at] = False
        return mask

    def _rejections(self) -> list[Rejection]:
        found = [Rejection(self.numbers[at], self.whole[at][1], said) for at, said in self.problems.items()]
        for number, cells in self.broken:
            place = cells.column
            column = "" if place is None else self.table.columns[place]
            found.append(Rejection(number, list(cells), [Problem(column, cells.reason)]))
        return sorted(found, key=lambda rejection: rejection.row)


def _joined(old: Any, new: Any) -> Any:
    if old is None or new is None:
        return new if old is None else old
    return list(dict.fromkeys(old + new)) if isinstance(old, list) else old
