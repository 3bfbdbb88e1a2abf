"""Money: with a sign, a code or neither, written out or as thousands and millions."""

import re

from songsheet.base.money import Money
from songsheet.imports.values.bad import Bad, Parse, bad
from songsheet.imports.values.numbers import unsigned
from songsheet.imports.values.options import Options
from songsheet.imports.values.words import CROWNS, CURRENCIES, DOLLARS, SIGNS

MONEY = re.compile(
    r"(?P<minus>[-−(])?\s*(?P<before>[^\d\s.,'’()+\-−]{1,4}\.?)?\s*(?P<inner>[-−])?"
    r"(?P<number>[\d.,'’\s\u00a0\u202f]*\d)\s*"
    r"(?P<scale>(?i:k|m|b|t|bn|mn|mm|mio|mrd|tsd)\.?(?![^\W\d_]))?\s*(?P<after>[^\d\s.,'’()+\-−]{1,4}\.?)?\s*(?P<end>[-−)])?"
)
SCALES = {
    "k": 3, "tsd": 3, "m": 6, "mn": 6, "mm": 6, "mio": 6, "b": 9, "bn": 9, "mrd": 9, "t": 12,
}  # fmt: skip
LARGEST = 10**17
LONGEST = 60
PAIR = "\x1f"


def money_parser(options: Options) -> Parse:
    """To money. A cell may bring its currency along, or as `code PAIR cell` that of another column."""

    def parse(raw: str) -> Money | Bad | None:
        stated, _, cell = raw.rpartition(PAIR)
        text = cell.strip()
        if not text:
            return None
        found = MONEY.fullmatch(text) if len(text) <= LONGEST else None
        number = unsigned(found["number"], options.decimal) if found else None
        if found is None or number is None:
            return bad(text, "is not an amount of money.")
        sign = found["before"] or found["after"] or ""
        currency = _currency(sign, stated.strip().upper() or options.currency)
        if currency is None or (found["before"] and found["after"]):
            return bad(text, "is in a currency that is not known.")
        if scale := (found["scale"] or "").lower().rstrip("."):
            number = number.scaleb(SCALES[scale])
        if number > LARGEST:
            return bad(text, "is too large for an amount of money.")
        below = found["minus"] or found["inner"] or found["end"] == "-"
        return Money.of(-number if below else number, currency)

    return parse


def _currency(sign: str, stated: str) -> str | None:
    if not sign:
        return stated if stated in CURRENCIES else None
    sign = sign.upper().rstrip(".")
    if sign == "$":
        return stated if stated in DOLLARS else "USD"
    if sign == "KR":
        return stated if stated in CROWNS else None
    return sign if sign in CURRENCIES else SIGNS.get(sign)


def currency_parser(options: Options) -> Parse:
    """To ISO codes."""

    def parse(raw: str) -> str | Bad | None:
        text = raw.strip()
        if not text:
            return None
        return _currency(text, options.currency) or bad(text, "is no currency that is known.")

    return parse
