"""So many of something, however it was written, and when two of them are the same."""

from dataclasses import dataclass

from songsheet.content.scan.lexicon.units import DAY, HOUR
from songsheet.content.scan.words import Word

#: Two lengths of time are the same if they differ by no more: months are not all alike.
NEAR_ENOUGH = 0.035
#: How facts name their units.
FACT_UNITS = {
    "minutes": ("time", 1.0),
    "hours": ("time", HOUR),
    "working hours": ("work", HOUR),
    "days": ("time", DAY),
    "working days": ("work", DAY),
    "weeks": ("time", 7 * DAY),
    "months": ("time", 30 * DAY),
    "years": ("time", 365 * DAY),
    "basis points": ("share", 0.01),
    "kg": ("mass", 1000.0),
    "cm": ("length", 10.0),
    "mm": ("length", 1.0),
    "m": ("length", 1000.0),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many of something: words `first` to `last`, what is measured, and how much of the smallest unit."""

    first: int
    last: int
    measure: str
    amount: float
    bound: str = ""
    rate: bool = False
    noun: Word | None = None
    period: str = ""

    def same(self, other: "Quantity") -> bool:
        return (
            comparable(self.measure, other.measure)
            and self.of_the_same(other)
            and any(
                abs(mine - theirs)
                <= (NEAR_ENOUGH if self.measure in ("time", "work") else 1e-6) * max(mine, theirs)
                for mine in _spans(self)
                for theirs in _spans(other)
            )
        )

    def of_the_same(self, other: "Quantity") -> bool:
        """Seats are places; what names nothing counts anything."""
        if self.noun is None or other.noun is None:
            return True
        return self.noun.stem == other.noun.stem or bool(self.noun.ideas & other.noun.ideas)


def comparable(one: str, other: str) -> bool:
    return one == other or {one, other} == {"time", "work"}


def _spans(quantity: Quantity) -> tuple[float, ...]:
    """Working days in days of the calendar too: fifteen of them are three weeks."""
    if quantity.measure != "work" or quantity.amount < DAY:
        return (quantity.amount,)
    return (quantity.amount, quantity.amount * 7 / 5)
