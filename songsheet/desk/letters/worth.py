"""Money of the letters, never across currencies: what leaks are worth, how cost falls on rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from songsheet.desk.letters.count import Counts, Leaked

Money = dict[str, int]


def worth_of(leaked: Leaked, counts: Counts) -> tuple[Money, bool]:
    """What can still be saved: open amounts as they stand, and an expectation for leads without one.

    The expectation of a lead is the won rate of its source times the median of what won leads of that source
    brought, per currency, among the leads that are asked for. The second value says whether one is in it.
    """
    expected: dict[str, Fraction] = defaultdict(Fraction)
    came: dict[int | None, int] = defaultdict(int)
    for (source, _), (leads, _, _) in counts.came.items():
        came[source] += leads
    for (source, currency), (won, median) in counts.median.items():
        expected[currency] += leaked.unpriced.get(source, 0) * Fraction(won, came[source]) * median
    value = {
        currency: leaked.open.get(currency, 0) + round(expected.get(currency, Fraction()))
        for currency in sorted({*leaked.open, *expected})
    }
    return {currency: minor for currency, minor in value.items() if minor}, any(expected.values())


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """An amount in proportion to weights, by largest remainder: the parts sum to the amount."""
    whole = sum(weights)
    if not whole:
        return [0 for _ in weights]
    parts = [amount * weight // whole for weight in weights]
    most = sorted(range(len(weights)), key=lambda place: (-(amount * weights[place] % whole), place))
    for place in most[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def in_order(value: Mapping[str, int], currency: str) -> tuple[int, int]:
    """By what a value sorts: the currency of the house first, then the most in any one other."""
    return value.get(currency, 0), max((minor for one, minor in value.items() if one != currency), default=0)
