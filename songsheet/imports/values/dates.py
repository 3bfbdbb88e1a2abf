"""Days and instants, in the spellings that exports use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from songsheet.base.text import fold
from songsheet.imports.values.bad import Bad, Parse, bad
from songsheet.imports.values.options import Options
from songsheet.imports.values.words import MONTHS

CLOCK = (
    r"(?:[ T,]+(?:at )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?(?:\.?[Mm]\.?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + CLOCK)
DAY_NAMED = re.compile(
    r"(?:[^\W\d_]+\.?,? +)?(\d{1,2})(?:st|nd|rd|th|\.)?[ \-/.]+(?:de )?([^\W\d_]{3,})\.?"
    r",?[ \-/.,]+(?:de )?(\d{4}|\d{2})" + CLOCK
)
MONTH_NAMED = re.compile(r"([^\W\d_]{3,})\.?[ \-]+(\d{1,2})(?:st|nd|rd|th)?,?[ \-]+(\d{4})" + CLOCK)
NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})" + CLOCK)
NUMERIC_START = re.compile(r"\s*(\d{1,2})([-/ ])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)")
SERIAL = re.compile(r"[1-7]\d{4}(?:\.\d+)?")
EPOCH = re.compile(r"[12]\d{9}(?:\d{3})?")
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
FIRST_SERIAL = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number has no zone
EARLIEST, LATEST = 1900, 2199
LONGEST = 60


@dataclass
class DateOrder:
    """Which order the numeric dates of a column are in, gathered over the whole of it."""

    day_first: bool = False
    month_first: bool = False
    open_example: str = ""

    @property
    def is_settled(self) -> bool:
        return self.day_first and self.month_first

    @property
    def order(self) -> str | None:
        """dmy or mdy; None where nothing says so or both are said."""
        if self.day_first == self.month_first:
            return None
        return "dmy" if self.day_first else "mdy"

    @property
    def is_ambiguous(self) -> bool:
        """Some date could be either, and the column does not say which it is."""
        return bool(self.open_example) and self.order is None

    def look(self, cells: Iterable[str]) -> None:
        """Take more cells into account. Dates parted by dots are day first everywhere and prove nothing."""
        for cell in cells:
            if cell[4:5] == "-" or not (found := NUMERIC_START.match(cell)):
                continue
            first, second = int(found[1]), int(found[3])
            if first > 12 >= second:
                self.day_first = True
            elif second > 12 >= first:
                self.month_first = True
            elif first != second and not self.open_example:
                self.open_example = cell.strip()


def moment_parser(options: Options) -> Parse:
    """To instants in UTC; what has no zone of its own is in the zone of the mapping."""
    zone, order = options.zone, options.date_order

    def parse(raw: str) -> datetime | Bad | None:
        text = raw.strip()
        if not text:
            return None
        read = _read(text, order)
        if isinstance(read, Bad):
            return read
        if not EARLIEST <= read.year <= LATEST:
            return bad(text, f"is not a date between {EARLIEST} and {LATEST}.")
        return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)

    return parse


def date_parser(options: Options) -> Parse:
    """To days: as written, or in the zone of the mapping where an instant has a zone of its own."""
    zone, order = options.zone, options.date_order

    def parse(raw: str) -> date | Bad | None:
        text = raw.strip()
        if not text:
            return None
        read = _read(text, order)
        if isinstance(read, Bad):
            return read
        if not EARLIEST <= read.year <= LATEST:
            return bad(text, f"is not a date between {EARLIEST} and {LATEST}.")
        return (read.astimezone(zone) if read.tzinfo else read).date()

    return parse


def _read(text: str, order: str | None) -> datetime | Bad:
    if len(text) > LONGEST:
        return bad(text, "is not a date.")
    try:
        if text[4:5] == "-":
            try:
                return datetime.fromisoformat(text)
            except ValueError:
                pass
        if found := DAY_NAMED.fullmatch(text):
            return _made(found[3], _month(found[2]), found[1], found.groups()[3:])
        if found := YEAR_FIRST.fullmatch(text):
            return _made(found[1], found[2], found[3], found.groups()[3:])
        if found := NUMERIC.fullmatch(text):
            return _numeric(found, order)
        if found := MONTH_NAMED.fullmatch(text):
            return _made(found[3], _month(found[1]), found[2], found.groups()[3:])
        return _number(text)
    except (ValueError, OverflowError):
        return bad(text, "is not a date.")


def _numeric(found: re.Match[str], order: str | None) -> datetime | Bad:
    first, second = found[1], found[3]
    if order is None:
        if found[2] != "." and first != second and int(first) <= 12 and int(second) <= 12:
            return bad(found[0], "can be read day first or month first; the mapping has to say which.")
        order = "mdy" if int(second) > 12 else "dmy"
    day, month = (second, first) if order == "mdy" else (first, second)
    if int(month) > 12:
        wanted = "month first" if order == "mdy" else "day first"
        return bad(found[0], f"has no month {month}; this column is read {wanted}.")
    return _made(found[4], month, day, found.groups()[4:])


def _made(year: str, month: str | int, day: str, clock: tuple[Any, ...]) -> datetime:
    whole = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
    hour, minute, second, half, zone = clock
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            raise ValueError(hours)
        hours = hours % 12 + (12 if half in "Pp" else 0)
    return datetime(
        whole, int(month), int(day), hours, int(minute or 0), int(second or 0), tzinfo=_zone(zone)
    )


def _month(name: str) -> int:
    try:
        return MONTHS[fold(name)]
    except KeyError:
        raise ValueError(name) from None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _number(text: str) -> datetime:
    """Seconds or milliseconds since 1970, a day written without marks, or a spreadsheet's serial number."""
    if EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
    if found := COMPACT.fullmatch(text):
        return datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 - the mapping's zone is set later
    if SERIAL.fullmatch(text):
        return FIRST_SERIAL + timedelta(seconds=round(float(text) * 86_400))
    raise ValueError(text)
