"""The API of leads and queues."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from songsheet.base.refusals import Conflict
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
from songsheet.leads import actions
from songsheet.leads.bodies import (
    EndIn,
    GiveIn,
    LeadChange,
    LeadIn,
    LeadOut,
    MoveIn,
    QueueOut,
    bring_leads,
)  # fmt: skip
from songsheet.leads.errors import NoSuchLead
from songsheet.leads.listing import LEADS
from songsheet.leads.models import Queue
from songsheet.leads.queries import lead_for, seen_by
from songsheet.leads.withdraw import withdraw_leads
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, batch_answer, brought
from songsheet.team.bodies import must_be_declared
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.touches.api import the_called, values_of
from songsheet.touches.campaign_bodies import source_id, sources_called

router = Router(tags=["leads"])


class HasDeals(Conflict):
    """Deals rest on the lead."""

    code = "lead_has_deals"


@router.get("/leads", response={200: Listed, **PROBLEMS}, operation_id="list_leads")
def list_leads(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Leads by the filters of the list, 50 at a time; `next` is the cursor of what follows."""
    return list_answer(LEADS, asking(request), request.GET, asked)


@router.get("/leads/external", response={200: LeadOut, **PROBLEMS}, operation_id="read_lead_by_external")
def read_lead_by_external(request: HttpRequest, external: Query[ByExternal]) -> Any:
    """The lead that another system calls so."""
    by = asking(request)
    return answer_of(LeadOut.read(by, the_called(seen_by(by), external, NoSuchLead).key))


@router.post("/leads", response={200: LeadOut, 201: LeadOut, **PROBLEMS}, operation_id="create_lead")
def create_lead(request: HttpRequest, body: LeadIn) -> Any:
    """A buying interest comes in, live: it waits in a queue or is its owner's, and a clock runs."""
    return brought(request, body, bring_leads, LeadOut.read)


@router.post("/leads/batch", response={200: Verdicts, **PROBLEMS}, operation_id="create_leads")
def create_leads(request: HttpRequest, body: Batch) -> Any:
    """Up to 1,000 leads come in at once, with a verdict for each."""
    return batch_answer(request, body, LeadIn, bring_leads, entries=6 if _with_people(body) else 3)


@router.get("/leads/{key}", response={200: LeadOut, **PROBLEMS}, operation_id="read_lead")
def read_lead(request: HttpRequest, key: str) -> Any:
    """One lead."""
    return answer_of(LeadOut.read(asking(request), key))


@router.patch("/leads/{key}", response={200: LeadOut, **PROBLEMS}, operation_id="change_lead")
def change_lead(request: HttpRequest, key: str, body: LeadChange) -> Any:
    """Change what is sent; null clears. A field that somebody changed since `version` or If-Match: 409."""

    def do(by: Acting, at: datetime) -> Any:
        by.must(Right.WORK)
        values = values_of(body, ("wants", "tier", "source"))
        must_be_declared("lead", [body.custom])(body.custom)
        if "source" in values:
            name = values.pop("source")
            values["source_id"] = source_id(sources_called([name], by=by), name)
        actions.change_lead(key, by=by, at=at, version=version_asked(request, body.version), **values)
        return LeadOut.read(by, key)

    return answered(request, do)


@router.post("/leads/{key}/take", response={200: LeadOut, **PROBLEMS}, operation_id="take_lead")
def take_lead(request: HttpRequest, key: str) -> Any:
    """Take a free lead. Of many at once exactly one succeeds; the others get 409: who has it, since when."""
    return _acted(request, key, lambda by, at: actions.take_lead(key, by=by, at=at))


@router.post("/leads/{key}/take-up", response={200: LeadOut, **PROBLEMS}, operation_id="take_up_lead")
def take_up_lead(request: HttpRequest, key: str) -> Any:
    """Take up a lead that lay at rest: from now on its clock runs."""
    return _acted(request, key, lambda by, at: actions.take_up(key, by=by, at=at))


@router.post("/leads/{key}/give", response={200: LeadOut, **PROBLEMS}, operation_id="give_lead")
def give_lead(request: HttpRequest, key: str, body: GiveIn) -> Any:
    """Give a lead to a member; with null it is nobody's any more and waits in a queue."""

    def give(by: Acting, at: datetime) -> None:
        by.must(Right.OFFER if body.member else Right.WORK)
        if body.member is None:
            queue = named_by(keyed(Queue, [body.queue]), body.queue, "queue", "queue")
            actions.free_lead(key, queue=Queue.objects.get(id=queue[0]) if queue else None, by=by, at=at)
            return
        named_by(keyed(Member, [body.member]), body.member, "member", "member")
        to = Member.objects.get(key=body.member)
        actions.give_lead(key, to, by=by, at=at, due=body.due_at)

    return _acted(request, key, give)


@router.post("/leads/{key}/put-back", response={200: LeadOut, **PROBLEMS}, operation_id="put_back_lead")
def put_back_lead(request: HttpRequest, key: str) -> Any:
    """Undo the last taking or giving of a lead; 409 once something else happened with it."""
    return _acted(request, key, lambda by, at: actions.put_back(key, by=by, at=at))


@router.post("/leads/{key}/move", response={200: LeadOut, **PROBLEMS}, operation_id="move_lead")
def move_lead(request: HttpRequest, key: str, body: MoveIn) -> Any:
    """Move an open lead to another open state."""
    version = version_asked(request, body.version)
    values: dict[str, Any] = {"look_again_on": body.look_again_on, "version": version}
    return _acted(request, key, lambda by, at: actions.move_lead(key, body.state, by=by, at=at, **values))


@router.post("/leads/{key}/end", response={200: LeadOut, **PROBLEMS}, operation_id="end_lead")
def end_lead(request: HttpRequest, key: str, body: EndIn) -> Any:
    """End a lead: disqualified or released, with the reason."""
    return _acted(
        request, key, lambda by, at: actions.end_lead(key, body.state, by=by, at=at, reason=body.reason)
    )


@router.post("/leads/{key}/archive", response={200: Archived, **PROBLEMS}, operation_id="archive_lead")
def archive_lead(request: HttpRequest, key: str, body: Archive) -> Any:
    """Take a lead out of everything that is shown; refused while deals rest on it."""

    def do(by: Acting, at: datetime) -> Any:
        by.must(Right.WORK)
        if lead_for(by, key).deals.filter(gone_at=None).exists():
            raise HasDeals("Deals rest on this lead. Archive them first.")
        withdraw_leads([key], by=by, at=at, why=body.why, lane="live")
        return Archived(key=key)

    return answered(request, do)


@router.get("/queues", response={200: list[QueueOut], **PROBLEMS}, operation_id="list_queues")
def list_queues(request: HttpRequest) -> Any:
    """Where free leads wait, and who answers for it."""
    asking(request).must(Right.LOOK)
    queues = Queue.objects.select_related("responsible").order_by("name")
    return [QueueOut(key=one.key, name=one.name, responsible=one.responsible.key) for one in queues]


def _acted(request: HttpRequest, key: str, act: Callable[[Acting, datetime], Any]) -> Any:
    """Do something with a lead and answer how it stands then."""

    def do(by: Acting, at: datetime) -> Any:
        act(by, at)
        return LeadOut.read(by, key)

    return answered(request, do)


def _with_people(body: Batch) -> bool:
    return any(isinstance(item.get("person"), dict) for item in body.items)
