"""How the API knows who asks: a bearer key, or the session of a member; and what it tells of the team."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer, SessionAuth
from pydantic import BaseModel

from songsheet.base.adopting import Adopted, Lane, one
from songsheet.doors.api import Batch, Verdict, Verdicts, judged
from songsheet.doors.idempotency import key_of, once, once_named
from songsheet.doors.problems import Problem
from songsheet.doors.rates import announce
from songsheet.journal.act import together
from songsheet.team import actions
from songsheet.team.acting import Acting, as_member
from songsheet.team.commands import ChangeHouse
from songsheet.team.keys import whose
from songsheet.team.models import House, Member
from songsheet.team.queries import house
from songsheet.team.roles import Right

B = TypeVar("B", bound=BaseModel)
_whole = partial(together, whole=True)

#: The problems every operation can answer with; declared so that the schema tells them.
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429, 503), Problem)


class KeyAuth(HttpBearer):
    """Authorization: Bearer songsheet_…"""

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        caller = whose(token)
        if caller is None:  # a session beside it does not count: who sends a key means the key
            raise AuthenticationError
        announce(request, caller.asked, caller.reset)
        return caller.by


class MemberAuth(SessionAuth):
    """The session of a member; with it a form's CSRF token is asked for, without one a key."""

    def __call__(self, request: HttpRequest) -> Any | None:
        return super().__call__(request) if isinstance(request.user, Member) else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Acting | None:
        return as_member(request.user) if isinstance(request.user, Member) else None


AUTH = [KeyAuth(), MemberAuth(csrf=True)]


def asking(request: HttpRequest) -> Acting:
    """Who asks; set by the authentication above."""
    auth = request.auth  # type: ignore[attr-defined]
    assert isinstance(auth, Acting)
    return auth


def time_of(request: HttpRequest) -> datetime:
    """The house's time of this request, read once."""
    at: datetime = request.at  # type: ignore[attr-defined]
    return at


def answered(request: HttpRequest, do: Callable[..., Any]) -> HttpResponse:
    """Do what is asked, once per Idempotency-Key; `do` gives the answer, or (status, answer)."""
    return _answered(request, do, together)


def brought(
    request: HttpRequest, body: B, bring: Callable[..., list[Adopted]], read: Callable[[Acting, str], Any]
) -> HttpResponse:
    """Bring one thing in, with everything that comes with it or not at all, as one of a batch, and read it:
    201 when it is new, 200 when it was known."""

    def do(by: Acting, at: datetime) -> tuple[int, Any]:
        with _whole():
            adopted = one(bring([body], by=by, at=at))
            return (201 if adopted.outcome == "created" else 200), read(by, adopted.key)

    return _answered(request, do, _whole)


def _answered(
    request: HttpRequest, do: Callable[..., Any], together: Callable[[], AbstractContextManager[Any]]
) -> HttpResponse:
    by, at = asking(request), time_of(request)

    def answer() -> HttpResponse:
        done = do(by=by, at=at)
        status, out = done if isinstance(done, tuple) else (200, done)
        response = answer_of(out, status)
        if getattr(out, "secret", None):  # told this once: it is kept nowhere, so not for who asks again
            response.kept = answer_of(out.model_copy(update={"secret": None})).content  # type: ignore[attr-defined]
        return response

    return once(request, by.actor.key, answer, together=together)


def answer_of(out: BaseModel, status: int = 200) -> HttpResponse:
    """A model as an answer; what has a version has it as its ETag."""
    body = out.model_dump_json(by_alias=True)
    response = HttpResponse(body, status=status, content_type="application/json")
    if (version := getattr(out, "version", None)) is not None:
        response["ETag"] = f'"{version}"'
    return response


#: So many entries a piece of a batch may make: an act holds at most 2,000.
_ENTRIES = 1_800


def batch_answer(
    request: HttpRequest,
    body: Batch,
    model: type[B],
    adopt: Callable[..., list[Adopted]],
    *,
    entries: int = 2,
    right: Right = Right.WORK,
) -> Verdicts:
    """A verdict for each item. With an Idempotency-Key each piece of the batch is done once under it.

    `entries` is the most that an item makes by itself; each thing in a list of it makes one more.
    """
    by, at = asking(request), time_of(request)
    by.must(right)
    lane: Lane = "history" if body.history else "live"
    key, verdicts = key_of(request), list[Verdict]()
    for number, items in enumerate(_pieces(body.items, entries)):

        def judge(items: Sequence[dict[str, Any]] = items) -> list[Verdict]:
            return judged(items, model, lambda given: adopt(given, by=by, at=at, lane=lane))

        def answer(judge: Callable[[], list[Verdict]] = judge) -> HttpResponse:
            return HttpResponse(orjson.dumps([one.model_dump() for one in judge()]))

        if not key:
            with together():
                verdicts += judge()
            continue
        digest = hashlib.sha256(orjson.dumps([request.path, body.history, items])).hexdigest()
        kept = once_named(f"{key}#{number}", digest, by.actor.key, answer, together=together)
        verdicts += [Verdict(**one) for one in orjson.loads(kept.content)]
    return Verdicts.of(verdicts)


def _pieces(items: Sequence[dict[str, Any]], entries: int) -> Iterator[list[dict[str, Any]]]:
    piece: list[dict[str, Any]] = []
    weight = 0
    for item in items:
        heavy = entries + sum(len(value) for value in item.values() if isinstance(value, list))
        if piece and weight + heavy > _ENTRIES:
            yield piece
            piece, weight = [], 0
        piece.append(item)
        weight += heavy
    yield piece


router = Router(tags=["team"])


class HouseOut(Schema):
    """The settings of the house with the version that a change must name."""

    version: int
    settings: ChangeHouse


@router.get("/house", response={200: HouseOut, **PROBLEMS}, operation_id="read_house")
def read_house(request: HttpRequest) -> Any:
    """The settings of the house."""
    asking(request).must(Right.LOOK)
    return _house(house())


@router.patch("/house", response={200: HouseOut, **PROBLEMS}, operation_id="change_house")
def change_house(request: HttpRequest, body: ChangeHouse, version: int) -> Any:
    """Change the settings that are sent; 409 when `version` is not the one that stands there."""
    values = body.model_dump(exclude_unset=True)
    return _house(actions.change_house(**values, version=version, by=asking(request), at=time_of(request)))


def _house(there: House) -> HouseOut:
    values = {name: there.value_of(name) for name in ChangeHouse.model_fields}
    return HouseOut(version=there.version, settings=ChangeHouse.model_construct(**values))
