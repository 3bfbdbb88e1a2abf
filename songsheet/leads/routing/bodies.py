"""What the API says of tiers and routing that were tried on past leads."""

from datetime import datetime

from ninja import Schema

from songsheet.leads.routing.past import Share
from songsheet.leads.routing.trying import RoutingTried


class TriedShare(Schema):
    """What a tier, a member or a queue would have got of those leads, by this version and by the other."""

    name: str
    leads: int
    customers: int
    minutes_a_week: int
    leads_by_other: int | None
    customers_by_other: int | None
    minutes_a_week_by_other: int | None


class RoutingPreviewOut(Schema):
    """What a version would have done with the leads since `since`, beside the version `other` where one is in
    force. `nobody`: how many nobody could have taken; minutes to answer are summed, in working time; `sooner`
    and `later`: how many would have been promised an answer sooner and later than by the other. `whose` and
    `nobody` are worked out on one of `every` so many leads, and scaled; the rest on all."""

    version: str
    other: str | None
    since: datetime
    leads: int
    customers: int
    tiers: list[TriedShare]
    whose: list[TriedShare]
    nobody: int
    nobody_by_other: int | None
    minutes_to_answer: int
    minutes_to_answer_by_other: int | None
    sooner: int
    later: int
    every: int

    @classmethod
    def of(cls, tried: RoutingTried) -> "RoutingPreviewOut":
        found, other = tried.found, tried.found.other

        def shares(name: str) -> list[TriedShare]:
            return [_share(tried, row, this, beside) for row, this, beside in tried.beside(name)]

        return cls(
            version=tried.version.key,
            other=tried.other.key if tried.other else None,
            since=found.since,
            leads=found.leads,
            customers=found.customers,
            tiers=shares("tiers"),
            whose=shares("whose"),
            nobody=found.this.nobody,
            nobody_by_other=other.nobody if other else None,
            minutes_to_answer=found.this.minutes,
            minutes_to_answer_by_other=other.minutes if other else None,
            sooner=found.sooner,
            later=found.later,
            every=found.every,
        )


def _share(tried: RoutingTried, name: str, this: Share, other: Share | None) -> TriedShare:
    return TriedShare(
        name=name,
        leads=this.leads,
        customers=this.customers,
        minutes_a_week=tried.found.minutes_a_week(this.leads),
        leads_by_other=other.leads if other else None,
        customers_by_other=other.customers if other else None,
        minutes_a_week_by_other=tried.found.minutes_a_week(other.leads) if other else None,
    )
