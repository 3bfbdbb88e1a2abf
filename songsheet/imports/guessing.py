"""A first mapping for a file that nobody knows: from its headers, its first rows and its name."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from importlib import resources
from itertools import islice
from typing import Any

from songsheet.base.text import fold
from songsheet.imports.fields import KINDS, Field
from songsheet.imports.headers import plain_header
from songsheet.imports.mapping import OWN, Mapping
from songsheet.imports.own import called, field_of, own_on
from songsheet.imports.reading import Broken, Table
from songsheet.imports.values import Bad, Options, parser_of
from songsheet.imports.values.contacts import PLAIN_MAIL

LOOKED_AT = 200
SURE, LIKELY, MAYBE, NONE = 95, 75, 55, 0
PHONE = re.compile(r"\+?[\d\s().\-/]{7,20}")
URL = re.compile(
    r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|de|fr|es|br|co|eu|uk)"
)
WORD = re.compile(r"[^\W\d_]+")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("songsheet.imports") / name).read_text(encoding="utf-8"))


_said = _read("synonyms.toml")
FIELDS: dict[str, list[str]] = {name: words.split() for name, words in _said["fields"].items()}
FIELDS["created_at"] = FIELDS["came_at"]
FIELDS["opened_at"] += FIELDS["came_at"]
LINKS: dict[str, list[str]] = {name: words.split() for name, words in _said["links"].items()}
KIND_WORDS = {word: kind for kind, words in _said["kinds"].items() for word in words.split()}
ID_WORDS = frozenset(_said["ids"]["words"].split())
CONTACTED = frozenset(_said["contacted"]["words"].split())
STATES = {
    kind: {word: state for state, words in states.items() for word in words.split()}
    for kind, states in _said["states"].items()
}
DIRECTIONS = {word: way for way, words in _said["directions"].items() for word in words.split()}
MADE_BY_US = frozenset({"call", "meeting", "mail"})
OTHER_STATE = {"lead": "new", "deal": "open"}


@dataclass
class ColumnGuess:
    """What a column seems to be: `id`, a field, a link, or (None) custom; and how sure that is, of 100."""

    column: str
    becomes: str | None
    confidence: int
    why: str
    examples: list[str] = field(default_factory=list)


@dataclass
class Guess:
    """A mapping to start from, column by column with its confidence."""

    kind: str
    confidence: int
    mapping: Mapping
    columns: list[ColumnGuess]


@dataclass
class _Sample:
    """The first rows of a table, column by column."""

    table: Table
    cells: dict[str, list[str]]

    @classmethod
    def of(cls, table: Table) -> "_Sample":
        rows = [cells for _, cells in islice(table.rows(), LOOKED_AT) if type(cells) is not Broken]
        columns = zip(*rows, strict=True) if rows else ([] for _ in table.columns)
        filled = [[cell for cell in column if cell.strip()] for column in columns]
        return cls(table, dict(zip(table.columns, filled, strict=True)))

    def share(self, column: str, fits: Any) -> float:
        """How many of the filled cells fit, of 1."""
        cells = self.cells[column]
        return sum(bool(fits(cell)) for cell in cells) / len(cells) if cells else 0.0


def guess(table: Table, kind: str | None = None, name: str = "own", country: str | None = None) -> Guess:
    """Guess the mapping of a table; `kind` where somebody said what its rows are."""
    sample = _Sample.of(table)
    guessed, sure = (kind, 100) if kind else _kind(sample)
    return _guess(sample, guessed, sure, _columns(sample, guessed, country), name)


def settled(table: Table, kind: str, becomes: dict[str, str | None], name: str = "own") -> Guess:
    """The mapping of a table whose columns somebody settled: each is a field, a link, `id`, custom or
    `drop`."""
    columns = [ColumnGuess(column, becomes.get(column), 100, "chosen") for column in table.columns]
    return _guess(_Sample.of(table), kind, 100, columns, name)


def _guess(sample: _Sample, kind: str, sure: int, columns: list[ColumnGuess], name: str) -> Guess:
    record = _record(sample, kind, [one for one in columns if one.becomes != "drop"])
    headers, title = list(sample.table.columns), sample.table.name
    dropped = [one.column for one in columns if one.becomes == "drop"]
    file = {"name": kind, "title": title, "headers": headers, "ignore": dropped, "records": [record]}
    mapping = Mapping.of({"name": name, "title": title, "system": name, "files": [file]})
    return Guess(kind, sure, mapping, columns)


def _kind(sample: _Sample) -> tuple[str, int]:
    """What the rows are: said by the file's name, else by the headers that only one kind has."""
    for word in WORD.findall(fold(sample.table.path.stem + " " + sample.table.sheet).replace("_", " ")):
        if found := KIND_WORDS.get(word):
            return found, SURE
    headers = [plain_header(column) for column in sample.table.columns]
    points: Counter[str] = Counter()
    for header in headers:
        for word, kind in KIND_WORDS.items():
            points[kind] += header in (f"{word}id", f"{word}name", f"{word}status", f"{word}source")
    has = {name for name, words in FIELDS.items() if set(words) & set(headers)}
    points["deal"] += 2 * bool(has & {"amount"}) + bool(has & {"probability", "expected_on"})
    points["lead"] += 2 * bool(has & {"mails", "phones"}) + bool(has & {"source", "wants"})
    points["person"] += bool(has & {"mails"}) + bool(has & {"title"})
    points["company"] += 2 * bool(has & {"people_count"}) - bool(has & {"mails", "given_name"})
    points["task"] += 2 * bool(has & {"due"})
    points["invoice"] += 3 * bool({"invoicenumber", "invoiceno", "rechnungsnummer"} & set(headers))
    kind, most = points.most_common(1)[0]
    return (kind, LIKELY if most > 2 else MAYBE) if most > 0 else ("lead", NONE)


