"""The typed values of facts: how they are typed, kept, said and compared; a comparison may stay unknown."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from songsheet.base.money import Money, typed_money
from songsheet.base.text import clean, fold
from songsheet.song.errors import NotSung

#: Kind of value → what it is called.
KINDS = {
    "offer": gettext_lazy("Offered or not"),
    "yes_no": gettext_lazy("Yes or no"),
    "money": gettext_lazy("Money"),
    "percent": gettext_lazy("Percentage"),
    "duration": gettext_lazy("Duration"),
    "number": gettext_lazy("Number"),
    "date": gettext_lazy("Date"),
    "choice": gettext_lazy("Choice"),
    "text": gettext_lazy("Text"),
}
#: Unit → how many minutes it has at least and at most.
_HOUR, _DAY = 60, 1440
UNITS: dict[str, tuple[int, int]] = {
    "minutes": (1, 1),
    "hours": (_HOUR, _HOUR),
    "days": (_DAY, _DAY),
    "weeks": (7 * _DAY, 7 * _DAY),
    "months": (28 * _DAY, 31 * _DAY),
    "years": (365 * _DAY, 366 * _DAY),
}
#: Units that hold a whole number of another: comparing them is exact.
_MONTHS = {"months": 1, "years": 12}
MOST = 10**12


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of a unit. A month is 28 to 31 days, and a comparison that hangs on it stays unknown."""

    count: int
    unit: str

    def bounds(self) -> tuple[int, int]:
        """At least and at most so many minutes."""
        low, high = UNITS[self.unit]
        return self.count * low, self.count * high

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit[:-1]}"


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in hundredths of a percent."""

    points: int

    def __str__(self) -> str:
        return f"{plain(Decimal(self.points) / 100)}%"


#: What a fact can say.
Value = bool | Money | Percent | Duration | Decimal | date | str
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
_PERCENT = re.compile(r"(-?\d{1,6}(?:\.\d{1,2})?) ?%", re.ASCII)
_DURATION = re.compile(r"(\d{1,9}) ?(minute|hour|day|week|month|year)s?", re.ASCII)
_YES = {"yes": True, "true": True, "no": False, "false": False}
_OFFERED = {**_YES, "offered": True, "not offered": False}
LONGEST_TEXT = 500


def plain(number: Decimal) -> str:
    """A number without needless noughts."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_of(text: str) -> Decimal | None:
    """What one typed as a number."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def percent_of(text: str) -> Percent | None:
    """What one typed as a percentage, such as 19 % or 2.5%."""
    found = _PERCENT.fullmatch(text)
    return Percent(int(Decimal(found[1]) * 100)) if found else None


def duration_of(text: str) -> Duration | None:
    """What one typed as a duration, such as 30 days."""
    found = _DURATION.fullmatch(text.lower())
    return Duration(int(found[1]), f"{found[2]}s") if found else None


def date_of(text: str) -> date | None:
    """What one typed as a day, such as 2026-05-12."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError:
        return None


def money_of(text: str, currency: str = "") -> Money | None:
    """What one typed as money: 500 EUR, EUR 500, 1,250.50 in the currency of the house."""
    turned = re.fullmatch(r"([A-Za-z]{3}) (.+)", text)
    found = typed_money(f"{turned[2]} {turned[1]}" if turned else text, currency)
    return found if found and abs(found.minor) <= MOST else None


def typed(kind: str, text: str, *, choices: tuple[str, ...] = (), currency: str = "") -> Value:
    """The value that somebody typed for a fact of a kind; refused with what is expected."""
    given = " ".join(clean(text, LONGEST_TEXT, field="value").split())
    found: Value | None
    if kind in ("offer", "yes_no"):
        found = (_OFFERED if kind == "offer" else _YES).get(given.lower())
    elif kind == "choice":
        found = next((one for one in choices if fold(one) == fold(given)), None)
    elif kind == "text":
        found = given or None
    elif kind == "money":
        found = money_of(given, currency)
    else:
        read = {"percent": percent_of, "duration": duration_of, "number": number_of, "date": date_of}
        found = read[kind](given)
    if found is None:
        raise NotSung(f"“{given[:60]}” is not {_expected(kind, choices)}. Write it like that.", field="value")
    return found


