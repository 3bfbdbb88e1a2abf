"""Refusals carry what a page or an API answer says."""

import pytest

from songsheet.base.refusals import Busy, Conflict, NotAllowed, NotFound, Refusal, Stale, TooMany


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (Refusal, 422, "refused"),
        (NotFound, 404, "not_found"),
        (NotAllowed, 403, "not_allowed"),
        (Conflict, 409, "conflict"),
        (Stale, 409, "stale"),
        (TooMany, 429, "too_many"),
        (Busy, 503, "busy"),
    ],
)
def test_each_kind_has_its_status_and_code(kind: type[Refusal], status: int, code: str) -> None:
    refusal = kind("Not so. Try another.", field="name", since="10:12")
    assert (refusal.status, refusal.code) == (status, code)
    assert (str(refusal), refusal.sentence) == ("Not so. Try another.",) * 2
    assert (refusal.field, refusal.extra) == ("name", {"since": "10:12"})


def test_busy_has_its_own_sentence() -> None:
    assert "try again" in Busy().sentence