def _columns(sample: _Sample, kind: str, country: str | None) -> list[ColumnGuess]:
    guesses = []
    taken: set[str] = set()
    for column in sample.table.columns:
        found = _by_header(column, kind, taken, sample) or _by_values(column, kind, taken, sample)
        found = _tried(found, kind, sample, country)
        if found.becomes and found.becomes not in ("mails", "phones"):
            taken.add(found.becomes)
        found.examples = list(dict.fromkeys(sample.cells[column]))[:3]
        guesses.append(found)
    return guesses


def _by_header(column: str, kind: str, taken: set[str], sample: _Sample) -> ColumnGuess | None:
    header = plain_header(column)
    bare = _without_kind(header)
    if "id" not in taken and (bare in ID_WORDS or header == f"{kind}id") and _is_unique(column, sample):
        return ColumnGuess(column, "id", SURE, "the header, and no two rows are alike in it")
    fields = {
        name: words for name, words in FIELDS.items() if name in KINDS[kind].fields and name not in taken
    }
    links = {name: words for name, words in LINKS.items() if name in KINDS[kind].links and name not in taken}
    if header in fields.get("mails", ()):
        return ColumnGuess(column, "mails", SURE, "the header")
    if kind == "company" and "name" in fields and header in LINKS["company"]:
        return ColumnGuess(column, "name", SURE, "the header")
    for known in (links, fields):
        for name, words in known.items():
            if header in words:
                return ColumnGuess(column, name, SURE, "the header")
    for known in (links, fields):
        for name, words in known.items():
            if bare in words or (known is links and bare.endswith("id") and bare[:-2] in words):
                return ColumnGuess(column, name, LIKELY, "most of the header")
    own = called(column, {name: one for name, one in own_on(kind).items() if name not in taken})
    return ColumnGuess(column, own, SURE, "the header, a field of your own") if own else None


def _without_kind(header: str) -> str:
    """`leadfirstname` → `firstname`."""
    for word in KIND_WORDS:
        if header.startswith(word) and len(header) > len(word) + 1:
            return header[len(word) :]
    return header


def _by_values(column: str, kind: str, taken: set[str], sample: _Sample) -> ColumnGuess:
    ours = KINDS[kind].fields
    if "mails" in ours and sample.share(column, PLAIN_MAIL.fullmatch) > 0.6:
        return ColumnGuess(column, "mails", LIKELY, "most cells are mail addresses")
    if "website" in ours and "website" not in taken and sample.share(column, URL.fullmatch) > 0.6:
        return ColumnGuess(column, "website", MAYBE, "most cells are websites")
    if "phones" in ours and sample.share(column, _is_phone) > 0.6:
        return ColumnGuess(column, "phones", MAYBE, "most cells look like phone numbers")
    return ColumnGuess(column, None, NONE, "nothing of ours; kept as a custom field")


