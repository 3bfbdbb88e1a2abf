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

from songsheet.base.refusals import Refusal
from songsheet.doors.problems import from_database, problem_response
from songsheet.intake.hooks.errors import TooLargeBody
from songsheet.intake.hooks.models import Hook
from songsheet.intake.hooks.queries import hook_to_ask
from songsheet.intake.hooks.signing import Came, must_be_signed
from songsheet.intake.hooks.taking_actions import take
from songsheet.intake.inbox.reading import clock

MOST_BYTES = 2**20


@csrf_exempt
@require_POST
def hook(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what was signed and say what became of it; 2xx once it is kept, and not before."""
    try:
        one, secrets = hook_to_ask(key)
        came = _came(request, key)
        must_be_signed(one.signing, secrets, came)
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
    if (length.isdecimal() and int(length) > MOST_BYTES) or len(request.body) > MOST_BYTES:
        raise TooLargeBody("A hook brings at most 1 MB at once. Nothing was kept.")
    headers = {name.lower(): value for name, value in request.headers.items()}
    url = f"{settings.ENVIRONMENT.url}{request.get_full_path()}"
    return Came(request.body, headers, url, clock().timestamp())


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
