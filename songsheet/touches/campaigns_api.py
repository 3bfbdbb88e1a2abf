"""The API of campaigns and sources."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from songsheet.doors.api import (
    Archive,
    Archived,
    Asked,
    Batch,
    ByExternal,
    Listed,
    Verdicts,
    list_answer,
    version_asked,
)  # fmt: skip
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, batch_answer, brought
from songsheet.team.bodies import must_be_declared
from songsheet.team.roles import Right
from songsheet.touches import actions
from songsheet.touches.api import archived, the_called, the_one, values_of
from songsheet.touches.campaign_bodies import (
    CampaignChange,
    CampaignIn,
    CampaignOut,
    SourceIn,
    SourceOut,
    bring_campaigns,
    source_id,
    sources_called,
)  # fmt: skip
from songsheet.touches.errors import NoSuchCampaign
from songsheet.touches.listing import CAMPAIGNS
from songsheet.touches.models import Source
from songsheet.touches.queries import campaigns_seen_by
from songsheet.touches.withdraw import withdraw_campaigns

router = Router(tags=["campaigns"])


@router.get("/campaigns", response={200: Listed, **PROBLEMS}, operation_id="list_campaigns")
def list_campaigns(request: HttpRequest, asked: Query[Asked]) -> Any:
    """The register of campaigns."""
    return list_answer(CAMPAIGNS, asking(request), request.GET, asked)


@router.get(
    "/campaigns/external", response={200: CampaignOut, **PROBLEMS}, operation_id="read_campaign_by_external"
)
def read_campaign_by_external(request: HttpRequest, external: Query[ByExternal]) -> Any:
    """The campaign that another system calls so."""
    return answer_of(CampaignOut.of(the_called(campaigns_seen_by(asking(request)), external, NoSuchCampaign)))


@router.post(
    "/campaigns", response={200: CampaignOut, 201: CampaignOut, **PROBLEMS}, operation_id="create_campaign"
)
def create_campaign(request: HttpRequest, body: CampaignIn) -> Any:
    """Enter a campaign; one that is known by id or name is that one."""
    return brought(request, body, bring_campaigns, _campaign)


@router.post("/campaigns/batch", response={200: Verdicts, **PROBLEMS}, operation_id="create_campaigns")
def create_campaigns(request: HttpRequest, body: Batch) -> Any:
    """Enter up to 1,000 campaigns at once, with a verdict for each."""
    return batch_answer(request, body, CampaignIn, bring_campaigns, entries=1, right=Right.SPEND)


@router.get("/campaigns/{key}", response={200: CampaignOut, **PROBLEMS}, operation_id="read_campaign")
def read_campaign(request: HttpRequest, key: str) -> Any:
    """One campaign with its spend."""
    return answer_of(_campaign(asking(request), key))


@router.patch("/campaigns/{key}", response={200: CampaignOut, **PROBLEMS}, operation_id="change_campaign")
def change_campaign(request: HttpRequest, key: str, body: CampaignChange) -> Any:
    """Change what is sent; null clears."""

    def do(by: Acting, at: datetime) -> Any:
        by.must(Right.SPEND)
        values = values_of(body, ("kind", "status", "source", "currency"))
        must_be_declared("campaign", [body.custom])(body.custom)
        if "source" in values:
            name = values.pop("source")
            values["source_id"] = source_id(sources_called([name], by=by), name)
        actions.change_campaign(key, by=by, at=at, version=version_asked(request, body.version), **values)
        return _campaign(by, key)

    return answered(request, do)


@router.post(
    "/campaigns/{key}/archive", response={200: Archived, **PROBLEMS}, operation_id="archive_campaign"
)
def archive_campaign(request: HttpRequest, key: str, body: Archive) -> Any:
    """Take a campaign out of the register; what came by it keeps its name."""
    return archived(request, key, body, _campaign, withdraw_campaigns)


@router.get("/sources", response={200: list[SourceOut], **PROBLEMS}, operation_id="list_sources")
def list_sources(request: HttpRequest) -> Any:
    """The vocabulary of sources, by name."""
    asking(request).must(Right.LOOK)
    return [SourceOut(name=name) for name in Source.objects.order_by("name").values_list("name", flat=True)]


@router.post("/sources", response={200: SourceOut, **PROBLEMS}, operation_id="create_source")
def create_source(request: HttpRequest, body: SourceIn) -> Any:
    """Add a word to the vocabulary; one that is there stays as it is."""

    def do(by: Acting, at: datetime) -> Any:
        by.must(Right.SPEND)
        return SourceOut(name=Source.objects.get(id=sources_called([body.name], by=by)[body.name]).name)

    return answered(request, do)


def _campaign(viewer: Acting, key: str) -> CampaignOut:
    return CampaignOut.of(the_one(campaigns_seen_by(viewer), key, NoSuchCampaign))
