"""The API of the load."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from songsheet.desk.load.moving import could_move
from songsheet.desk.load.read import Load, loads
from songsheet.team.api import PROBLEMS, asking, time_of
from songsheet.team.queries import house
from songsheet.team.roles import Right

router = Router(tags=["desk"])


class DutyLoadOut(Schema):
    """A duty and what it costs."""

    name: str
    minutes: int


class LoadOut(Schema):
    """Minutes a week of one member: what they have time for, what is theirs, and what that consists of."""

    member: str
    name: str
    capacity: int
    minutes: int
    drowns: bool
    duties: list[DutyLoadOut]
    open_leads: int
    lead_minutes: int
    open_deals: int
    deal_minutes: int
    clocks: int
    clock_minutes: int

    @classmethod
    def of(cls, one: Load) -> "LoadOut":
        return cls(
            member=one.member.key,
            name=one.member.name,
            capacity=one.capacity,
            minutes=one.minutes,
            drowns=one.drowns,
            duties=[DutyLoadOut(name=duty.name, minutes=duty.minutes_a_week) for duty in one.duties],
            open_leads=one.leads,
            lead_minutes=one.lead_minutes,
            open_deals=one.deals,
            deal_minutes=one.deal_minutes,
            clocks=one.clocks,
            clock_minutes=one.clock_minutes,
        )


class MoveOut(Schema):
    """Leads that could go from one member to another; `POST /bulk` with act `assign` moves them."""

    giver: str
    taker: str
    leads: list[str]
    minutes: int


class PassOut(Schema):
    """A duty that its deputy has room for."""

    giver: str
    taker: str
    duty: str
    minutes: int


class LoadsOut(Schema):
    """Everybody who works here, who drowns most first; by the responsibilities in force, where they are."""

    version: str | None
    is_in_force: bool
    members: list[LoadOut]
    could_move: list[MoveOut]
    could_pass: list[PassOut]


@router.get("/load", response={200: LoadsOut, **PROBLEMS}, operation_id="read_load")
def read_load(request: HttpRequest) -> Any:
    """Minutes a week against capacity, and what could move to whom; nothing is moved."""
    asking(request).must(Right.LOOK)
    at = time_of(request)
    found = loads(house(), at)
    moves = could_move(found, at)
    return LoadsOut(
        version=found.version.key if found.version else None,
        is_in_force=found.is_in_force,
        members=[LoadOut.of(one) for one in found.every],
        could_move=[
            MoveOut(
                giver=one.giver.member.key,
                taker=one.taker.member.key,
                leads=[lead.key for lead in one.leads],
                minutes=one.minutes,
            )
            for one in moves.leads
        ],
        could_pass=[
            PassOut(
                giver=one.giver.member.key,
                taker=one.taker.member.key,
                duty=one.duty.name,
                minutes=one.duty.minutes_a_week,
            )
            for one in moves.duties
        ],
    )
