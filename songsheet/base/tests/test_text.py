"""Texts are compared folded and stored clean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songsheet.base.text import TextRefused, clean, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Ada   LOVELACE ", "ada lovelace"),
        ("Zoë Müller", "zoe muller"),
        ("Straße", "strasse"),
        ("SØRBY Łódź Đaković Þórður Ħal", "sorby lodz dakovic thordur hal"),
        ("Æther œuvre IŞIK ışık", "aether oeuvre isik isik"),
        ("Ǿ Ǽ ǣ", "o ae ae"),
        ("ﬁne", "fine"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("ΟΔΟΣ", "οδοσ"),
        ("e\u0301 and \u00e9", "e and e"),
        ("tab\tand\nline", "tab and line"),
        ("", ""),
    ],
)
def test_folding_takes_away_what_does_not_distinguish(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_makes_no_difference_to_ascii(text: str) -> None:
    plain = "".join(letter for letter in text if letter.isascii())
    assert fold(plain.upper()) == fold(plain.lower())


def test_cleaning_trims() -> None:
    assert clean("  Ada ", 10) == "Ada"


@pytest.mark.parametrize("text", ["a\x00b", "far too long"])
def test_what_cannot_be_stored_is_refused_with_its_field(text: str) -> None:
    with pytest.raises(TextRefused) as refused:
        clean(text, 5, field="name")
    assert (refused.value.field, refused.value.status) == ("name", 422)
