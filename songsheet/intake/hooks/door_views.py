"""The door for hooks: POST /in/hooks/{key}, by whoever signs with a secret of it."""

import hmac
from hashlib import sha256
from typing import Any

import orjson
from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from songsheet.base import bulk
from songsheet.base.refusals import Refusal
from songsheet.doors.problems import from_database, problem_response
from songsheet.doors.rates import counted
from songsheet.intake.hooks.errors import TooLargeBody, TooOften
from songsheet.intake.hooks.models import Hook
from songsheet.intake.hooks.queries import hook_to_ask
from songsheet.intake.hooks.signing import Came, must_be_signed
from songsheet.intake.hooks.taking_actions import take
from songsheet.intake.inbox.reading import clock

MOST_BYTES = 2**20
#: So often one hook may send in a minute; each time it may bring many events.
A_MINUTE = 600
_TOO_LARGE = "A hook brings at most 1 MB at once. Nothing was kept."
_COUNTED = counted("select %s::text as key")


@csrf_exempt
@require_POST
def hook(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what was signed and say what became of it; 2xx once it is kept, and not before."""
    try:
        one, secrets = hook_to_ask(key)
        came = _came(request, key)
        must_be_signed(one.signing, secrets, came)
        _must_not_hurry(one)
        answer = _challenge(one, secrets, came) or take(one, came).model_dump()
        return JsonResponse(answer, status=200 if "plainToken" in answer else 202)
    except Refusal as refusal:
        return problem_response(refusal)
    except DatabaseError as error:
        refused = from_database(error)
        if refused is None:
            raise
        return problem_response(refused)


def _came(request: HttpRequest, key: str) -> Came:
    length = request.headers.get("Content-Length") or "0"
    if length.isdecimal() and int(length) > MOST_BYTES:
        raise TooLargeBody(_TOO_LARGE)
    body = _body(request)
    if len(body) > MOST_BYTES:
        raise TooLargeBody(_TOO_LARGE)
    headers = {name.lower(): value for name, value in request.headers.items()}
    url = f"{settings.ENVIRONMENT.url}{request.get_full_path()}"
    return Came(body, headers, url, clock().timestamp())


def _body(request: HttpRequest) -> bytes:
    """The body byte for byte; one that comes in chunks says no length, and Django would take it for none."""
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    if is_chunked and not request.META.get("CONTENT_LENGTH"):
        return bytes(request.META["wsgi.input"].read(MOST_BYTES + 1))
    return request.body


def _must_not_hurry(one: Hook) -> None:
    """What is signed is counted by hook and minute, over all processes."""
    ((_key, count, reset),) = bulk.rows(_COUNTED, [one.key])
    if count > A_MINUTE:
        wait = max(1, min(60, reset))
        raise TooOften(
            f"A hook may send {A_MINUTE:,} times a minute. Nothing was kept. Go on in {wait} seconds.",
            retry_after=wait,
        )


def _challenge(one: Hook, secrets: list[str], came: Came) -> dict[str, Any] | None:
    """Zoom asks once whether the address is ours: its token comes back with the code our secret makes."""
    if one.shape != "zoom" or b"endpoint.url_validation" not in came.body:
        return None
    try:
        token = orjson.loads(came.body)["payload"]["plainToken"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    if not isinstance(token, str):
        return None
    code = hmac.digest(secrets[-1].encode(), token.encode(), sha256).hex()
    return {"plainToken": token, "encryptedToken": code}
