"""Personal values are sealed by person, read by key and gone after erasure."""

import pytest

from songsheet.base.ids import new_key
from songsheet.journal.sealed import forget, seal, seal_many, unseal, unseal_many

pytestmark = pytest.mark.django_db


def test_a_sealed_text_is_read_by_its_key() -> None:
    key = seal(new_key("person"), "note", "Prefers mornings")
    assert unseal(key) == "Prefers mornings"
    assert unseal(new_key("sealed")) is None


def test_forgetting_a_person_deletes_what_is_theirs_and_no_more() -> None:
    one, other = new_key("person"), new_key("person")
    keys = seal_many([(one, "note", "a"), (other, "note", "b"), (one, "call", "c")])
    assert unseal_many(keys) == dict(zip(keys, "abc", strict=True))
    assert forget(one) == 2
    assert unseal_many(keys) == {keys[1]: "b"}
