"""Money is exact: whole minor units of one currency, rounded half to even once."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songsheet.base.money import Money, digits_of

EUR, USD = Money(21_400_000, "EUR"), Money(5, "USD")
amounts = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (EUR, "€214,000"),
        (Money(123_456, "USD"), "$1,234.56"),
        (Money(5, "GBP"), "£0.05"),
        (Money(-150, "EUR"), "−€1.50"),
        (Money(1_500, "JPY"), "¥1,500"),
        (Money(1_500, "BHD"), "BHD 1.500"),
        (Money(100, "CHF"), "CHF 1"),
        (Money(0, "EUR"), "€0"),
    ],
)
def test_it_is_written_for_people(money: Money, text: str) -> None:
    assert money.format() == str(money) == text


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("12.345", "EUR", 1_234), ("12.355", "EUR", 1_236), ("1200", "JPY", 1_200), ("1.2345", "KWD", 1_234)],
)
def test_whole_units_are_rounded_half_to_even(amount: str, currency: str, minor: int) -> None:
    assert Money.of(Decimal(amount), currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("minor", "ratio", "result"), [(5, "0.5", 2), (15, "0.5", 8), (-5, "0.5", -2), (100, "1.5", 150)]
)
def test_a_ratio_rounds_half_to_even(minor: int, ratio: str, result: int) -> None:
    assert Money(minor, "EUR").times(Decimal(ratio)) == Money(result, "EUR")
    assert Money(minor, "EUR").times(Fraction(ratio)) == Money(result, "EUR")


def test_basis_points_are_ten_thousandths() -> None:
    assert Money(10_000, "EUR").basis_points(250) == Money(250, "EUR")


def test_currencies_are_never_mixed() -> None:
    with pytest.raises(ValueError, match="dated rate"):
        EUR + USD
    with pytest.raises(ValueError, match="dated rate"):
        EUR - USD


@pytest.mark.parametrize(
    ("minor", "currency"), [(1.5, "EUR"), (True, "EUR"), (1, "eur"), (1, "EURO"), (1, "")]
)
def test_what_is_not_money_is_refused(minor: Any, currency: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        Money(minor, currency)


def test_floats_are_not_ratios() -> None:
    with pytest.raises(TypeError):
        EUR.times(0.1)  # type: ignore[arg-type]


@given(amounts, amounts)
def test_adding_and_taking_away_undo_each_other(one: int, other: int) -> None:
    a, b = Money(one, "EUR"), Money(other, "EUR")
    assert a + b - b == a
    assert a - a == Money(0, "EUR") == a + -a


@given(amounts, st.sampled_from(["EUR", "JPY", "BHD"]))
def test_whole_units_and_back_is_the_same(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.decimal(), currency) == money
    assert -money.decimal().as_tuple().exponent == digits_of(currency)  # type: ignore[operator]
