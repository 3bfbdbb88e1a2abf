"""How often a key may ask: counted by the minute, in one statement, and announced in each answer."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from songsheet.base.refusals import TooMany

#: The table is unlogged: a count costs no flush to disk, and a crash of the database forgets one minute.
_COUNTED = """
with whose as ({whose}),
asked as (
    insert into doors_asked as asked (holder, began, count)
    select key, date_trunc('minute', clock_timestamp()), 1 from whose
        on conflict (holder) do update
       set count = case when asked.began = excluded.began then asked.count + 1 else 1 end,
           began = excluded.began
    returning count, ceil(60 - extract(epoch from clock_timestamp() - began))::int as reset)
select whose.*, asked.count, asked.reset from whose, asked
"""
WINDOW = 60


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of a minute's requests is left, and in how many seconds the next minute begins."""

    limit: int
    left: int
    reset: int


class AskedTooOften(TooMany):
    """More requests in a minute than a key may make."""

    code = "asked_too_often"


def counted(whose: str) -> str:
    """The query for a key, by its column `key`, that also counts its request.

    It has two columns more: how many it made in this minute, and in how many seconds the next one begins.
    """
    return _COUNTED.format(whose=whose)


def announce(request: HttpRequest, count: int, reset: int) -> None:
    """Say in the answer what is left of the minute; refused when it is used up."""
    limit: int = settings.API_REQUESTS_A_MINUTE
    reset = max(1, min(WINDOW, reset))
    request.rate = Rate(limit, max(0, limit - count), reset)  # type: ignore[attr-defined]
    if count > limit:
        raise AskedTooOften(
            f"This key may make {limit:,} requests a minute. Go on in {reset} seconds.", retry_after=reset
        )


class RateMiddleware:
    """Writes RateLimit-Limit, -Remaining and -Reset where a request was counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        rate: Rate | None = getattr(request, "rate", None)
        if rate is not None:
            response["RateLimit-Limit"] = f"{rate.limit}, {rate.limit};w={WINDOW}"
            response["RateLimit-Remaining"] = str(rate.left)
            response["RateLimit-Reset"] = str(rate.reset)
        return response
