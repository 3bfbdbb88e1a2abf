"""The API of what comes in: what arrived, and what was held back."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from songsheet.doors.api import Given, Text, Version, version_asked
from songsheet.intake.held import actions
from songsheet.intake.held.queries import held_back_seen_by, held_for
from songsheet.intake.inbox.models import HeldBack
from songsheet.intake.incoming.queries import Arrival, arrivals
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking

router = Router(tags=["incoming"])
Place = Annotated[Text, Field(max_length=40)]
Limit = Annotated[int, Field(ge=1, le=200)]


class ArrivalsAsked(Schema):
    """Of one door or hook or all; `after` is the `next` of the answer before. By a door it is looked for
    among the newest five thousand."""

    door: Literal["event", "script", "click", "hook", ""] = ""
    hook: Place = ""
    after: Place = ""
    limit: Limit = 50


class ArrivalOut(Schema):
    """Something that arrived. `became` is empty while it waits; `made_by` is human, machine or unknown."""

    door: str
    feed: str
    received_at: datetime
    type: str
    subject: str
    became: str
    made_by: str
    made_why: str
    person: str | None

    @classmethod
    def of(cls, one: Arrival) -> "ArrivalOut":
        plain = {name: getattr(one, name) for name in cls.model_fields if name != "person"}
        return cls(**plain, person=one.person.key if one.person else None)


class ArrivalsOut(Schema):
    """The newest first; `next` is empty at the end."""

    items: list[ArrivalOut]
    next: str


class HeldAsked(Schema):
    """Those in a state; `before` is the `older` of the answer before."""

    state: Literal["waiting", "replayed", "dropped"] = "waiting"
    before: Place = ""
    limit: Limit = 50


class HeldBackLine(Schema):
    """Something held back: what is wrong, and at which field."""

    key: str
    door: str
    feed: str
    problem: str
    field: str
    state: str
    received_at: datetime
    ended_at: datetime | None
    version: int

    @classmethod
    def of(cls, one: HeldBack) -> "HeldBackLine":
        known = {name: getattr(one, name) for name in cls.model_fields}
        return cls(**{**known, "received_at": one.came})


class HeldBackOut(HeldBackLine):
    """The same with its body, as it came."""

    body: str


class HeldBackList(Schema):
    """The newest first; `older` is empty at the end."""

    items: list[HeldBackLine]
    older: str


class AgainIn(Given):
    """The mended body; without it, it is sent in as it came."""

    body: Annotated[Text, Field(min_length=1, max_length=actions.MOST_TEXT)] | None = None
    version: Version | None = None


class SentOut(Schema):
    """How many events of it are new, and how many had arrived meanwhile."""

    key: str
    accepted: int
    duplicates: int


@router.get("/incoming", response={200: ArrivalsOut, **PROBLEMS}, operation_id="list_incoming")
def list_incoming(request: HttpRequest, asked: Query[ArrivalsAsked]) -> Any:
    """What arrived last, what became of it, and who made it."""
    page = arrivals(asking(request), door=asked.door, hook=asked.hook, after=asked.after, most=asked.limit)
    return ArrivalsOut(items=[ArrivalOut.of(one) for one in page.items], next=page.next)


@router.get("/held-back", response={200: HeldBackList, **PROBLEMS}, operation_id="list_held_back")
def list_held_back(request: HttpRequest, asked: Query[HeldAsked]) -> Any:
    """What could not be read and waits, or was done with."""
    page = held_back_seen_by(asking(request), state=asked.state, before=asked.before, most=asked.limit)
    return HeldBackList(items=[HeldBackLine.of(one) for one in page.items], older=page.older)


@router.get("/held-back/{key}", response={200: HeldBackOut, **PROBLEMS}, operation_id="read_held_back")
def read_held_back(request: HttpRequest, key: str) -> Any:
    """One of them, with its body."""
    return answer_of(HeldBackOut.of(held_for(asking(request), key)))


@router.post("/held-back/{key}/again", response={200: SentOut, **PROBLEMS}, operation_id="send_in_again")
def send_in_again(request: HttpRequest, key: str, body: AgainIn) -> Any:
    """Take it in, mended or as it came, once."""
    version = version_asked(request, body.version)

    def do(by: Acting, at: datetime) -> Any:
        sent = actions.send_in_again(key, by=by, at=at, body=body.body, version=version)
        return SentOut(key=key, accepted=sent.accepted, duplicates=sent.duplicates)

    return answered(request, do)


@router.post("/held-back/{key}/drop", response={200: HeldBackOut, **PROBLEMS}, operation_id="drop_held_back")
def drop_held_back(request: HttpRequest, key: str) -> Any:
    """Make nothing of it."""

    def do(by: Acting, at: datetime) -> Any:
        return HeldBackOut.of(actions.drop(key, by=by, at=at, version=version_asked(request)))

    return answered(request, do)


@router.post("/held-back/{key}/keep", response={200: HeldBackOut, **PROBLEMS}, operation_id="keep_held_back")
def keep_held_back(request: HttpRequest, key: str) -> Any:
    """Let what was dropped wait again."""

    def do(by: Acting, at: datetime) -> Any:
        return HeldBackOut.of(actions.keep(key, by=by, at=at))

    return answered(request, do)
