"""Campaigns and sources as the API takes and gives them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from songsheet.base.adopting import Adopted, Lane, RowRefused
from songsheet.base.text import fold
from songsheet.doors.api import Currency, Custom, External, Given, Minor, Text, Version, adopt_good
from songsheet.team.acting import Acting
from songsheet.team.bodies import must_be_declared
from songsheet.team.fields.declared import shown as shown_of
from songsheet.team.roles import Right
from songsheet.touches.adopt_campaigns import CampaignRow, adopt_campaigns, sources_named
from songsheet.touches.bodies import pair, shown
from songsheet.touches.models import Campaign, Source


class CampaignIn(Given):
    """A campaign with its spend; one that is known by id or name is that one."""

    name: Annotated[Text, Field(min_length=1, max_length=300)]
    kind: Annotated[Text, Field(max_length=60)] = ""
    status: Annotated[Text, Field(max_length=60)] = ""
    source: Annotated[Text, Field(max_length=120)] = ""
    starts_on: date | None = None
    ends_on: date | None = None
    budget: Minor | None = None
    cost: Minor | None = None
    currency: Currency = ""
    custom: Custom | None = None
    external: External | None = None


class CampaignChange(Given):
    """The fields to change; null clears one."""

    version: Version | None = None
    name: Annotated[Text, Field(min_length=1, max_length=300)] = ""
    kind: Annotated[Text, Field(max_length=60)] | None = None
    status: Annotated[Text, Field(max_length=60)] | None = None
    source: Annotated[Text, Field(max_length=120)] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    budget: Minor | None = None
    cost: Minor | None = None
    currency: Currency | None = None
    custom: Custom | None = None


class SourceIn(Given):
    """A word of the vocabulary of sources."""

    name: Annotated[Text, Field(min_length=1, max_length=120)]


class SourceOut(Schema):
    """Where buyers come from."""

    name: str


class CampaignOut(Schema):
    """A campaign; money in minor units."""

    key: str
    name: str
    kind: str
    status: str
    source: str
    starts_on: date | None
    ends_on: date | None
    budget: int | None
    cost: int | None
    currency: str
    custom: dict[str, Any]
    external: dict[str, str] | None
    version: int

    @classmethod
    def of(cls, one: Campaign) -> "CampaignOut":
        custom = shown_of("campaign", one.custom)
        values = shown(one, cls, but=("source", "custom"))
        return cls(**values, source=one.source.name if one.source else "", custom=custom)


def bring_campaigns(
    given: Sequence[CampaignIn], *, by: Acting, at: datetime, lane: Lane = "live"
) -> list[Adopted]:
    """Enter campaigns as they are given."""
    by.must(Right.SPEND)
    sources = sources_called((one.source for one in given), by=by)
    declared = must_be_declared("campaign", [one.custom for one in given])

    def row_of(one: CampaignIn) -> CampaignRow:
        declared(one.custom)
        values = one.model_dump(exclude={"source", "external"})
        return CampaignRow(**values, source=source_id(sources, one.source), external=pair(one))

    return adopt_good(given, row_of, lambda rows: adopt_campaigns(rows, by=by, at=at, lane=lane))


def sources_called(names: Iterable[str | None], *, by: Acting) -> dict[str, int]:
    """The sources with these names; who may spend adds new ones, others use what is there."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    known = dict(
        Source.objects.filter(name_folded__in=[fold(one) for one in wanted]).values_list("name_folded", "id")
    )
    missing = [name for name in wanted if fold(name) not in known]
    if missing and by.may(Right.SPEND):
        known |= {fold(name): id_ for name, id_ in sources_named(missing).items()}
    return {name: known[fold(name)] for name in wanted if fold(name) in known}


def source_id(sources: dict[str, int], name: str) -> int | None:
    """The source of this name; refused where there is none."""
    if name and name not in sources:
        raise RowRefused(f"There is no source “{name[:60]}”. Add it first.", field="source")
    return sources.get(name)
