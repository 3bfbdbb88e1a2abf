"""The API of changes to many records: ask for one, see how far it is and what was refused, undo it."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field

from songsheet.doors.api import Given, Key, Text
from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many, change_of, undo_change
from songsheet.flows.errors import NothingChosen
from songsheet.flows.jobs import enqueue
from songsheet.flows.models import BulkChange, BulkRow
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answered, asking
from songsheet.team.roles import Right

router = Router(tags=["bulk"])
Filters = dict[Annotated[Text, Field(max_length=60)], Annotated[Text, Field(max_length=500)]]


class BulkIn(Given):
    """A change to many: to the records of `keys`, or to everything that the `filters` of their list find.

    `assign` takes the key of a member as `value`; `tag` and `untag` a tag; `set` a `field` with its value,
    empty to empty it; `end` (of leads) a `field` disqualified or released with the reason as its value;
    `archive` and `bring_back` neither; `route` (of leads) `worked_on` as value where what somebody works on
    is meant too. What is archived is found by the filter `archived`.
    """

    what: Literal["people", "companies", "leads", "deals", "touches", "tasks", "campaigns"]
    act: Literal["assign", "set", "tag", "untag", "archive", "bring_back", "end", "route"]
    keys: Annotated[list[Key], Field(max_length=1000)] | None = None
    filters: Annotated[Filters, Field(max_length=30)] | None = None
    field: Annotated[Text, Field(max_length=80)] = ""
    value: Annotated[Text, Field(max_length=500)] = ""


class BulkOut(Schema):
    """How far it is: once it is finished, changed, unchanged and refused sum to rows."""

    key: str
    what: str
    act: str
    field: str
    value: str
    state: str
    rows: int
    changed: int
    unchanged: int
    refused: int
    undone: int
    stayed: int
    made_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None

    @classmethod
    def of(cls, change: BulkChange) -> "BulkOut":
        return cls(**{name: getattr(change, name) for name in cls.model_fields})


class BulkRowOut(Schema):
    """One record of a change and what became of it."""

    key: str
    state: str
    reason: str


class BulkRows(Schema):
    """Rows of a change; `next` asks for those that follow."""

    items: list[BulkRowOut]
    next: int | None


class AskedRows(Schema):
    """Which rows: in one state, after a place."""

    state: Literal["waiting", "changed", "unchanged", "refused", "undone", "stayed"] | None = None
    after: int = Field(0, ge=0, le=2**53)
    limit: int = Field(200, ge=1, le=1000)


def _some(text: str) -> str:
    if "\x00" in text:
        raise ValueError("It holds a NUL character.")
    return text


BulkPath = Annotated[str, AfterValidator(_some)]


@router.post("/bulk", response={200: BulkOut, 202: BulkOut, **PROBLEMS}, operation_id="change_many")
def change(request: HttpRequest, body: BulkIn) -> Any:
    """Change many records: up to 200 at once (200), more in the background (202; ask for it by its key)."""

    def do(*, by: Acting, at: datetime) -> tuple[int, BulkOut]:
        by.must(Right.WORK)
        if (body.keys is None) == (body.filters is None):
            raise NothingChosen("Send either keys or filters, not both and not neither.", field="keys")
        chosen = Chosen(tuple(body.keys or ()), body.filters)
        made = change_many(body.what, chosen, Wanted(body.act, body.field, body.value), by=by, at=at)
        return _told(made)

    return answered(request, do)


@router.get("/bulk/{key}", response={200: BulkOut, **PROBLEMS}, operation_id="read_bulk_change")
def read(request: HttpRequest, key: BulkPath) -> Any:
    """A change: its state, and its counts so far."""
    asking(request).must(Right.LOOK)
    return BulkOut.of(change_of(key))


@router.get("/bulk/{key}/rows", response={200: BulkRows, **PROBLEMS}, operation_id="list_bulk_rows")
def rows(request: HttpRequest, key: BulkPath, asked: Query[AskedRows]) -> Any:
    """The records of a change in one state, each with its reason."""
    asking(request).must(Right.LOOK)
    lines = BulkRow.objects.filter(bulk=change_of(key), id__gt=asked.after).order_by("id")
    lines = lines.filter(state=asked.state) if asked.state else lines
    found = list(lines[: asked.limit + 1])
    shown = found[: asked.limit]
    items = [BulkRowOut(key=one.key, state=one.state, reason=one.reason) for one in shown]
    return BulkRows(items=items, next=shown[-1].pk if len(found) > asked.limit else None)


@router.post(
    "/bulk/{key}/undo", response={200: BulkOut, 202: BulkOut, **PROBLEMS}, operation_id="undo_bulk_change"
)
def undo(request: HttpRequest, key: BulkPath) -> Any:
    """Undo a whole change, also later; what people changed since stays, listed with its reason."""

    def do(*, by: Acting, at: datetime) -> tuple[int, BulkOut]:
        return _told(undo_change(key, by=by, at=at))

    return answered(request, do)


def _told(made: BulkChange) -> tuple[int, BulkOut]:
    if made.is_under_way:
        enqueue(made.key)
    return (202 if made.is_under_way else 200), BulkOut.of(made)
