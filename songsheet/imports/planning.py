"""Which file is read as what, and in which order, so that whatever is referred to comes first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from songsheet.base.refusals import Refusal
from songsheet.imports.binding import Binder
from songsheet.imports.errors import AmbiguousDates, FileHasNoRows, FileIsEmpty, FileIsMissing, NothingToRead
from songsheet.imports.headers import find_column, has_headers
from songsheet.imports.mapping import File, House, Mapping, columns_of
from songsheet.imports.naming import digest_of
from songsheet.imports.own import with_own
from songsheet.imports.reading import Table, open_tables
from songsheet.imports.records import Chunk, read_table
from songsheet.imports.survey import Survey, survey

NO_ROWS = "It has a header and no rows."
TABLES = frozenset({".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm"})


@dataclass
class Step:
    """One table, read as one file of the mapping."""

    file: File
    table: Table
    survey: Survey


@dataclass
class NotRead:
    """A table that nobody maps, or that holds nothing."""

    name: str
    reason: str


@dataclass
class Plan:
    """What will be read, in order, and what will not."""

    mapping: Mapping
    house: House
    steps: list[Step]
    not_read: list[NotRead] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(step.survey.rows for step in self.steps)


def tables_of(paths: list[Path]) -> tuple[list[Table], list[NotRead]]:
    """The tables of files and folders; empty files among several are no error."""
    tables: list[Table] = []
    empty: list[NotRead] = []
    files = list(_files(paths))
    for path in files:
        try:
            tables += open_tables(path)
        except FileIsEmpty as refusal:
            if len(files) == 1:
                raise
            empty.append(NotRead(path.name, refusal.sentence))
    return tables, empty


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix.lower() in TABLES and one.is_file())
        elif path.is_file():
            yield path
        else:
            raise FileIsMissing(f"There is no file {path.name}. Check the path.")


def file_of(mapping: Mapping, table: Table) -> File | None:
    """The file of the mapping that a table is: all its headers are there; of several, the most demanding."""
    name = Path(table.path.name.lower())
    named = {file.name for file in mapping.files if file.pattern and name.match(file.pattern.lower())}
    fitting = [
        file
        for file in mapping.files
        if (has_headers(table.columns, file.headers) if file.headers else file.name in named)
        and not any(has_headers(table.columns, [header]) for header in file.without)
    ]
    found = max(fitting, key=lambda file: (file.name in named, len(file.headers)), default=None)
    return with_own(found, table.columns) if found else None


def plan(
    paths: list[Path],
    mapping: Mapping,
    house: House | None = None,
    tables: tuple[list[Table], list[NotRead]] | None = None,
) -> Plan:
    """The steps of an import. Looks over every row once; refused where dates can be read two ways."""
    found, not_read = tables or tables_of(paths)
    made = Plan(mapping, house or House(), [], list(not_read))
    for table in found:
        file = file_of(mapping, table)
        if file is None:
            made.not_read.append(NotRead(table.name, "Nothing in the mapping knows such a file."))
            continue
        seen = survey(table, file)
        if seen.rows:
            made.steps.append(Step(file, table, seen))
        else:
            made.not_read.append(NotRead(table.name, NO_ROWS))
    if not made.steps:
        raise _nothing(made)
    _ask_for_dates(made)
    made.steps.sort(key=lambda step: step.file.rank)
    return made


def read_records(made: Plan, step: Step, start_row: int = 0) -> Iterator[Chunk]:
    """The records of a step, from a row on."""
    bound = Binder(made.mapping, step.file, step.table, step.survey, made.house).bind()
    head = made.mapping.model_dump_json(exclude={"files"})
    said = (head, step.file.model_dump_json(), made.house.model_dump_json(), *step.table.columns)
    return read_table(step.table, bound, start_row, salt=digest_of(said))


def _nothing(made: Plan) -> Refusal:
    if len(made.not_read) == 1:
        only = made.not_read[0]
        refusal = FileHasNoRows if only.reason == NO_ROWS else NothingToRead
        return refusal(f"{only.name} cannot be imported. {only.reason} Send another file or map its columns.")
    names = ", ".join(one.name for one in made.not_read[:5]) or "the folder"
    sentence = (
        f"Nothing in {names} is known to “{made.mapping.name}”. Choose another preset or map the columns."
    )
    return NothingToRead(sentence)


def _ask_for_dates(made: Plan) -> None:
    asked = []
    for step in made.steps:
        for place, order in step.survey.orders.items():
            if order.is_ambiguous and not (step.file.date_order or made.mapping.date_order):
                column = step.table.columns[place]
                if not _is_said(step.file, column):
                    asked.append({"file": step.table.name, "column": column, "example": order.open_example})
    if asked:
        raise AmbiguousDates(asked)


def _is_said(file: File, column: str) -> bool:
    """Whether the mapping of the column itself names an order."""
    return any(
        one.date_order and find_column([column], one.spellings) is not None
        for record in file.records
        for said in record.fields.values()
        for one in columns_of(said)
    )
