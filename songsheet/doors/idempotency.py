"""Idempotency: key + hash of the request + answer, in the act's own transaction, kept seven days."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse

from songsheet.base.refusals import Conflict, Refusal
from songsheet.doors.models import KeptAnswer

KEPT_FOR = timedelta(days=7)
LONGEST_KEY = 190


class KeyUsedForAnother(Refusal):
    """The same idempotency key with another body."""

    status = 422
    code = "idempotency_key_used_for_another_request"


class StillRunning(Conflict):
    """The first request with this key has not been answered yet."""

    code = "still_running"


class KeyTooLong(Refusal):
    status = 422
    code = "idempotency_key_too_long"


def once(
    request: HttpRequest,
    holder: str,
    answer: Callable[[], HttpResponse],
    *,
    together: Callable[[], AbstractContextManager[Any]],
) -> HttpResponse:
    """Answer the request, or repeat the answer that its Idempotency-Key was given before.

    `together` is the journal's transaction around acts: it stands above this storey and is handed down.
    """
    key = key_of(request)
    if not key:
        return answer()
    return once_named(key, _hash(request), holder, answer, together=together)


def key_of(request: HttpRequest) -> str:
    """The request's Idempotency-Key, or nothing; refused when it cannot be one."""
    key = request.headers.get("Idempotency-Key") or ""
    if len(key) > LONGEST_KEY or "\x00" in key:
        raise KeyTooLong(f"An Idempotency-Key has at most {LONGEST_KEY} characters and no NUL.")
    return key


def once_named(
    key: str,
    digest: str,
    holder: str,
    answer: Callable[[], HttpResponse],
    *,
    together: Callable[[], AbstractContextManager[Any]],
) -> HttpResponse:
    """Answer what has this digest, or repeat what was answered under this key; a part of a batch may have one
    of its own."""
    with together():
        if not _alone(f"{holder}|{key}"):
            raise StillRunning(
                "The first request with this Idempotency-Key is still running. Ask again in a moment."
            )
        kept = KeptAnswer.objects.filter(holder=holder, idempotency_key=key, at__gt=Now() - KEPT_FOR).first()
        if kept is None:
            response = answer()
            if response.status_code < 400:
                _keep(holder, key, digest, response)
            return response
    if kept.request_hash != digest:
        raise KeyUsedForAnother("This Idempotency-Key was used for another request. Use a new key.")
    replay = HttpResponse(kept.body, status=kept.status, content_type="application/json")
    replay["Idempotent-Replayed"] = "true"
    return replay


def forget_old_answers() -> int:
    """Delete the answers whose seven days are over; how many."""
    return KeptAnswer.objects.filter(at__lt=Now() - KEPT_FOR).delete()[0]


def _keep(holder: str, key: str, digest: str, response: HttpResponse) -> None:
    KeptAnswer.objects.update_or_create(
        holder=holder,
        idempotency_key=key,
        defaults={
            "request_hash": digest,
            "status": response.status_code,
            "body": getattr(response, "kept", response.content).decode(),
            "at": Now(),
        },
    )


def _hash(request: HttpRequest) -> str:
    parts = (request.method or "", request.get_full_path(), request.body.hex())
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _alone(name: str) -> bool:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])