def _is_phone(cell: str) -> bool:
    return (
        bool(PHONE.fullmatch(cell))
        and (cell[0] == "+" or sum(map(cell.count, " -()/")) >= 2)
        and cell[4:5] != "-"
    )


def _is_unique(column: str, sample: _Sample) -> bool:
    cells = sample.cells[column]
    return bool(cells) and len(set(cells)) == len(cells)


def _tried(found: ColumnGuess, kind: str, sample: _Sample, country: str | None) -> ColumnGuess:
    """The guess, given up where most of the cells cannot be read as that."""
    becomes = found.becomes or ""
    ours = field_of(kind, becomes) if becomes.startswith(OWN) else KINDS[kind].fields.get(becomes)
    if found.becomes == "person" and "mail" in plain_header(found.column):
        ours = Field("mails")
    if not ours or ours.choices or not sample.cells[found.column] or found.becomes == "phones":
        return found
    parse = parser_of(ours.type, Options(country=country or "US", date_order="dmy", limit=ours.limit))
    other = parser_of(
        ours.type, Options(country=country or "US", date_order="mdy", decimal=",", limit=ours.limit)
    )

    def is_read(cell: str) -> bool:
        return type(parse(cell)) is not Bad or type(other(cell)) is not Bad

    if sample.share(found.column, is_read) < 0.5:
        return ColumnGuess(found.column, None, NONE, f"called so, but its cells are not {ours.type}")
    return found


def _record(sample: _Sample, kind: str, columns: list[ColumnGuess]) -> dict[str, Any]:
    """The guesses as a record of a mapping."""
    fields: dict[str, Any] = {}
    links: dict[str, Any] = {}
    name_of_id: list[str] = []
    for one in columns:
        if one.becomes == "id":
            name_of_id = [one.column]
        elif one.becomes in KINDS[kind].links:
            links[one.becomes] = _link(one.column, KINDS[kind].links[one.becomes], sample)
        elif one.becomes == "state" and kind in STATES:
            fields |= _states(one.column, kind, sample)
        elif one.becomes == "direction":
            cells = {cell.strip() for cell in sample.cells[one.column]}
            values = {
                cell: DIRECTIONS[plain_header(cell)] for cell in cells if plain_header(cell) in DIRECTIONS
            }
            fields["direction"] = {"column": one.column, "values": values, "other": ""}
        elif one.becomes:
            kept = {"bad": "custom"} if one.becomes == "phones" else {}
            fields.setdefault(one.becomes, []).append({"column": one.column, **kept})
    fields = {
        name: said[0] if isinstance(said, list) and len(said) == 1 else said for name, said in fields.items()
    }
    mails = [one.column for one in columns if one.becomes == "mails"][:1]
    id_: dict[str, Any] = (
        {"columns": name_of_id or mails, "or_hash": True} if name_of_id or mails else {"hash": True}
    )
    return {"kind": kind, "id": id_, "fields": fields, "links": links}


def _link(column: str, kind: str, sample: _Sample) -> dict[str, str]:
    if sample.share(column, PLAIN_MAIL.fullmatch) > 0.6:
        return {"column": column, "kind": kind, "by": "mail"}
    by = "id" if plain_header(column).endswith("id") or kind in ("lead", "deal", "person") else "name"
    return {"column": column, "kind": kind, "by": by}


def _states(column: str, kind: str, sample: _Sample) -> dict[str, Any]:
    """The words of a status column, each with the state it seems to mean."""
    cells = list(dict.fromkeys(cell.strip() for cell in sample.cells[column]))
    values = {cell: STATES[kind].get(plain_header(cell), OTHER_STATE[kind]) for cell in cells}
    other = OTHER_STATE[kind]
    said: dict[str, Any] = {"state": {"column": column, "values": values, "other": other, "empty": other}}
    if kind == "deal":
        said["stage"] = {"column": column}
        return said
    ended = {cell: cell for cell, state in values.items() if state == "disqualified"}
    contacted = {cell: True for cell in cells if plain_header(cell) in CONTACTED}
    if ended:
        said["end_reason"] = {"column": column, "values": ended, "other": ""}
    if contacted:
        said["contacted_elsewhere"] = {"column": column, "values": contacted, "other": False}
    return said
