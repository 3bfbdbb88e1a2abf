"""One look over a whole table before it is read: rows are counted, the order of dates and marks is found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from songsheet.imports.headers import find_column
from songsheet.imports.mapping import File, columns_of
from songsheet.imports.own import field_of
from songsheet.imports.reading import Broken, Table
from songsheet.imports.values.dates import DateOrder
from songsheet.imports.values.numbers import NumberStyle

DATED = frozenset({"date", "moment"})
NUMBERED = frozenset({"money", "number", "integer", "percent"})
AT_ONCE = 2_000


@dataclass
class Survey:
    """What was found, by the place of the column."""

    rows: int = 0
    broken: int = 0
    orders: dict[int, DateOrder] = field(default_factory=dict)
    styles: dict[int, NumberStyle] = field(default_factory=dict)
    filled: set[int] = field(default_factory=set)


def survey(table: Table, file: File, first: int | None = None) -> Survey:
    """Look over all rows of a table that is to be read as this file, or over the first few."""
    found = Survey()
    for place, kind in _typed(table, file):
        if kind in DATED:
            found.orders.setdefault(place, DateOrder())
        else:
            found.styles.setdefault(place, NumberStyle())
    rows = islice((cells for _, cells in table.rows()), first)
    empty = list(range(len(table.columns)))
    while batch := list(islice(rows, AT_ONCE)):
        whole = [cells for cells in batch if type(cells) is not Broken]
        found.rows += len(batch)
        found.broken += len(batch) - len(whole)
        for looks in (found.orders, found.styles):
            for place, look in looks.items():
                look.look({cells[place] for cells in whole})
        empty = [place for place in empty if not any(cells[place] for cells in whole)]
    found.filled = set(range(len(table.columns))).difference(empty)
    return found


def _typed(table: Table, file: File) -> Iterator[tuple[int, str]]:
    """The columns that are read as dates or numbers."""
    for record in file.records:
        for name, said in record.fields.items():
            ours = field_of(record.kind, name)
            kind = ours.type if ours else ""
            for column in columns_of(said) if kind in DATED | NUMBERED else ():
                place = find_column(table.columns, column.spellings)
                if place is not None:
                    yield place, kind
