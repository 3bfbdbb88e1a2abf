"""Predicates: what is printed reads the same, nothing but a refusal is raised, unknown is a third answer."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songsheet.base.money import Money
from songsheet.song.facts.values import UNITS, Duration, Percent, Value, compare
from songsheet.song.predicate.reading import PredicateRefused, parsed
from songsheet.song.predicate.tree import (
    Compare,
    Every,
    In,
    Literal,
    Name,
    Node,
    Not,
    Some,
    names,
    printed,
)
from songsheet.song.predicate.weighing import deciding, must_fit, weighed

VALUES = st.one_of(
    st.booleans(),
    st.builds(Money, st.integers(-(10**9), 10**9), st.sampled_from(["EUR", "USD", "JPY"])),
    st.builds(Percent, st.integers(-(10**6), 10**6)),
    st.builds(Duration, st.integers(0, 10**6), st.sampled_from(list(UNITS))),
    st.decimals(-(10**9), 10**9, places=3),
    st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20),
)
NAMES = st.sampled_from(["guarantee.offered", "guarantee.days", "returns", "shipping.free", "a.b.c", "x_1"])
NAME: st.SearchStrategy[Name] = st.builds(Name, NAMES)
LITERAL: st.SearchStrategy[Literal] = st.builds(Literal, VALUES)
LEAF: st.SearchStrategy[Any] = st.one_of(
    NAME,
    st.builds(Compare, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), NAME | LITERAL, NAME | LITERAL),
    st.builds(In, NAME | LITERAL, st.lists(LITERAL, min_size=1, max_size=3).map(tuple), st.booleans()),
)
TREE: st.SearchStrategy[Any] = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(Every, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Some, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
PIECES = st.lists(
    st.sampled_from(
        ["and", "or", "not", "in", "(", ")", ",", "=", "<=", "x", "a.b", "30", "days", "EUR", "%", '"', "yes",
         "2026-02-30", " ", "\x00", "é", "9" * 30, "a" * 90, "\\", "--1"]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TREE)
def test_what_is_printed_is_read_as_the_same_tree(tree: Node) -> None:
    text = printed(tree)
    if len(text) <= 1000:
        assert parsed(text) == tree
        assert printed(parsed(text)) == text


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.text(max_size=60), PIECES.map(" ".join), PIECES.map("".join)))
def test_whatever_is_typed_is_read_or_refused_with_where_and_what(text: str) -> None:
    found: Node | PredicateRefused
    try:
        found = parsed(text)
    except PredicateRefused as refusal:
        found = refusal
    if isinstance(found, PredicateRefused):
        assert 0 <= found.position <= max(len(text), 1000)
        assert found.expected
    else:
        assert parsed(printed(found)) == found


def test_it_reads_as_it_is_said() -> None:
    tree = parsed("guarantee.offered and guarantee.days >= 30")
    days = Compare(">=", Name("guarantee.days"), Literal(Decimal(30)))
    assert tree == Every((Name("guarantee.offered"), days))
    assert parsed("a or b and not c") == Some((Name("a"), Every((Name("b"), Not(Name("c"))))))
    assert parsed("fee<=EUR 49.50") == parsed("fee <= 49.50 EUR")
    assert parsed("returns > 1 month") == Compare(">", Name("returns"), Literal(Duration(1, "months")))
    assert parsed('who in ("us", "a \\"friend\\"")') == In(
        Name("who"), (Literal("us"), Literal('a "friend"'))
    )
    assert parsed("vat not in (7%, 19%)") == In(
        Name("vat"), (Literal(Percent(700)), Literal(Percent(1900))), negated=True
    )


@pytest.mark.parametrize(
    ("text", "position"),
    [("", 0), ("a and", 5), ("a b", 2), ("(a or b", 7), ("30", 2), ("a >= ", 5), ("a = 2026-02-30", 4),
     ("a; b", 1), ("Import os", 0), ("a in 3", 5), ("a in (b)", 6), ("x = EUR days", 8), ("x = 1.5 days", 4),
     ("not " * 30 + "a", 80), ("a" * 81, 0), ("x = 500.001 EUR", 4), ("__import__", 0), ("a.__b", 0)],
)  # fmt: skip
def test_a_refusal_says_where_it_went_wrong(text: str, position: int) -> None:
    with pytest.raises(PredicateRefused) as refused:
        parsed(text)
    assert refused.value.position == position
    assert refused.value.expected in refused.value.sentence


def naive(tree: Node, known: dict[str, Value]) -> float:
    """A second computation: 1 is true, 0 is false, a half is unknown; and is the least, or the most."""
    if isinstance(tree, Every):
        return min(naive(one, known) for one in tree.parts)
    if isinstance(tree, Some):
        return max(naive(one, known) for one in tree.parts)
    if isinstance(tree, Not):
        return 1 - naive(tree.part, known)
    if isinstance(tree, Name):
        found = known.get(tree.name)
        return float(found) if isinstance(found, bool) else 0.5

    def value(one: Any) -> Any:
        return known.get(one.name) if isinstance(one, Name) else one.value

    if isinstance(tree, In):
        equal = [Compare("=", tree.left, one) for one in tree.items]
        found_in = max(naive(one, known) for one in equal)
        return 1 - found_in if tree.negated else found_in
    left, right = value(tree.left), value(tree.right)
    truth = None if left is None or right is None else compare(tree.sign, left, right)
    return 0.5 if truth is None else float(truth)


@settings(max_examples=300, deadline=None)
@given(TREE, st.dictionaries(NAMES, VALUES, max_size=5))
def test_it_is_weighed_as_a_second_computation_weighs_it(tree: Node, known: dict[str, Value]) -> None:
    assert {True: 1.0, False: 0.0, None: 0.5}[weighed(tree, known)] == naive(tree, known)
    assert set(deciding(tree, known)) <= set(names(tree))


@settings(max_examples=150, deadline=None)
@given(TREE, st.dictionaries(NAMES, VALUES, max_size=3), st.dictionaries(NAMES, VALUES, max_size=6))
def test_what_is_decided_stays_decided_when_more_is_known(
    tree: Node, known: dict[str, Value], more: dict[str, Value]
) -> None:
    first = weighed(tree, known)
    if first is not None:
        assert weighed(tree, {**more, **known}) is first


def test_a_part_that_is_unknown_decides_only_where_the_others_do_not() -> None:
    table = {True: "yes", False: "no"}
    for left, right in product((True, False, None), repeat=2):
        known = {name: value for name, value in (("a", left), ("b", right)) if value is not None}
        both = False if False in (left, right) else None if None in (left, right) else True
        either = True if True in (left, right) else None if None in (left, right) else False
        assert (weighed(parsed("a and b"), known), weighed(parsed("a or b"), known)) == (both, either), table
    assert weighed(parsed("not a"), {}) is None
    assert deciding(parsed("a and b"), {"a": True, "b": False}) == ["b"]
    assert deciding(parsed("a or b"), {"a": True}) == ["a"]


def test_months_and_days_are_compared_as_far_as_they_can_be() -> None:
    def is_so(text: str, returns: Duration) -> bool | None:
        return weighed(parsed(text), {"returns": returns})

    month = Duration(1, "months")
    assert is_so("returns >= 28 days", month) is True
    assert is_so("returns >= 30 days", month) is None
    assert is_so("returns > 31 days", month) is False
    assert is_so("returns = 12 months", Duration(1, "years")) is True
    assert is_so("returns >= 2 weeks", Duration(336, "hours")) is True
    assert weighed(parsed("fee < 50 EUR"), {"fee": Money(100, "USD")}) is None


def test_a_fact_is_compared_with_what_it_is() -> None:
    kinds = {"returns": "duration", "free": "offer", "days": "number", "by": "choice"}
    for good in (
        "free and returns >= 30 days",
        "days >= 30",
        'by in ("us")',
        "nobody.knows > 3",
        "free = no",
    ):
        must_fit(parsed(good), kinds)
    for wrong, place in (
        ("returns >= 30", 11), ("returns", 0), ("free >= yes", 5), ('by < "x"', 3),
        ("not (days and free)", 5),
        ("days in (1, 2%)", 12), ("30 <= returns", 0), ("1 = 2%", 0),
    ):  # fmt: skip
        with pytest.raises(PredicateRefused) as refused:
            must_fit(parsed(wrong), kinds)
        assert refused.value.position == place
