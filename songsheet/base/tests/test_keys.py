"""Keys: unique, in order of time, of one form."""

import re

import pytest

from songsheet.base.ids import NotAKey, many_keys, new_key, prefix_of


def test_a_key_is_its_prefix_and_twenty_six_lowercase_characters() -> None:
    assert re.fullmatch("lead_[0-9a-hjkmnp-tv-z]{26}", new_key("lead"))


def test_keys_differ_and_ascend() -> None:
    keys = many_keys("touch", 5_000)
    assert len(set(keys)) == 5_000
    assert keys == sorted(keys)


def test_the_prefix_of_a_key_is_read_back() -> None:
    assert prefix_of(new_key("person")) == "person"


@pytest.mark.parametrize(
    "given", ["", "lead", "lead_", "lead_1", "LEAD_" + "0" * 26, "lead_" + "u" * 26, "a@b"]
)
def test_what_has_not_the_form_of_a_key_is_refused(given: str) -> None:
    with pytest.raises(NotAKey) as refused:
        prefix_of(given)
    assert refused.value.status == 404
