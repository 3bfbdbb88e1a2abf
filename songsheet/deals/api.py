"""The API of deals and their stages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from songsheet.deals import actions
from songsheet.deals.bodies import (
    DealChange,
    DealIn,
    DealOut,
    EndDealIn,
    MoveDealIn,
    NextStepIn,
    StageOut,
    bring_deals,
)  # fmt: skip
from songsheet.deals.errors import NoSuchDeal
from songsheet.deals.listing import DEALS
from songsheet.deals.models import Stage
from songsheet.deals.queries import seen_by
from songsheet.deals.withdraw import withdraw_deals
from songsheet.doors.api import (
    Archive,
    Archived,
    Asked,
    Batch,
    ByExternal,
    Listed,
    Verdicts,
    keyed,
    list_answer,
    named_by,
    version_asked,
)  # fmt: skip
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, batch_answer, brought
from songsheet.team.bodies import must_be_declared
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.touches.api import archived, the_called, the_one, values_of

router = Router(tags=["deals"])


@router.get("/deals", response={200: Listed, **PROBLEMS}, operation_id="list_deals")
def list_deals(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Deals by the filters of the list, 50 at a time; `next` is the cursor of what follows."""
    return list_answer(DEALS, asking(request), request.GET, asked)


@router.get("/deals/external", response={200: DealOut, **PROBLEMS}, operation_id="read_deal_by_external")
def read_deal_by_external(request: HttpRequest, external: Query[ByExternal]) -> Any:
    """The deal that another system calls so."""
    by = asking(request)
    return answer_of(DealOut.of(the_called(seen_by(by), external, NoSuchDeal), by))


@router.post("/deals", response={200: DealOut, 201: DealOut, **PROBLEMS}, operation_id="create_deal")
def create_deal(request: HttpRequest, body: DealIn) -> Any:
    """Open a deal on a lead, which is converted by it."""
    return brought(request, body, bring_deals, _deal)


@router.post("/deals/batch", response={200: Verdicts, **PROBLEMS}, operation_id="create_deals")
def create_deals(request: HttpRequest, body: Batch) -> Any:
    """Open up to 1,000 deals at once, with a verdict for each."""
    return batch_answer(request, body, DealIn, bring_deals, entries=3)


@router.get("/deals/{key}", response={200: DealOut, **PROBLEMS}, operation_id="read_deal")
def read_deal(request: HttpRequest, key: str) -> Any:
    """One deal."""
    return answer_of(_deal(asking(request), key))


@router.patch("/deals/{key}", response={200: DealOut, **PROBLEMS}, operation_id="change_deal")
def change_deal(request: HttpRequest, key: str, body: DealChange) -> Any:
    """Change what is sent; null clears. A field that somebody changed since `version` or If-Match: 409."""

    def do(by: Acting, at: datetime) -> Any:
        by.must(Right.WORK)
        values = values_of(body, ("name", "currency", "category"))
        if "owner" in values:
            by.must(Right.OFFER)
            ref = named_by(keyed(Member, [body.owner]), values.pop("owner"), "member", "owner")
            values["owner_id"] = ref[0] if ref else None
        must_be_declared("deal", [body.custom])(body.custom)
        actions.change_deal(key, by=by, at=at, version=version_asked(request, body.version), **values)
        return _deal(by, key)

    return answered(request, do)


@router.post("/deals/{key}/move", response={200: DealOut, **PROBLEMS}, operation_id="move_deal")
def move_deal(request: HttpRequest, key: str, body: MoveDealIn) -> Any:
    """Move an open deal to a stage."""
    version = version_asked(request, body.version)
    return _acted(
        request, key, lambda by, at: actions.move_deal(key, body.stage, by=by, at=at, version=version)
    )


@router.post("/deals/{key}/end", response={200: DealOut, **PROBLEMS}, operation_id="end_deal")
def end_deal(request: HttpRequest, key: str, body: EndDealIn) -> Any:
    """End a deal: won, or lost, no_decision, released with the reason."""
    end = body.model_dump(exclude={"state"})
    return _acted(request, key, lambda by, at: actions.end_deal(key, body.state, by=by, at=at, **end))


@router.post("/deals/{key}/next-step", response={200: DealOut, **PROBLEMS}, operation_id="set_next_step")
def set_next_step(request: HttpRequest, key: str, body: NextStepIn) -> Any:
    """Date the next step of an open deal."""

    def step(by: Acting, at: datetime) -> None:
        by.must(Right.WORK)
        named_by(keyed(Member, [body.owner]), body.owner, "member", "owner")
        owner = Member.objects.get(key=body.owner) if body.owner else None
        actions.set_next_step(key, step=body.step, on=body.on, owner=owner, by=by, at=at)

    return _acted(request, key, step)


@router.post("/deals/{key}/archive", response={200: Archived, **PROBLEMS}, operation_id="archive_deal")
def archive_deal(request: HttpRequest, key: str, body: Archive) -> Any:
    """Take a deal out of everything that is shown."""
    return archived(request, key, body, _deal, withdraw_deals)


@router.get("/stages", response={200: list[StageOut], **PROBLEMS}, operation_id="list_stages")
def list_stages(request: HttpRequest) -> Any:
    """The pipeline."""
    asking(request).must(Right.LOOK)
    stages = Stage.objects.order_by("position", "id")
    return [StageOut(name=one.name, position=one.position) for one in stages]


def _acted(request: HttpRequest, key: str, act: Callable[[Acting, datetime], Any]) -> Any:
    """Do something with a deal and answer how it stands then."""

    def do(by: Acting, at: datetime) -> Any:
        act(by, at)
        return _deal(by, key)

    return answered(request, do)


def _deal(viewer: Acting, key: str) -> DealOut:
    return DealOut.of(the_one(seen_by(viewer), key, NoSuchDeal), viewer)
