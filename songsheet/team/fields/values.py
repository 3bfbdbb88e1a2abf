"""Values of declared fields: read as typed, checked as sent, written as one would type them."""

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from songsheet.base.adopting import RowRefused
from songsheet.base.money import Money, typed_money
from songsheet.base.text import clean, fold
from songsheet.team.models import CustomField, House

Type = CustomField.Type
LONGEST = 5_000
_LARGEST = 10**15
_TYPED_NUMBER = re.compile(r"[+-]?(\d{1,3}([ ,]\d{3})+|\d+)(\.\d+)?")
_HOST = re.compile(r"[^\s/?#@]+\.[^\s/?#@.]{2,}(:\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
YES, NO = ("yes", "true", "1"), ("no", "false", "0")


def read(field: CustomField, text: str) -> Any:
    """The value behind what was typed; None where it was emptied."""
    text = clean(text, LONGEST, field="value")
    if not text:
        return check(field, None)
    if field.type == Type.NUMBER and _TYPED_NUMBER.fullmatch(text):
        bare = text.replace(",", "").replace(" ", "")
        return check(field, float(bare) if "." in bare else int(bare))
    if field.type == Type.MONEY:
        found = typed_money(text, "" if text[-1:].isalpha() else house_currency())
        return check(field, {found.currency: found.minor} if found else text)
    if field.type == Type.YES_NO and fold(text) in (*YES, *NO):
        return fold(text) in YES
    return check(field, text)


def check(field: CustomField, value: Any) -> Any:
    """The value as it is kept, of the declared type; refused where it is none."""
    if value is None or value == "":
        if field.is_required:
            raise _refused(field, "cannot be emptied. Give a value.")
        return None
    return _CHECKS[field.type](field, value)


def write(field: CustomField, value: Any) -> str:
    """As one would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if money := money_in(value):
        return f"{money.decimal()} {money.currency}"
    return str(value)


def money_in(value: Any) -> Money | None:
    """A kept amount: one currency with its minor units; None where it is none."""
    if isinstance(value, dict) and len(value) == 1:
        ((currency, minor),) = value.items()
        if type(minor) is int and abs(minor) <= _LARGEST and re.fullmatch("[A-Z]{3}", currency):
            return Money(minor, currency)
    return None


def house_currency() -> str:
    """What an amount is in that names no currency."""
    return str(House.objects.values_list("currency", flat=True).get(id=1))


def _refused(field: CustomField, why: str) -> RowRefused:
    return RowRefused(f"“{field.label[:60]}” {why}", field=f"custom.{field.name}")


def _text(field: CustomField, value: Any) -> str:
    if not isinstance(value, str):
        raise _refused(field, "is a text. Send it as one.")
    return clean(value, LONGEST, field=f"custom.{field.name}")


def _number(field: CustomField, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refused(field, "is a number, such as 250 or 12.5.")
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise _refused(field, f"is a number of at most {_LARGEST:,}.")
    return value


def _money(field: CustomField, value: Any) -> dict[str, int]:
    if money := money_in(value):
        return {money.currency: money.minor}
    raise _refused(
        field, 'is an amount with its currency. Write it like 22,700.50 EUR; send it like {"EUR": 2270050}.'
    )


def _date(field: CustomField, value: Any) -> str:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value) and 1900 <= date.fromisoformat(value).year < 3000:
            return value
    except ValueError:
        pass
    raise _refused(field, "is a day. Write it like 2026-05-12.")


def _yes_no(field: CustomField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refused(field, "is yes or no.")
    return value


def _choice(field: CustomField, value: Any) -> str:
    said = fold(value) if isinstance(value, str) else None
    for key, label in field.choices:
        if value == key or said == fold(label):
            return key
    offered = ", ".join(label for _key, label in field.choices)
    raise _refused(field, f"is one of: {offered[:400]}.")


def _url(field: CustomField, value: Any) -> str:
    text = _text(field, value)
    if _HOST.fullmatch(text.split("/")[0]):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
        raise _refused(field, "is a web address, such as https://example.com/page.")
    return text


_CHECKS: dict[str, Callable[[CustomField, Any], Any]] = {
    Type.TEXT: _text,
    Type.NUMBER: _number,
    Type.MONEY: _money,
    Type.DATE: _date,
    Type.YES_NO: _yes_no,
    Type.CHOICE: _choice,
    Type.URL: _url,
}
