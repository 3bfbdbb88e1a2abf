"""Problem details (RFC 9457): every refusal answers in one form, on the API and on pages."""

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


class CannotBeStored(Refusal):
    """A value that no column can hold: a NUL, a number or a time out of range."""

    code = "cannot_be_stored"


#: What PostgreSQL says of such values: too long, a number or a time out of range, characters it cannot hold.
_UNSTORABLE = {"22001", "22003", "22008", "22021", "22P05"}


def from_database(error: DatabaseError) -> Refusal | None:
    """A lock that was not to be had in time, or a value that cannot be; other errors are ours to mend."""
    cause = error.__cause__
    is_unstorable = getattr(cause, "sqlstate", None) in _UNSTORABLE or "NUL (0x00)" in str(cause)
    if isinstance(error, DataError) and is_unstorable:
        sentence = "Something in it cannot be stored: a NUL character, or a number or day out of range."
        return CannotBeStored(f"{sentence} Nothing was changed.")
    if isinstance(error, OperationalError) and isinstance(cause, LockNotAvailable | QueryCanceled):
        return Busy()
    return None


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
