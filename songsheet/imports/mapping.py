"""Mappings: which columns of which files mean what here. Made on screen or written as TOML."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from songsheet.imports.errors import MappingRefused
from songsheet.imports.fields import KINDS
from songsheet.imports.values.words import CURRENCIES

Plain = str | bool | int
Order = Literal["dmy", "mdy"]
Mark = Literal[".", ","]
By = Literal["id", "name", "mail", "family_name"]
#: How the fields of the house's own are called in a mapping.
OWN = "custom."


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(Part):
    """Where a field comes from: a column (or the first present of several spellings), or a constant.

    `values` translates cells, compared without regard to case and accents; `other` is for cells it does not
    name, `empty` for empty ones; the empty text stands for nothing. `none` names cells that mean nothing.
    """

    column: str | list[str] = Field(default_factory=list)
    value: Plain | None = None
    values: dict[str, Plain] = Field(default_factory=dict)
    other: Plain | None = None
    empty: Plain | None = None
    none: list[str] = Field(default_factory=list)
    bad: Literal["reject", "custom"] | None = None
    date_order: Order | None = None
    decimal: Mark | None = None
    unit: Literal["seconds", "minutes", "hours", "milliseconds"] = "seconds"
    split: bool = True

    @property
    def spellings(self) -> list[str]:
        return [self.column] if isinstance(self.column, str) else self.column

    @model_validator(mode="after")
    def _says_something(self) -> "Column":
        if not self.spellings and self.value is None:
            raise ValueError("name a column or a value")
        return self


class Link(Part):
    """A cell that names another record: by its id in the other system, its name or its mail address.

    `split` parts a cell that names several, of which the first counts; `starts` is how ids of this kind begin
    where one column names records of several kinds.
    """

    column: str | list[str]
    kind: str
    by: By = "id"
    prefix: str = ""
    split: str = ""
    starts: str = ""
    none: list[str] = Field(default_factory=lambda: ["0"])

    @property
    def spellings(self) -> list[str]:
        return [self.column] if isinstance(self.column, str) else self.column


class Id(Part):
    """What a record is called in the other system.

    `hash` for files without one: a digest of the columns (of all, where none is named), and which of the rows
    with just that content it is. `or_hash` falls back to that for rows whose cell is empty.
    """

    columns: list[str | list[str]] = Field(default_factory=list)
    prefix: str = ""
    hash: bool = False
    or_hash: bool = False

    @property
    def spellings(self) -> list[list[str]]:
        return [[column] if isinstance(column, str) else column for column in self.columns]

    @model_validator(mode="after")
    def _says_something(self) -> "Id":
        if not self.columns and not self.hash:
            raise ValueError("name the columns of the id, or say hash")
        return self


class Record(Part):
    """One record made of each row; of those rows only that `when` (column → accepted cells) accepts."""

    kind: str
    id: Id
    fields: dict[str, Column | list[Column]] = Field(default_factory=dict)
    links: dict[str, Link] = Field(default_factory=dict)
    when: dict[str, list[str]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _unfold(cls, given: Any) -> Any:
        """The short forms of TOML: a column's name instead of a table."""
        if not isinstance(given, dict):
            return given
        fields, links = given.get("fields", {}), given.get("links", {})
        unfolded = {**given, "fields": {name: _column(said) for name, said in fields.items()}}
        unfolded["links"] = {
            name: {"column": said, "kind": name} if isinstance(said, str) else said
            for name, said in links.items()
        }
        if isinstance(given.get("id"), str):
            unfolded["id"] = {"columns": [given["id"]]}
        return unfolded

    @model_validator(mode="after")
    def _is_known(self) -> "Record":
        if self.kind not in KINDS:
            raise ValueError(f"“{self.kind}” is no kind of record; there are {', '.join(KINDS)}")
        kind = KINDS[self.kind]
        for name, said in self.fields.items():
            if name.startswith(OWN):
                continue
            if name not in kind.fields:
                raise ValueError(f"a {self.kind} has no field “{name}”; it has {', '.join(kind.fields)}")
            for column in columns_of(said):
                _check_values(column, name, kind.fields[name].choices)
        for name, link in self.links.items():
            if kind.links.get(name) != link.kind:
                raise ValueError(f"a {self.kind} refers to no {link.kind} as “{name}”")
        return self


