"""The API of definitions that are tried on past leads."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from songsheet.leads.qualifying.preview import Count
from songsheet.leads.qualifying.reading import Previewed, preview_of
from songsheet.team.api import PROBLEMS, asking, time_of

router = Router(tags=["agreements"])


class PreviewCount(Schema):
    """How many leads came, how many this version and the other would have qualified; the same of those who
    became customers."""

    leads: int
    qualified: int
    qualified_by_other: int | None
    customers: int
    customers_qualified: int
    customers_qualified_by_other: int | None

    @classmethod
    def of(cls, count: Count, *, beside: bool) -> "PreviewCount":
        return cls(
            leads=count.leads,
            qualified=count.these,
            qualified_by_other=count.others if beside else None,
            customers=count.customers,
            customers_qualified=count.these_customers,
            customers_qualified_by_other=count.others_customers if beside else None,
        )


class PreviewSource(PreviewCount):
    """The counts of one source; empty: no source is known."""

    source: str


class PreviewCriterion(Schema):
    """How many leads hold one criterion."""

    name: str
    holds: int


class PreviewOut(Schema):
    """What a version would have done with the leads since `since`, beside the version `other` where one is in
    force; gained and lost are leads that only one of both qualifies, by key, the newest 20."""

    version: str
    other: str | None
    since: datetime
    whole: PreviewCount
    sources: list[PreviewSource]
    criteria: list[PreviewCriterion]
    gained: int
    lost: int
    gained_leads: list[str]
    lost_leads: list[str]

    @classmethod
    def of(cls, tried: Previewed) -> "PreviewOut":
        found, beside = tried.found, tried.other is not None
        return cls(
            version=tried.version.key,
            other=tried.other.key if tried.other else None,
            since=found.since,
            whole=PreviewCount.of(found.whole, beside=beside),
            sources=[
                PreviewSource(source=name, **PreviewCount.of(count, beside=beside).dict())
                for name, count in found.sources
            ],
            criteria=[PreviewCriterion(name=one.name, holds=count) for one, count in found.criteria],
            gained=found.gained,
            lost=found.lost,
            gained_leads=[lead.key for lead in found.gained_leads],
            lost_leads=[lead.key for lead in found.lost_leads],
        )


@router.get(
    "/agreements/versions/{key}/preview",
    response={200: PreviewOut, **PROBLEMS},
    operation_id="preview_version",
)
def preview_version(request: HttpRequest, key: str) -> Any:
    """What this version of the definition would have done with the leads of the last three months."""
    return PreviewOut.of(preview_of(asking(request), key, at=time_of(request)))
