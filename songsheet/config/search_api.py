"""The API of search: what the palette finds."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from songsheet.config.find import groups_for
from songsheet.doors.api import Text
from songsheet.team.api import PROBLEMS, asking
from songsheet.team.roles import Right

router = Router(tags=["search"])


class SearchAsked(Schema):
    """The start of a name, last name, mail address or company."""

    q: Annotated[Text, Field(min_length=1, max_length=200)]


class HitOut(Schema):
    """One hit with its page, whose last word is its key."""

    label: str
    note: str
    url: str


class GroupOut(Schema):
    """Hits of one kind."""

    label: str
    hits: list[HitOut]


@router.get("/search", response={200: list[GroupOut], **PROBLEMS}, operation_id="search")
def search(request: HttpRequest, asked: Query[SearchAsked]) -> Any:
    """The first hits of each kind, in the order in which people know things."""
    by = asking(request)
    by.must(Right.LOOK)
    return [
        GroupOut(
            label=str(group["label"]),
            hits=[
                HitOut(label=str(hit["label"]), note=str(hit["note"] or ""), url=str(hit["url"]))
                for hit in group["hits"]
            ],
        )
        for group in groups_for(by, " ".join(asked.q.split()))
    ]
