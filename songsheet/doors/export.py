"""A list as a file: exactly the rows and columns that are seen, streamed, safe to open in a spreadsheet."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.http import StreamingHttpResponse

from songsheet.base.money import Money
from songsheet.base.refusals import Conflict
from songsheet.doors.listing import Column, Listing
from songsheet.doors.parquet import parquet_of
from songsheet.doors.xlsx import MOST_ROWS, xlsx_of

#: A cell that begins so, perhaps behind blanks or control characters, would be run as a formula.
_FORMULA = tuple("=+-@|＝＋－＠")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


class SheetIsFull(Conflict):
    """More rows than the sheet of a spreadsheet has."""

    code = "sheet_is_full"


def must_fit(form: str, count: int) -> None:
    """Refuse what a spreadsheet cannot hold, before the file begins."""
    if form == "xlsx" and count > MOST_ROWS:
        raise SheetIsFull(
            f"A sheet holds {MOST_ROWS:,} rows and these are {count:,}. Filter the list, or export it as CSV."
        )


def file_answer(
    listing: Listing, columns: list[Column], rows: Iterator[Any], *, form: str, at: datetime
) -> StreamingHttpResponse:
    """These rows and columns as a file of the form csv, xlsx or parquet."""
    names = ["key", *(column.name for column in columns)]
    each = [(column.written if column.written else column.value) for column in columns]
    values = ([listing.row_key(row), *(value(row) for value in each)] for row in rows)
    content: Iterable[str | bytes]
    if form == "xlsx":
        content = xlsx_of(names, ([_in_cell(value) for value in row] for row in values))
    elif form == "parquet":
        content = parquet_of(names, values, kinds=_kinds(columns))
    else:
        content = _lines(names, values)
    answer = StreamingHttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{listing.name}-{at:%Y-%m-%d}.{form}"'
    return answer


def _kinds(columns: list[Column]) -> dict[str, str]:
    """What is no text: money, whole numbers, and what a column says of itself."""
    kinds = {one.name: one.kept for one in columns if one.kept}
    return {
        one.name: "money" if one.money else "number" for one in columns if one.numeric or one.money
    } | kinds


class _Echo:
    """What csv.writer needs of a file: it gives the line back."""

    def write(self, line: str) -> str:
        return line


def _lines(names: list[str], values: Iterable[list[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(names)
    for row in values:
        yield writer.writerow([safe(value) for value in row])


def safe(value: Any) -> Any:
    """Text that a spreadsheet would run gets an apostrophe; numbers stay."""
    if not isinstance(value, str) or not value:
        return _plain(value)
    inked = next((sign for sign in value if not _is_blank(sign)), "")
    return f"'{value}" if (inked in _FORMULA and inked) or value[0] in "\t\r\n" else value


def _is_blank(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "CZ"


def _in_cell(value: Any) -> Any:
    """As a spreadsheet keeps it, which knows what is true."""
    return value if isinstance(value, bool) else _plain(value)


def _plain(value: Any) -> Any:
    """Money is `22700.00 USD`, and yes is yes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.decimal()} {value.currency}" if isinstance(value, Money) else value
