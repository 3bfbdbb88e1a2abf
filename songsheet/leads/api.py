"""The API of leads."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from songsheet.doors.api import Asked, Listed, list_answer
from songsheet.doors.idempotency import once
from songsheet.journal.act import together
from songsheet.leads import actions
from songsheet.leads.listing import LEADS
from songsheet.leads.models import Lead
from songsheet.leads.queries import lead_for
from songsheet.team.api import PROBLEMS, asking, time_of

router = Router(tags=["leads"])


class LeadOut(Schema):
    """A lead: its keys, state, who has it and since when."""

    key: str
    person: str
    state: str
    owner: str | None
    owner_name: str | None
    queue: str | None
    owned_since: datetime | None
    came_at: datetime
    due_at: datetime | None
    at_rest: bool
    version: int

    @classmethod
    def of(cls, lead: Lead) -> "LeadOut":
        return cls(
            key=lead.key,
            person=lead.person.key,
            state=lead.state,
            owner=lead.owner.key if lead.owner else None,
            owner_name=lead.owner.name if lead.owner else None,
            queue=lead.queue.key if lead.queue else None,
            owned_since=lead.owned_since,
            came_at=lead.came_at,
            due_at=lead.clock.due_at if lead.clock else None,
            at_rest=lead.at_rest,
            version=lead.version,
        )


@router.get("/leads", response={200: Listed, **PROBLEMS}, operation_id="list_leads")
def list_leads(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Leads by the filters of the list, 50 at a time; `next` is the cursor of what follows."""
    return list_answer(LEADS, asking(request), request.GET, asked)


@router.get("/leads/{key}", response={200: LeadOut, **PROBLEMS}, operation_id="read_lead")
def read_lead(request: HttpRequest, key: str) -> Any:
    """One lead."""
    return LeadOut.of(lead_for(asking(request), key))


@router.post("/leads/{key}/take", response={200: LeadOut, **PROBLEMS}, operation_id="take_lead")
def take_lead(request: HttpRequest, key: str) -> Any:
    """Take a free lead. Of many at once exactly one succeeds; the others get 409: who has it, since when."""

    def answer() -> HttpResponse:
        lead = actions.take_lead(key, by=asking(request), at=time_of(request))
        return HttpResponse(LeadOut.of(lead).model_dump_json(), content_type="application/json")

    return once(request, asking(request).actor.key, answer, together=together)
