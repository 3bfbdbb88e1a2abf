"""Adopting: what is cut into acts, what cannot be stored, what changes a row that stands."""

from typing import Any

import pytest

from songsheet.base.adopting import MOST, Adopted, RowRefused, Table, TooManyRows, named, one, pieces, plain
from songsheet.base.tests.cast import TUESDAY
from songsheet.buyers.models import Company

TABLE = Table(Company)


def fault(given: dict[str, Any]) -> str:
    refused = TABLE.fault(given)
    assert refused is not None
    return refused[1]


def test_rows_are_cut_before_their_entries_pass_what_an_act_may_hold() -> None:
    cut = list(pieces(range(MOST), lambda row: 3))
    assert [len(piece) for piece in cut] == [666, 666, 666, 2]
    assert [row for piece in cut for row in piece] == list(range(MOST))


def test_more_rows_than_a_call_may_bring_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(TooManyRows):
        list(pieces(range(MOST + 1), lambda row: 1))


def test_a_text_that_is_too_long_or_holds_a_nul_is_refused_with_its_column() -> None:
    assert fault({"name": "x" * 301}) == "name"
    assert fault({"industry": "a\x00b"}) == "industry"
    assert fault({"custom": {"Note": "a\x00b"}}) == "custom"
    assert fault({"people_count": 2**31}) == "people_count"


def test_texts_are_trimmed_on_the_way() -> None:
    given = {"name": "  Brightwater "}
    assert TABLE.fault(given) is None
    assert given["name"] == "Brightwater"


def test_the_outcome_of_a_single_row_raises_what_rejected_it() -> None:
    with pytest.raises(RowRefused) as refused:
        one([Adopted("rejected", None, "Too long.", "name")])
    assert refused.value.field == "name"


def test_fields_are_named_without_what_only_we_use_and_values_are_plain() -> None:
    assert named(["company_id", "name", "name_folded"]) == "company, name"
    assert plain({"met_at": TUESDAY, "custom": {"a": 1}}) == {
        "met_at": TUESDAY.isoformat(),
        "custom": {"a": 1},
    }
