"""The API of routing: why a lead came to whom it is with."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from songsheet.leads.routing.queries import routings_of
from songsheet.leads.routing.words import Why, why_of
from songsheet.team.api import PROBLEMS, asking

router = Router(tags=["leads"])


class NotChosen(Schema):
    """A candidate who did not get the lead, and why not."""

    name: str
    why: str


class RoutingOut(Schema):
    """One routing of a lead: by which version of the agreement, to whom, why, and why not the others."""

    at: datetime
    version: str
    tier: str
    method: str
    cause: str
    member: str | None
    queue: str | None
    why: str
    others: list[NotChosen]

    @classmethod
    def of(cls, one: Why) -> "RoutingOut":
        found = one.routing
        return cls(
            at=found.at,
            version=found.version.key,
            tier=found.tier,
            method=found.method,
            cause=found.cause,
            member=found.member.key if found.member else None,
            queue=found.queue.key if found.queue else None,
            why=one.chosen,
            others=[NotChosen(name=name, why=why) for name, why in one.others],
        )


class Routings(Schema):
    """The routings of a lead, the newest first."""

    items: list[RoutingOut]


@router.get("/leads/{key}/routings", response={200: Routings, **PROBLEMS}, operation_id="list_routings")
def routings(request: HttpRequest, key: str) -> Any:
    """How a lead came to whom it is with, and why not to each other; the newest 20."""
    _, found = routings_of(asking(request), key)
    return Routings(items=[RoutingOut.of(one) for one in why_of(found)])
