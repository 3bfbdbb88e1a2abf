"""The API of stories and letters."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from songsheet.desk.story import story_for
from songsheet.team.api import PROBLEMS, asking

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