def _expected(kind: str, choices: tuple[str, ...]) -> str:
    return {
        "offer": "“offered” or “not offered”",
        "yes_no": "“yes” or “no”",
        "money": "an amount such as 500 EUR",
        "percent": "a percentage such as 19 %",
        "duration": "a duration such as 30 days",
        "number": "a number such as 30 or 2.5",
        "date": "a day such as 2026-05-12",
        "choice": f"one of {', '.join(choices)}",
        "text": "a text",
    }[kind]


def kept(value: Value) -> Any:
    """A value as its row keeps it."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, Percent):
        return {"points": value.points}
    if isinstance(value, Duration):
        return {"count": value.count, "unit": value.unit}
    return (
        plain(value)
        if isinstance(value, Decimal)
        else value.isoformat()
        if isinstance(value, date)
        else value
    )


def read(kind: str, stored: Any) -> Value:
    """A kept value again."""
    if kind == "money":
        return Money(stored["minor"], stored["currency"])
    if kind == "percent":
        return Percent(stored["points"])
    if kind == "duration":
        return Duration(stored["count"], stored["unit"])
    if kind == "number":
        return Decimal(stored)
    if kind == "date":
        return date.fromisoformat(stored)
    value: Value = stored
    return value


def said(kind: str, value: Value, unit: str = "") -> str:
    """A value in words."""
    if kind == "offer":
        return _("offered") if value else _("not offered")
    if kind == "yes_no":
        return _("yes") if value else _("no")
    words = plain(value) if isinstance(value, Decimal) else str(value)
    return f"{words} {unit}" if unit and kind == "number" else words


def typed_again(kind: str, value: Value) -> str:
    """A value as one would type it."""
    if isinstance(value, Money):
        return f"{plain(value.decimal())} {value.currency}"
    return said(kind, value)


def compare(sign: str, left: Value, right: Value) -> bool | None:
    """Whether one value stands so to another; None where that cannot be said."""
    order = _order(left, right)
    if order is None:
        return None
    low, high = order
    if sign in ("=", "!="):
        same = True if low == high == 0 else False if low > 0 or high < 0 else None
        return same if sign == "=" or same is None else not same
    certain = {
        "<": (high < 0, low >= 0), "<=": (high <= 0, low > 0),
        ">": (low > 0, high <= 0), ">=": (low >= 0, high < 0),
    }[sign]  # fmt: skip
    return True if certain[0] else False if certain[1] else None


def _order(left: Value, right: Value) -> tuple[int, int] | None:
    """Between which bounds the difference lies: -1, 0 or 1 each; None where two cannot be compared."""
    if isinstance(left, str) and isinstance(right, str):
        order = _sign(fold(left), fold(right))
        return order, order
    if isinstance(left, Duration) and isinstance(right, Duration):
        return _between(left, right)
    if isinstance(left, Money) and isinstance(right, Money):
        if left.currency != right.currency:
            return None
        order = _sign(left.minor, right.minor)
        return order, order
    if isinstance(left, Percent) and isinstance(right, Percent):
        order = _sign(left.points, right.points)
        return order, order
    if type(left) is type(right):
        order = _sign(left, right)
        return order, order
    return None


def _between(left: Duration, right: Duration) -> tuple[int, int]:
    if left.unit in _MONTHS and right.unit in _MONTHS:
        order = _sign(left.count * _MONTHS[left.unit], right.count * _MONTHS[right.unit])
        return order, order
    (low, high), (least, most) = left.bounds(), right.bounds()
    return _sign(low, most), _sign(high, least)


def _sign(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)
