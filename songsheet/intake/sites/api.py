"""The API of our sites."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from songsheet.doors.api import Given, Text, Version, said, version_asked
from songsheet.intake.sites import actions
from songsheet.intake.sites.models import Site
from songsheet.intake.sites.queries import site_for, sites_seen_by, snippet_of
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking

router = Router(tags=["sites"])
Name = Annotated[Text, Field(min_length=1, max_length=120)]
Origins = Annotated[list[Annotated[Text, Field(max_length=300)]], Field(min_length=1, max_length=20)]
Mode = Literal["anonymous", "stitched", "whole"]


class SiteIn(Given):
    """A website of ours: where its pages stand, and how much they may tell."""

    name: Name
    origins: Origins
    mode: Mode = "anonymous"


class SiteChange(Given):
    """The fields to change."""

    version: Version | None = None
    name: Name = ""
    origins: Origins = []
    mode: Mode = "anonymous"


class SiteOut(Schema):
    """A site; `snippet` is pasted into its pages."""

    key: str
    name: str
    origins: list[str]
    mode: str
    snippet: str
    made_at: datetime
    gone_at: datetime | None
    version: int

    @classmethod
    def of(cls, one: Site) -> "SiteOut":
        plain = {name: getattr(one, name) for name in cls.model_fields if name != "snippet"}
        return cls(**plain, snippet=snippet_of(one))


_ANSWERS: dict[int, Any] = {200: SiteOut, **PROBLEMS}


@router.get("/sites", response={200: list[SiteOut], **PROBLEMS}, operation_id="list_sites")
def list_sites(request: HttpRequest) -> Any:
    """Our sites that may tell of visits, by name."""
    return [SiteOut.of(one) for one in sites_seen_by(asking(request))]


@router.post("/sites", response={201: SiteOut, **PROBLEMS}, operation_id="create_site")
def create_site(request: HttpRequest, body: SiteIn) -> Any:
    """Let the pages of these origins tell of visits."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, SiteOut.of(actions.add_site(**body.model_dump(), by=by, at=at))

    return answered(request, do)


@router.get("/sites/{key}", response=_ANSWERS, operation_id="read_site")
def read_site(request: HttpRequest, key: str) -> Any:
    """One site."""
    return answer_of(SiteOut.of(site_for(asking(request), key)))


@router.patch("/sites/{key}", response=_ANSWERS, operation_id="change_site")
def change_site(request: HttpRequest, key: str, body: SiteChange) -> Any:
    """Change its name, where it stands, or how much it may tell."""
    version = version_asked(request, body.version)
    return _done(request, key, actions.change_site, version=version, **said(body))


@router.post("/sites/{key}/take-out", response=_ANSWERS, operation_id="take_site_out")
def take_site_out(request: HttpRequest, key: str) -> Any:
    """What its pages still tell is refused."""
    return _done(request, key, actions.take_site_out)


@router.post("/sites/{key}/bring-back", response=_ANSWERS, operation_id="bring_site_back")
def bring_site_back(request: HttpRequest, key: str) -> Any:
    """Its pages may tell of visits again."""
    return _done(request, key, actions.bring_site_back)


def _done(request: HttpRequest, key: str, act: Callable[..., Site], **given: Any) -> Any:
    return answered(request, lambda by, at: SiteOut.of(act(key, by=by, at=at, **given)))
