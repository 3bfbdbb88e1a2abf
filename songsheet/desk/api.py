"""The API of stories and letters."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from songsheet.desk.letters.asked import read_asked, source_named
from songsheet.desk.letters.letter import letters
from songsheet.desk.story import story_for
from songsheet.team.api import PROBLEMS, asking, time_of

router = Router(tags=["desk"])


class StoryOut(Schema):
    """A person, the keys of their leads and deals, and the lines of their story, the latest first."""

    person: dict[str, str]
    leads: list[str]
    deals: list[str]
    entries: list[dict[str, Any]]


@router.get("/story/{key}", response={200: StoryOut, **PROBLEMS}, operation_id="read_story")
def read_story(request: HttpRequest, key: str) -> Any:
    """One buyer's story, by a key of ours or an external id."""
    return story_for(asking(request), key).as_dict()


Money = dict[str, int]


class CameOut(Schema):
    """Leads of one source and campaign; money in minor units per currency."""

    source: str
    campaign: str | None
    campaign_key: str | None
    leads: int
    deals: int
    won: int
    revenue: Money
    cost: Money


class WentOut(Schema):
    """How many leads went this way."""

    outcome: str
    leads: int


class ResponseOut(Schema):
    """Time to the first outgoing activity; `never` where there is none, or none that can be timed."""

    under_1h: int
    within_24h: int = Field(alias="1h_to_24h")
    over_24h: int
    never: int


class LeakOut(Schema):
    """A leak: `still` of its leads can be saved, worth `value`; `estimate` where an expectation is in it."""

    kind: str
    leads: int
    still: int
    value: Money
    estimate: bool
    sentence: str
    action: str
    means: str
    link: str


class LettersOut(Schema):
    """The letters at a position of the journal. `told` is null until what buyers were told is counted."""

    position: int
    at: str
    first: str | None = Field(alias="from")
    until: str | None
    leads: int
    came_from: list[CameOut]
    went: list[WentOut]
    response: ResponseOut
    leaks: list[LeakOut]
    told: None
    spent_without_leads: Money


class LettersAsked(Schema):
    """Leads that came on these days (in the zone of the house), of one source by its name."""

    first: str | None = Field(None, alias="from", max_length=10)
    until: str | None = Field(None, max_length=10)
    source: str | None = Field(None, max_length=120)


@router.get("/letters", response={200: LettersOut, **PROBLEMS}, operation_id="read_letters", by_alias=True)
def read_letters(request: HttpRequest, asked: Query[LettersAsked]) -> Any:
    """Where leads came from, where they went, how fast they were answered, and where they leak."""
    given = {"from": asked.first, "until": asked.until, "source": asked.source}
    wanted = read_asked(given, source_named(asked.source))
    return letters(asking(request), at=time_of(request), asked=wanted).as_dict()
