"""Workbooks: measured before they are opened, and read as the CSV that Excel would have written."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from songsheet.imports.errors import FileIsEmpty, NotATable
from songsheet.imports.reading.table import Table
from songsheet.imports.reading.weighing import Sheet, weigh

DENSE = 3_000_000


@dataclass
class SheetSource:
    """One sheet of a workbook."""

    path: Path
    sheet: Sheet
    encoding: str = "xlsx"
    delimiter: str = ""
    may_hold_nul: bool = False

    def records(self) -> "SheetRecords":
        return SheetRecords(self)


class SheetRecords:
    """One reading of a sheet; how far it is can be told in rows alone."""

    def __init__(self, source: SheetSource) -> None:
        self._source = source
        self._read = 0

    @property
    def at(self) -> int:
        source = self._source
        return source.path.stat().st_size * self._read // source.sheet.reach.rows

    def __iter__(self) -> Iterator[list[str]]:
        sheet = self._source.sheet
        # The fast reader holds a whole sheet in memory, empty cells included; the slow one streams.
        read = _dense if sheet.reach.area <= DENSE else _streamed
        for cells in read(self._source.path, sheet):
            self._read += 1
            yield cells


def open_workbook(path: Path) -> list[Table]:
    """The sheets that hold anything, each a table."""
    tables = []
    size = path.stat().st_size
    for sheet in weigh(path):
        with suppress(FileIsEmpty):
            tables.append(
                Table(path, f"{path.name} › {sheet.name}", size, SheetSource(path, sheet), sheet.name)
            )
    if not tables:
        raise FileIsEmpty(
            f"{path.name} has no sheet with anything in it. Export it again and send that file."
        )
    return tables


def _dense(path: Path, sheet: Sheet) -> Iterator[list[str]]:
    for row in _opened(path, path.stat().st_mtime_ns, sheet.name).iter_rows():
        yield [as_text(cell) for cell in row]


@lru_cache(maxsize=1)
def _opened(path: Path, changed: int, sheet: str) -> Any:
    """A sheet laid out in memory; the latest is kept, since a table is read for its header and then twice."""
    try:
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet)
    except (CalamineError, OSError, ValueError) as error:
        raise NotATable(f"{path.name} cannot be opened ({error}). Save it again as .xlsx.") from error


def _streamed(path: Path, sheet: Sheet) -> Iterator[list[str]]:
    import openpyxl

    # Given as a stream: a path would be refused for its ending.
    with path.open("rb") as file:
        for row in openpyxl.load_workbook(file, read_only=True, data_only=True)[sheet.name].iter_rows(
            values_only=True
        ):
            yield [as_text(cell) for cell in row]


def as_text(cell: Any) -> str:
    """A cell as a CSV would have it."""
    if type(cell) is str:
        return cell
    if cell is None:
        return ""
    if type(cell) is float:
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if cell is True or cell is False:
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return cell.isoformat() if isinstance(cell, time) else str(cell)


def _moment(cell: datetime) -> str:
    # A serial number of Excel holds no exact second: half of one is the error of its last binary digits.
    whole = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
    day = whole.date().isoformat()
    return day if (whole.hour, whole.minute, whole.second) == (0, 0, 0) else whole.isoformat(" ")
