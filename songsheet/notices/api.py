"""The API of notices: one's own, and marking them read."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StrictBool

from songsheet.doors.api import Given, Key, Text
from songsheet.notices import actions
from songsheet.notices.models import Notice
from songsheet.notices.queries import PAGE, page_of, unread_count
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answered, asking

router = Router(tags=["notices"])


class NoticesAsked(Schema):
    """Those after one, the newest first; with `unread` only what was not read."""

    unread: bool = False
    before: Annotated[Text, Field(max_length=40)] = ""
    limit: int = Field(PAGE, ge=1, le=200)


class NoticeOut(Schema):
    """A notice: why one was told, about what (the key of the thing), by whom."""

    key: str
    cause: str
    about: str
    by: str
    count: int
    because: int
    at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, one: Notice) -> "NoticeOut":
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class NoticesOut(Schema):
    """A page of notices; `unread` is how many there are in all, counted to a hundred."""

    items: list[NoticeOut]
    next: str | None
    unread: int


class ReadIn(Given):
    """Which were read: these, or `all`."""

    keys: Annotated[list[Key], Field(max_length=200)] = []
    all: StrictBool = False


class ReadOut(Schema):
    """How many became read, and how many are unread still."""

    read: int
    unread: int


@router.get("/notices", response={200: NoticesOut, **PROBLEMS}, operation_id="list_notices")
def list_notices(request: HttpRequest, asked: Query[NoticesAsked]) -> Any:
    """One's own notices, the newest first."""
    viewer = asking(request)
    found = page_of(viewer, unread=asked.unread, before=asked.before, most=asked.limit + 1)
    items = [NoticeOut.of(one) for one in found[: asked.limit]]
    more = items[-1].key if len(found) > asked.limit else None
    return NoticesOut(items=items, next=more, unread=unread_count(viewer))


@router.post("/notices/read", response={200: ReadOut, **PROBLEMS}, operation_id="read_notices")
def read_notices(request: HttpRequest, body: ReadIn) -> Any:
    """Mark one's own notices as read."""

    def do(by: Acting, at: datetime) -> Any:
        done = actions.mark_read(None if body.all else body.keys, by=by, at=at)
        return ReadOut(read=done, unread=unread_count(by))

    return answered(request, do)
