"""The API of routing many anew: what would come of it. It is done by `/bulk` with the act `route`."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from songsheet.doors.api import Given, Key, Text
from songsheet.flows.bulk.change_many import Chosen
from songsheet.flows.errors import NothingChosen
from songsheet.flows.rerouting.asked import Wish, tried
from songsheet.leads.routing.words import said
from songsheet.team.api import PROBLEMS, asking, time_of
from songsheet.team.roles import Right

router = Router(tags=["leads"])


class RouteIn(Given):
    """Which leads: by their keys, or all that the filters of their list find; those that somebody works on
    only when that is said."""

    keys: Annotated[list[Key], Field(max_length=1000)] | None = None
    filters: dict[Annotated[Text, Field(max_length=60)], Annotated[Text, Field(max_length=500)]] | None = None
    worked_on: bool = False


class WouldGet(Schema):
    """How many of these leads a member or queue would get, and how many of them are there now."""

    name: str
    gets: int
    has: int


class WouldGo(Schema):
    """Where one lead would go: a member by key or a queue by name, and why."""

    lead: str
    member: str | None
    queue: str | None
    why: str


class ForetoldOut(Schema):
    """What routing would do just now; `staying` says why others would stay, with how many."""

    counts: list[WouldGet]
    leads: list[WouldGo]
    staying: dict[str, int]


@router.post("/routing/preview", response={200: ForetoldOut, **PROBLEMS}, operation_id="preview_routing")
def preview(request: HttpRequest, body: RouteIn) -> Any:
    """Who would get which of these leads and why, at most 10,000; nothing is changed."""
    viewer = asking(request)
    viewer.must(Right.OFFER)
    if (body.keys is None) == (body.filters is None):
        raise NothingChosen("Send either keys or filters, not both and not neither.", field="keys")
    wish = Wish(Chosen(tuple(body.keys or ()), body.filters), body.worked_on)
    found = tried(wish, by=viewer, at=time_of(request))
    names = {one.id: one.name for one in found.world.members.values()}
    return ForetoldOut(
        counts=[WouldGet(name=name, gets=gets, has=has) for name, gets, has in found.counts],
        leads=[
            WouldGo(
                lead=lead.key,
                member=found.world.members[one.member].key if one.member else None,
                queue=one.queue or None,
                why=said(one.why, names),
            )
            for lead, one in found.going
        ],
        staying=dict(found.staying),
    )