class File(Part):
    """One file of an export: how it is recognised, and what its rows are.

    All of `headers` must be there, none of `without`; `pattern` decides between several that fit, and alone
    where no headers are named. `ignore` are columns that say nothing of their own (`*` at the end: all that
    begin so).
    """

    name: str
    title: str = ""
    pattern: str = ""
    headers: list[str | list[str]] = Field(default_factory=list)
    without: list[str] = Field(default_factory=list)
    records: list[Record] = Field(min_length=1)
    rest: Literal["custom", "drop"] = "custom"
    ignore: list[str] = Field(default_factory=list)
    zone: str | None = None
    currency: str | None = None
    country: str | None = None
    date_order: Order | None = None
    decimal: Mark | None = None

    @property
    def main(self) -> Record:
        """The record a row stands for: it has the columns nobody else took, and by it the row is counted."""
        return next(record for record in reversed(self.records) if not record.when)

    @property
    def rank(self) -> int:
        return max(KINDS[record.kind].rank for record in self.records)

    @model_validator(mode="after")
    def _counts(self) -> "File":
        if all(record.when for record in self.records):
            raise ValueError("one record of each file is made of every row")
        return self


class Mapping(Part):
    """A set of files, and the system they come from. What is not said is taken from the house."""

    name: str
    title: str = ""
    system: str
    zone: str | None = None
    currency: str | None = None
    country: str | None = None
    date_order: Order | None = None
    decimal: Mark | None = None
    files: list[File] = Field(min_length=1)

    @field_validator("zone")
    @classmethod
    def _zone(cls, zone: str | None) -> str | None:
        if zone and zone not in available_timezones():
            raise ValueError(f"“{zone}” is no time zone; say one like Europe/Berlin")
        return zone

    @field_validator("currency")
    @classmethod
    def _currency(cls, currency: str | None) -> str | None:
        if currency and currency not in CURRENCIES:
            raise ValueError(f"“{currency}” is no currency; say one like EUR")
        return currency

    @classmethod
    def of(cls, given: dict[str, Any]) -> "Mapping":
        """From plain data; refused with a sentence if it is not one."""
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            where = " › ".join(str(step) for step in first["loc"])
            what = first["msg"].removeprefix("Value error, ")
            raise MappingRefused(
                f"The mapping is wrong at {where or 'its head'}: {what}.", field=where
            ) from error

    @classmethod
    def load(cls, path: Path) -> "Mapping":
        """From a TOML file."""
        try:
            return cls.of(tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise MappingRefused(f"{path.name} cannot be read as TOML: {error}.") from error

    def dumps(self) -> str:
        """As TOML, without what is said by default."""
        return tomli_w.dumps(
            self.model_dump(exclude_defaults=True, exclude_none=True), multiline_strings=False
        )

    def save(self, path: Path) -> None:
        """Into a TOML file."""
        path.write_text(self.dumps(), encoding="utf-8")

    def file(self, name: str) -> File:
        return next(file for file in self.files if file.name == name)


class House(Part):
    """What the company says for all files that do not say otherwise."""

    zone: str = "UTC"
    currency: str = "USD"
    country: str | None = None

    def zone_of(self, file: File, mapping: Mapping) -> ZoneInfo:
        return ZoneInfo(file.zone or mapping.zone or self.zone)


def columns_of(said: Column | list[Column]) -> list[Column]:
    """The one or several columns of a field."""
    return said if isinstance(said, list) else [said]


def spellings_of(record: Record) -> Iterator[str]:
    """Every column name a record may take something from."""
    for spellings in record.id.spellings:
        yield from spellings
    yield from record.when
    for said in record.fields.values():
        for column in columns_of(said):
            yield from column.spellings
    for link in record.links.values():
        yield from link.spellings


def _column(said: Any) -> Any:
    if isinstance(said, str):
        return {"column": said}
    return [_column(one) for one in said] if isinstance(said, list) else said


def _check_values(column: Column, field: str, choices: frozenset[str]) -> None:
    if not choices:
        return
    for value in (column.value, column.other, column.empty, *column.values.values()):
        if value not in (None, "") and value not in choices:
            raise ValueError(
                f"“{value}” is nothing that “{field}” can be; it is one of {', '.join(sorted(choices))}"
            )
