"""Problem details (RFC 9457): every refusal answers in one form, on the API and on pages."""

import errno
from typing import Any

from django.db import DataError, OperationalError
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from psycopg.errors import LockNotAvailable, QueryCanceled
from pydantic import BaseModel, ValidationError

from songsheet.base.refusals import Busy, Refusal


class Problem(BaseModel):
    """application/problem+json: `detail` is the sentence for people, `code` the name for programs."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: dict[str, list[str]] | None = None
    extra: dict[str, Any] | None = None


class NotAsExpected(Refusal):
    """What was sent does not have the form that was asked for."""

    status = 422
    code = "not_as_expected"


def problem_of(refusal: Refusal) -> Problem:
    """The refusal as problem details."""
    extra = {name: value for name, value in refusal.extra.items() if name != "errors"}
    return Problem(
        type=f"/docs/problems#{refusal.code}",
        title=refusal.code.replace("_", " ").capitalize(),
        status=refusal.status,
        code=refusal.code,
        detail=refusal.sentence,
        errors=errors_of(refusal) or None,
        extra=extra or None,
    )


def errors_of(refusal: Refusal) -> dict[str, list[str]]:
    """What is wrong by field name; empty where the refusal is about no field."""
    errors: dict[str, list[str]] | None = refusal.extra.get("errors")
    return errors or ({refusal.field: [refusal.sentence]} if refusal.field else {})


def from_validation(error: ValidationError) -> NotAsExpected:
    """Pydantic's errors by field name, each in words."""
    errors: dict[str, list[str]] = {}
    for one in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in one["loc"]) or "body"
        errors.setdefault(name, []).append(str(one.get("ctx", {}).get("error", one["msg"])))
    fields = ", ".join(sorted(errors))
    return NotAsExpected(
        f"Some of what was sent cannot be used: {fields}. Nothing was changed.", errors=errors
    )


class NoSuchMethod(Refusal):
    """The address is there, and takes something else."""

    status = 405
    code = "no_such_method"


class NoRoom(Busy):
    """Nothing can be written, since the disk is full."""

    code = "no_room"


class NotThere(Busy):
    """The database does not answer, or went away meanwhile."""

    code = "not_there"


class CannotBeStored(Refusal):
    """A value that no column can hold: a NUL, a number or a time out of range."""

    code = "cannot_be_stored"


#: What PostgreSQL says of such values: too long, a number or a time out of range, characters it cannot hold.
_UNSTORABLE = {"22001", "22003", "22008", "22021", "22P05"}


#: What PostgreSQL says when the disk is full, and while it starts or ends. No state at all: nobody answered.
_FULL, _AWAY = {"53100"}, {"57P01", "57P02", "57P03", "53300", "", None}


def from_database(error: DatabaseError) -> Refusal | None:
    """A lock not had in time, a value that cannot be, no room, nobody there; everything else is ours."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None)
    if isinstance(error, DataError) and (state in _UNSTORABLE or "NUL (0x00)" in str(cause)):
        sentence = "Something in it cannot be stored: a NUL character, or a number or day out of range."
        return CannotBeStored(f"{sentence} Nothing was changed.")
    if not isinstance(error, OperationalError):
        return None
    if isinstance(cause, LockNotAvailable | QueryCanceled):
        return Busy()
    if state in _FULL:
        return NoRoom("The disk is full. Nothing was changed; it works again once there is room.")
    if state in _AWAY:
        return NotThere(
            "The database does not answer. Look in a moment whether it was done, or send it again with the "
            "same Idempotency-Key."
        )
    return None


def from_machine(error: BaseException | None) -> Refusal | None:
    """What the machine could not do just now, in words: the database, or a full disk."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NoRoom("The disk is full. Nothing was changed; it works again once there is room.")
    return from_database(error) if isinstance(error, DatabaseError) else None


def not_that_way(answer: HttpResponse) -> HttpResponse:
    """The 405 of an address of the API, as a problem that says what it takes."""
    allowed = answer.headers.get("Allow", "")
    problem = problem_response(NoSuchMethod(f"This address does not take that. It takes {allowed}."))
    problem["Allow"] = allowed
    return problem


def problem_response(refusal: Refusal) -> HttpResponse:
    """The HTTP answer of a refusal on the API."""
    problem = problem_of(refusal)
    response = HttpResponse(
        problem.model_dump_json(exclude_none=True),
        status=problem.status,
        content_type="application/problem+json",
    )
    if problem.status in (429, 503):
        response["Retry-After"] = str(refusal.extra.get("retry_after", 5))
    return response


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
