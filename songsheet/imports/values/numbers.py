"""Numbers, shares and durations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from songsheet.imports.values.bad import Bad, Parse, bad
from songsheet.imports.values.options import Options

SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’_]")
POINT = re.compile(r"\d+(?:\.\d+)?|\.\d+|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?", re.ASCII)
COMMA = re.compile(r"\d+(?:,\d+)?|,\d+|\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)

LONGEST_NUMBER = 26
NOT_NUMBER = re.compile(r"[^\d.,]")
HOURS = re.compile(r"(?:(\d+):)?(\d{1,4}):(\d{2})(?:\.\d+)?", re.ASCII)
SPOKEN = re.compile(
    r"(?:(\d+)\s*(?:h|hrs?|hours?|std|stunden?|heures?|horas?)\.?)?\s*"
    r"(?:(\d+)\s*(?:m|mins?|minutes?|minuten|minutos?)\.?)?\s*"
    r"(?:(\d+)\s*(?:s|secs?|seconds?|sekunden|secondes|segundos?)\.?)?",
    re.IGNORECASE,
)
UNITS = {
    "seconds": Decimal(1),
    "minutes": Decimal(60),
    "hours": Decimal(3600),
    "milliseconds": Decimal("0.001"),
}


@dataclass
class NumberStyle:
    """How the numbers of a column are written, gathered over the whole of it."""

    comma_decimal: int = 0
    point_decimal: int = 0
    above_one: bool = False
    below_one: bool = False

    @property
    def fractions(self) -> bool:
        """Shares written as 0.25 and never as 25."""
        return self.below_one and not self.above_one

    def decimal(self, otherwise: str) -> str:
        """The decimal mark the column shows, or the given one where it shows none."""
        if self.comma_decimal == self.point_decimal:
            return otherwise
        return "," if self.comma_decimal > self.point_decimal else "."

    def look(self, cells: Iterable[str]) -> None:
        """Take more cells into account: a mark that cannot part thousands parts decimals."""
        for cell in cells:
            digits = NOT_NUMBER.sub("", cell)
            self._compare(digits, is_share="%" not in cell)
            mark = "." if digits.rfind(".") > digits.rfind(",") else ","
            head, found, tail = digits.rpartition(mark)
            if not found:
                continue
            other = "," if mark == "." else "."
            if mark in head:
                mark = other if other not in head else ""
            elif other not in head and len(tail) == 3 and head not in ("", "0") and len(head) <= 3:
                continue
            self.comma_decimal += mark == ","
            self.point_decimal += mark == "."

    def _compare(self, digits: str, *, is_share: bool) -> None:
        try:
            number = float(digits.replace(",", "."))
        except ValueError:
            return
        self.above_one = self.above_one or number > 1 or not is_share
        self.below_one = self.below_one or 0 < number < 1


def unsigned(text: str, decimal: str) -> Decimal | None:
    """The number a text says; None if it says none, or one that nothing here can be."""
    if len(text) > LONGEST_NUMBER:
        return None
    if text.isdigit() and text.isascii():
        return Decimal(text)
    text = SPACES.sub("", text)
    if not (POINT if decimal == "." else COMMA).fullmatch(text):
        return None
    return Decimal(text.replace(",", "") if decimal == "." else text.replace(".", "").replace(",", "."))


def _signed(text: str, decimal: str) -> Decimal | None:
    minus = text[:1] in "-−(" or text[-1:] == "-"
    number = unsigned(text.strip("-−+() "), decimal)
    return -number if minus and number is not None else number


def number_parser(options: Options) -> Parse:
    """To decimals."""

    def parse(raw: str) -> Decimal | Bad | None:
        text = raw.strip()
        if not text:
            return None
        number = _signed(text, options.decimal)
        return bad(text, "is not a number.") if number is None else number

    return parse


def integer_parser(options: Options) -> Parse:
    """To whole numbers from 0 on, as counts are."""

    def parse(raw: str) -> int | Bad | None:
        text = raw.strip()
        if not text:
            return None
        number = _signed(text, options.decimal)
        if number is None or number != number.to_integral_value():
            return bad(text, "is not a whole number.")
        if not 0 <= number < 2**31:
            return bad(text, "is below 0 or too large.")
        return int(number)

    return parse


def percent_parser(options: Options) -> Parse:
    """To basis points: 45 and 45 % are 4,500, and 0.45 too where the whole column is written so."""
    scale = 10_000 if options.fractions else 100

    def parse(raw: str) -> int | Bad | None:
        text = raw.strip()
        if not text:
            return None
        bare = text.rstrip("% \u00a0")
        number = _signed(bare, options.decimal)
        if number is None or number < 0:
            return bad(text, "is not a share in per cent.")
        points = int((number * (100 if bare != text else scale)).quantize(Decimal(1), ROUND_HALF_EVEN))
        return points if points < 2**31 else bad(text, "is too large for a share.")

    return parse


def duration_parser(options: Options) -> Parse:
    """To whole seconds: 420 (in the column's unit), 07:00, 1:07:00, 1h 7m."""
    unit = UNITS[options.unit]

    def parse(raw: str) -> int | Bad | None:
        text = raw.strip()
        if not text:
            return None
        if found := HOURS.fullmatch(text):
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return hours * 3600 + minutes * 60 + seconds
        if (number := unsigned(text, options.decimal)) is not None:
            seconds = int(number * unit)
            return seconds if seconds < 2**31 else bad(text, "is too long for a duration.")
        if len(text) <= LONGEST_NUMBER and (found := SPOKEN.fullmatch(text)):
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return hours * 3600 + minutes * 60 + seconds
        return bad(text, "is not a duration.")

    return parse
