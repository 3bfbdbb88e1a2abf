"""A list as CSV: exactly the rows and columns that are seen, streamed, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse

from songsheet.base.money import Money
from songsheet.doors.listing import Column, Listing
from songsheet.doors.pages import chosen_columns, filters_in

#: A cell that begins so would be run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(request: HttpRequest, listing: Listing, viewer: Any, *, at: datetime) -> StreamingHttpResponse:
    """The list of this address as a file. What is wrong with the address is refused before the first byte."""
    asked, sort = filters_in(request.GET), request.GET.get("sort")
    columns = chosen_columns(listing, viewer, request.GET)
    rows = listing.every_row(viewer, asked, sort=sort)
    answer = StreamingHttpResponse(_lines(listing, columns, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{listing.name}-{at:%Y-%m-%d}.csv"'
    return answer


class _Echo:
    """What csv.writer needs of a file: it gives the line back."""

    def write(self, line: str) -> str:
        return line


def _lines(listing: Listing, columns: list[Column], rows: Iterator[Any]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(["key", *(column.name for column in columns)])
    for row in rows:
        yield writer.writerow([listing.row_key(row), *(_safe(column.value(row)) for column in columns)])


def _safe(value: Any) -> Any:
    """Text that a spreadsheet would run gets an apostrophe; numbers stay, money is `22700.00 USD`."""
    if isinstance(value, Money):
        return f"{value.decimal()} {value.currency}"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
