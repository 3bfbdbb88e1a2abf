"""Fields of the house's own as a file fills them: found by the header, read by the declared type."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from songsheet.base.adopting import RowRefused
from songsheet.base.money import Money
from songsheet.imports.fields import KINDS, Field
from songsheet.imports.headers import plain_header
from songsheet.imports.mapping import OWN, Column, File, Record, spellings_of
from songsheet.imports.values.bad import Bad, Parse
from songsheet.team.fields.declared import fields_on
from songsheet.team.fields.listing import name_of
from songsheet.team.fields.values import LONGEST, check
from songsheet.team.models import CustomField

_READ_AS = {"number": "number", "date": "date", "yes_no": "bool", "money": "money"}


def own_on(kind: str) -> dict[str, CustomField]:
    """The declared fields of a kind of record, by what mappings call them."""
    return {OWN + (one.slug or one.name): one for one in fields_on(kind)}


def field_of(kind: str, name: str) -> Field | None:
    """A field of a record, ours or the house's own; None for one that was archived since."""
    if not name.startswith(OWN):
        return KINDS[kind].fields[name]
    one = own_on(kind).get(name)
    return Field(_READ_AS.get(one.type, "text"), LONGEST) if one else None


def checked(kind: str, name: str, parse: Parse) -> Parse:
    """The parser of a field, behind it the check of the declaration where it is the house's own."""
    one = own_on(kind).get(name) if name.startswith(OWN) else None
    if one is None:
        return parse

    def read(raw: str) -> Any:
        value = parse(raw)
        if value is None or isinstance(value, Bad):
            return value
        try:
            return check(one, _plain(value))
        except RowRefused as refusal:
            return Bad(refusal.sentence)

    return read


def with_own(file: File, columns: Sequence[str]) -> File:
    """The file with the columns that nobody took and that are called like a declared field."""
    kind = file.main.kind
    if file.rest != "custom" or not (known := own_on(kind)):
        return file
    taken = {plain_header(name) for record in file.records for name in spellings_of(record)}
    taken |= {plain_header(one) for one in file.ignore}
    said = set(file.main.fields)
    found: dict[str, Any] = {}
    for column in columns:
        name = called(column, known)
        if name and name not in said | found.keys() and plain_header(column) not in taken:
            found[name] = Column(column=column)
    if not found:
        return file
    main = file.main.model_copy(update={"fields": {**file.main.fields, **found}})
    records: list[Record] = [main if one is file.main else one for one in file.records]
    return file.model_copy(update={"records": records})


def called(column: str, known: dict[str, CustomField]) -> str | None:
    """The declared field that a column is called like: by its label, its name, or as our own files call it.

    A text that a file brought is kept as it stands, by its header, as before.
    """
    header = plain_header(column)
    for name, one in known.items():
        if one.type == CustomField.Type.TEXT and one.name == column[:60]:
            return None
        if header in {plain_header(word) for word in (one.label, one.name, name_of(one))}:
            return name
    return None


def values_in(kind: str, fields: dict[str, list[Any]], count: int) -> list[dict[str, Any]]:
    """The values of declared fields, row by row, under the names that they are kept by."""
    known = own_on(kind)
    named = [(known[name].name, values) for name, values in fields.items() if name in known]
    return [{name: values[at] for name, values in named if values[at] is not None} for at in range(count)]


def _plain(value: Any) -> Any:
    """As JSON can hold it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return {value.currency: value.minor}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
