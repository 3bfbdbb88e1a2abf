"""Money: integer minor units of one currency, rounded half to even once, never added across currencies."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_WITH_THREE = "BHD IQD JOD KWD LYD OMR TND"
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
_CODE = re.compile("[A-Z]{3}")
_TYPED = re.compile(
    r"(?P<sign>[-−])?(?P<whole>\d{1,3}(?:[ ,]\d{3})+|\d{1,15})(?P<rest>\.\d{1,3})?"
    r"(?: ?(?P<currency>[A-Za-z]{3}))?",
    re.ASCII,
)


def digits_of(currency: str) -> int:
    """How many decimals a currency's minor unit has."""
    return 0 if currency in _WITHOUT_DECIMALS else 3 if currency in _WITH_THREE else 2


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the minor unit of its currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are whole numbers, not {self.minor!r}")
        if not _CODE.fullmatch(self.currency):
            raise ValueError(f"{self.currency!r} is not a currency code")

    @classmethod
    def of(cls, amount: Decimal, currency: str) -> "Money":
        """From an amount in whole units, rounded half to even to the minor unit."""
        scaled = amount.scaleb(digits_of(currency)).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
        return cls(int(scaled), currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def times(self, ratio: int | Decimal | Fraction) -> "Money":
        """Multiplied by a ratio, rounded half to even once."""
        if isinstance(ratio, float):
            raise TypeError("a ratio is an int, Decimal or Fraction, never a float")
        return Money(round(Fraction(ratio) * self.minor), self.currency)

    def basis_points(self, points: int) -> "Money":
        """This many ten-thousandths of the amount."""
        return self.times(Fraction(points, 10_000))

    def decimal(self) -> Decimal:
        """The amount in whole units."""
        return Decimal(self.minor).scaleb(-digits_of(self.currency))

    def format(self) -> str:
        """For people: `€214,000`, with decimals only where there are some."""
        sign = _SIGNS.get(self.currency, self.currency + " ")
        whole, rest = divmod(abs(self.minor), 10 ** digits_of(self.currency))
        tail = f".{rest:0{digits_of(self.currency)}d}" if rest else ""
        return f"{'−' if self.minor < 0 else ''}{sign}{whole:,}{tail}"

    def __str__(self) -> str:
        return self.format()

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} are not added without a dated rate")
        return other.minor


def typed_money(text: str, currency: str = "") -> Money | None:
    """What one typed, 22,700.50 or 22700.50 EUR, in this currency unless it names one; None if it is none."""
    found = _TYPED.fullmatch(text.strip())
    currency = (found["currency"] or currency).upper() if found else ""
    if found is None or not _CODE.fullmatch(currency):
        return None
    whole = re.sub("[ ,]", "", found["whole"])
    amount = Money.of(Decimal(whole + (found["rest"] or "")), currency)
    return -amount if found["sign"] else amount
