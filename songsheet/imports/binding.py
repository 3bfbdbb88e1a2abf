"""A mapping meets a table: for each field, which places it is read from and by which parser."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from songsheet.base.text import fold
from songsheet.imports.errors import MappingDoesNotFit
from songsheet.imports.fields import KEPT_WHEN_BAD, Field
from songsheet.imports.headers import find_column, plain_header
from songsheet.imports.mapping import Column, File, House, Link, Mapping, Record, columns_of, spellings_of
from songsheet.imports.own import checked, field_of
from songsheet.imports.reading import Table
from songsheet.imports.survey import Survey
from songsheet.imports.values import Memo, Options, parser_of
from songsheet.imports.values.amounts import PAIR
from songsheet.imports.values.bad import Parse

Columns = Sequence[Sequence[str]]


@dataclass
class Reader:
    """Reads one field out of one column, and out of a second one where amounts have their currency there."""

    place: int | None
    memo: Memo
    constant: Any = None
    currency: int | None = None
    keeps_bad: bool = False

    def read(self, columns: Columns, count: int) -> list[Any]:
        if self.place is None:
            return [self.constant] * count
        cells = columns[self.place]
        if self.currency is not None:
            cells = [f"{code}{PAIR}{cell}" for code, cell in zip(columns[self.currency], cells, strict=True)]
        return list(map(self.memo.__getitem__, cells))


@dataclass
class BoundLink:
    """Reads which record a row refers to."""

    name: str
    link: Link
    place: int

    def read(self, columns: Columns) -> list[str | None]:
        link, nothing = self.link, {"", *self.link.none}
        cells: Iterable[str] = columns[self.place]
        if link.split:
            cells = (cell.split(link.split)[0] for cell in cells)
        bare = [cell.strip() for cell in cells]
        prefix, starts = link.prefix, link.starts
        return [None if cell in nothing or not cell.startswith(starts) else prefix + cell for cell in bare]


@dataclass
class BoundRecord:
    """One record of a file, bound to the places of a table."""

    record: Record
    is_main: bool
    fields: dict[str, list[Reader]]
    links: list[BoundLink]
    ids: list[int]
    when: list[tuple[int, frozenset[str]]]
    rest: dict[str, int]


@dataclass(frozen=True)
class Binder:
    """Binds the records of a file to a table that was looked over."""

    mapping: Mapping
    file: File
    table: Table
    found: Survey
    house: House

    def bind(self) -> list[BoundRecord]:
        """All records, ready to be read; those whose condition the table cannot answer are left out."""
        return [
            self._record(record)
            for record in self.file.records
            if all(self._place([column]) is not None for column in record.when)
        ]

    def _record(self, record: Record) -> BoundRecord:
        links = (
            BoundLink(name, link, place)
            for name, link in record.links.items()
            if (place := self._place(link.spellings)) is not None
        )
        fields = {name: self._readers(record, name, columns_of(said)) for name, said in record.fields.items()}
        return BoundRecord(
            record,
            record is self.file.main,
            {name: readers for name, readers in fields.items() if readers},
            list(links),
            self._ids(record),
            [(self._must([column]), frozenset(map(fold, cells))) for column, cells in record.when.items()],
            self._rest() if record is self.file.main else {},
        )

    def _place(self, spellings: list[str]) -> int | None:
        return find_column(self.table.columns, spellings)

    def _must(self, spellings: list[str]) -> int:
        place = self._place(spellings)
        if place is None:
            raise MappingDoesNotFit(
                f"{self.table.name} has no column “{spellings[0]}”, without which it cannot be read as"
                f" “{self.file.name}”. Map it anew.",
                field=spellings[0],
            )
        return place

    def _ids(self, record: Record) -> list[int]:
        if not record.id.columns:
            return list(range(len(self.table.columns)))
        return [self._must(spellings) for spellings in record.id.spellings]

    def _rest(self) -> dict[str, int]:
        """The columns nobody took, which become custom fields."""
        if self.file.rest == "drop":
            return {}
        taken = {self._place([name]) for record in self.file.records for name in spellings_of(record)}
        return {
            name: place
            for place, name in enumerate(self.table.columns)
            if place in self.found.filled and place not in taken and not self._is_ignored(name)
        }

    def _is_ignored(self, name: str) -> bool:
        plain = plain_header(name)
        return any(
            name.startswith(said[:-1]) if said.endswith("*") else plain == plain_header(said)
            for said in self.file.ignore
        )

    def _readers(self, record: Record, name: str, columns: list[Column]) -> list[Reader]:
        """One for each of the columns that the table has; none where it has none of them."""
        ours, readers = field_of(record.kind, name), []
        if ours is None:
            raise MappingDoesNotFit(
                f"There is no field “{name}” of a {record.kind} any more. Map its column anew.", field=name
            )
        for column in columns:
            place = self._place(column.spellings) if column.spellings else None
            if column.spellings and place is None:
                continue
            parse = parser_of(ours.type, self._options(ours, column, place))
            memo = Memo(_translated(column, checked(record.kind, name, parse)))
            currency = self._currency(record) if ours.type == "money" else None
            constant = [column.value] if ours.is_list and column.value is not None else column.value
            keeps = column.bad == "custom" or (column.bad is None and ours.type in KEPT_WHEN_BAD)
            readers.append(Reader(place, memo, constant, currency, keeps))
        return readers

    def _currency(self, record: Record) -> int | None:
        said = record.fields.get("currency", [])
        return self._place([spelling for one in columns_of(said) for spelling in one.spellings])

    def _options(self, ours: Field, column: Column, place: int | None) -> Options:
        """The column's own word, else the file's, the mapping's or the house's; else what was seen."""
        mapping, file, house = self.mapping, self.file, self.house
        seen = self.found.orders.get(place) if place is not None else None
        style = self.found.styles.get(place) if place is not None else None
        usual = "," if self.table.delimiter == ";" else "."
        decimal = column.decimal or file.decimal or mapping.decimal
        order = column.date_order or file.date_order or mapping.date_order
        return Options(
            zone=house.zone_of(file, mapping),
            currency=file.currency or mapping.currency or house.currency,
            country=file.country or mapping.country or house.country,
            date_order=order or (seen.order if seen else None),
            decimal=decimal or (style.decimal(usual) if style else usual),
            fractions=bool(style and style.fractions),
            unit=column.unit,
            limit=ours.limit,
            split=column.split,
            choices=ours.choices,
        )


def _translated(column: Column, parse: Parse) -> Parse:
    """The parser behind the column's own translations."""
    if not (column.values or column.none or column.other is not None or column.empty is not None):
        return parse
    known: dict[str, Any] = {fold(cell): None for cell in ("", *column.none)}
    known |= {fold(cell): None if value == "" else value for cell, value in column.values.items()}
    if column.empty not in (None, ""):
        known[""] = column.empty
    has_other = column.other is not None
    other = None if column.other == "" else column.other

    def translate(raw: str) -> Any:
        word = fold(raw)
        if word in known:
            return known[word]
        return other if has_other else parse(raw)

    return translate
