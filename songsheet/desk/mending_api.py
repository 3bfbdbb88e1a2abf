"""The API of leaks: what mends one, before it is done; doing it; undoing it."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from songsheet.desk.letters import mending
from songsheet.desk.letters.asked import limits_of
from songsheet.doors.api import Given, Text
from songsheet.flows import mend_a_leak
from songsheet.flows.models import Mending
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answered, asking, time_of
from songsheet.team.queries import house

router = Router(tags=["desk"])
MOST = 500


class Narrowed(Schema):
    """Which leads of the leak: that came on these days, of this source by name, of this campaign by key."""

    first: str | None = Field(None, alias="from", max_length=10)
    until: str | None = Field(None, max_length=10)
    source: str | None = Field(None, max_length=120)
    campaign: str | None = Field(None, max_length=40)

    def filters(self) -> dict[str, str]:
        """By the names of the list behind the letters."""
        given = {"from": self.first, "until": self.until, "source": self.source, "campaign": self.campaign}
        return {name: value for name, value in given.items() if value}


class MendIn(Given):
    """Which leads of the leak; for deals without a next step also the step and its day."""

    first: Annotated[Text, Field(max_length=10)] | None = Field(None, alias="from")
    until: Annotated[Text, Field(max_length=10)] | None = None
    source: Annotated[Text, Field(max_length=120)] | None = None
    campaign: Annotated[Text, Field(max_length=40)] | None = None
    step: Annotated[Text, Field(max_length=300)] = ""
    on: date | None = None


class PlanOut(Schema):
    """What mending would do now: to how many leads, and how many each member would get, where leads move."""

    leak: str
    act: str
    leads: int
    left: int
    to: dict[str, int]


class MendingOut(Schema):
    """What was done, how many could not be; `stay` counts what an undo left, as somebody had changed it."""

    key: str
    kind: str
    count: int
    refused: int
    undone: bool
    stay: int

    @classmethod
    def of(cls, one: Mending, stay: int = 0) -> "MendingOut":
        undone = one.undone_at is not None
        return cls(key=one.key, kind=one.kind, count=one.count, refused=one.refused, undone=undone, stay=stay)


@router.get("/leaks/{name}", response={200: PlanOut, **PROBLEMS}, operation_id="preview_mending")
def preview_mending(request: HttpRequest, name: str, narrowed: Query[Narrowed]) -> Any:
    """What mends a leak of the letters, by its kind, and to whom it would be done."""
    kind, by, at = mending.kind_named(name), asking(request), time_of(request)
    ours = house()
    limits = limits_of(ours, at)
    rows = mending.saveable(by, kind, narrowed.filters(), house=ours, limits=limits)
    most = mending.most_of(kind, limits)
    plan = mending.plan_of(kind, mending.newest(rows, mend_a_leak.MOST_OFFERED), limits, by=by)
    if plan is None:
        count = rows.count()
        return PlanOut(leak=name, act=kind.act, leads=min(count, most), left=max(0, count - most), to={})
    to = {share.member.key: share.gets for share in plan.shares if share.gets}
    return PlanOut(leak=name, act=kind.act, leads=len(plan.to), left=plan.left, to=to)


@router.post("/leaks/{name}/mend", response={200: MendingOut, **PROBLEMS}, operation_id="mend_leak")
def mend_leak(request: HttpRequest, name: str, body: MendIn) -> Any:
    """Do what mends a leak, for the newest 500 leads that can still be saved; `key` undoes it."""

    def do(by: Acting, at: datetime) -> Any:
        kind = mending.kind_named(name)
        by.must(mending.right_for(kind))
        given = {"from": body.first, "until": body.until, "source": body.source, "campaign": body.campaign}
        ours = house()
        limits = limits_of(ours, at)
        leads = mending.newest(mending.saveable(by, kind, given, house=ours, limits=limits), MOST)
        on = body.on or at.date()
        return MendingOut.of(mending.mend(leads, kind, limits, step=body.step, on=on, by=by, at=at))

    return answered(request, do)


@router.post("/mendings/{key}/undo", response={200: MendingOut, **PROBLEMS}, operation_id="undo_mending")
def undo_mending(request: HttpRequest, key: str) -> Any:
    """Undo a mending, once; what people changed since stays as it is."""

    def do(by: Acting, at: datetime) -> Any:
        return MendingOut.of(*mending.undo(key, by=by, at=at))

    return answered(request, do)
