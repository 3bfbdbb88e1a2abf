"""The API of clocks."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, BaseModel, Field

from songsheet.clocks.actions import pause_clock, resume_clock
from songsheet.clocks.listing import CLOCKS
from songsheet.clocks.models import Clock
from songsheet.doors.api import Asked, Given, Listed, Text, list_answer
from songsheet.team.api import PROBLEMS, answered, asking

router = Router(tags=["clocks"])


@router.get("/clocks", response={200: Listed, **PROBLEMS}, operation_id="list_clocks")
def list_clocks(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Promises by the filters of the list, due soonest first, 50 at a time."""
    return list_answer(CLOCKS, asking(request), request.GET, asked)


class PauseIn(Given):
    """Until when a promise stands still, and why."""

    until: AwareDatetime
    why: Annotated[Text, Field(min_length=1, max_length=200)]


class ClockOut(BaseModel):
    """A promise as it stands."""

    key: str
    kind: str
    about: str
    member: str | None
    state: str
    due_at: datetime
    paused_until: datetime | None
    paused_why: str

    @classmethod
    def of(cls, one: Clock) -> "ClockOut":
        plain = ("key", "kind", "about", "state", "due_at", "paused_until", "paused_why")
        member = one.member.key if one.member else None
        return cls(**{name: getattr(one, name) for name in plain}, member=member)


@router.post("/clocks/{key}/pause", response={200: ClockOut, **PROBLEMS}, operation_id="pause_clock")
def pause(request: HttpRequest, key: str, body: PauseIn) -> Any:
    """Let a promise stand still until a time, and say why; who owes it may, and who gives leads."""
    return answered(
        request, lambda by, at: ClockOut.of(pause_clock(key, body.until, why=body.why, by=by, at=at))
    )


@router.post("/clocks/{key}/resume", response={200: ClockOut, **PROBLEMS}, operation_id="resume_clock")
def resume(request: HttpRequest, key: str) -> Any:
    """Let a promise that stands still run on."""
    return answered(request, lambda by, at: ClockOut.of(resume_clock(key, by=by, at=at)))
