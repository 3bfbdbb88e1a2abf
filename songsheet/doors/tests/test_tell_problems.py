"""Every refusal of the house is told as a problem with its status, code and sentence."""

import errno
import importlib
import pkgutil
from typing import Any

import psycopg
import pytest
from django.db import DataError, OperationalError
from psycopg.errors import AdminShutdown, DiskFull, LockNotAvailable, NumericValueOutOfRange
from pydantic import BaseModel, Field, ValidationError

import songsheet
from songsheet.base.refusals import Busy, Refusal, Stale
from songsheet.doors.problems import from_database, from_machine, from_validation, problem_response


def every_refusal() -> list[type[Refusal]]:
    """All subclasses that the parts declare."""
    for part in pkgutil.iter_modules(songsheet.__path__):
        for name in ("errors", "adopting"):
            if importlib.util.find_spec(f"songsheet.{part.name}.{name}") if part.ispkg else None:
                importlib.import_module(f"songsheet.{part.name}.{name}")
    found: list[type[Refusal]] = [Refusal]
    for one in found:
        found += [sub for sub in one.__subclasses__() if sub.__module__.startswith("songsheet.")]
    return sorted(set(found), key=lambda one: one.__qualname__)


@pytest.mark.parametrize("refusal", every_refusal(), ids=lambda one: one.__qualname__)
def test_each_refusal_has_a_status_and_a_code_of_its_own(refusal: type[Refusal]) -> None:
    assert refusal.status in (400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 503)
    assert refusal.code == refusal.code.lower().strip()
    assert " " not in refusal.code


def told(refusal: Refusal) -> Any:
    import json

    answer = problem_response(refusal)
    assert answer["Content-Type"] == "application/problem+json"
    return answer, json.loads(answer.content)


def test_a_problem_says_what_and_where() -> None:
    answer, body = told(Refusal("It cannot be. Try another.", field="email", since="2026"))
    assert answer.status_code == body["status"] == 422
    assert body["detail"] == "It cannot be. Try another."
    assert body["errors"] == {"email": ["It cannot be. Try another."]}
    assert body["extra"] == {"since": "2026"}


def test_telling_a_problem_twice_says_the_same() -> None:
    refusal = Refusal("No.", errors={"name": ["Too long."]})
    assert told(refusal)[1] == told(refusal)[1]


def test_who_is_to_wait_is_told_how_long() -> None:
    answer, _ = told(Busy())
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Retry-After" not in told(Stale("Stale."))[0]


def test_validation_is_told_by_field_in_our_words() -> None:
    class Given(BaseModel):
        hours: int = Field(ge=1)

    with pytest.raises(ValidationError) as wrong:
        Given.model_validate({"hours": 0})
    assert "hours" in from_validation(wrong.value).extra["errors"]


def raised(error: Exception, cause: Exception) -> Any:
    error.__cause__ = cause
    return error


def test_what_the_database_cannot_do_now_or_ever_is_told_and_the_rest_is_ours() -> None:
    busy = from_database(raised(OperationalError(), LockNotAvailable()))
    assert busy is not None
    assert busy.status == 503
    unstorable = from_database(raised(DataError(), NumericValueOutOfRange()))
    assert unstorable is not None
    assert unstorable.status == 422
    assert from_database(raised(DataError(), ValueError())) is None


def test_a_full_disk_and_a_database_that_is_away_are_told_as_busy() -> None:
    full = (raised(OperationalError(), DiskFull()), OSError(errno.ENOSPC, "No space left on device"))
    away = (
        raised(OperationalError(), AdminShutdown()),
        raised(OperationalError(), psycopg.OperationalError()),
    )
    for error in (*full, *away):
        refusal = from_machine(error)
        assert refusal is not None
        assert (refusal.status, refusal.code) == (503, "no_room" if error in full else "not_there")
    assert from_machine(OSError(errno.ENOENT, "No such file")) is None
    assert from_machine(None) is None
