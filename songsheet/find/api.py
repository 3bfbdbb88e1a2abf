"""The API of search."""

from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from songsheet.doors.api import Text
from songsheet.find.kinds import BY_NAME
from songsheet.find.search import MOST, search
from songsheet.find.show import shown
from songsheet.team.api import PROBLEMS, asking

router = Router(tags=["search"])
Kind = Literal["people", "companies", "leads", "deals", "campaigns", "members", "tasks", "touches"]
assert set(Kind.__args__) == set(BY_NAME)  # type: ignore[attr-defined]


class SearchAsked(Schema):
    """Words, or beginnings of words; all of them must be there. `kind` narrows to one kind of record."""

    q: Annotated[Text, Field(min_length=1, max_length=200)]
    kind: Kind | None = None
    limit: int = Field(10, ge=1, le=100, description="hits of each kind")


class HitOut(Schema):
    """One hit. `url` is its page: a lead, deal, task or touch is read in its buyer's story."""

    key: str
    label: str
    note: str
    url: str


class GroupOut(Schema):
    """The best hits of one kind, and how many there are: exact below 1,000."""

    kind: Kind
    label: str
    total: int
    total_is_exact: bool
    hits: list[HitOut]


class FoundOut(Schema):
    """What was found. Where nothing holds the words, `showing` are words spelled nearly so that did find."""

    q: str
    showing: str
    groups: list[GroupOut]


@router.get("/search", response={200: FoundOut, **PROBLEMS}, operation_id="search")
def look_for(request: HttpRequest, asked: Query[SearchAsked]) -> Any:
    """The best hits of each kind, the kind of the best one first."""
    by = asking(request)
    hits = search(by, asked.q, kinds=[asked.kind] if asked.kind else ())
    first = {name: ids[: asked.limit] for name, ids in hits.by_kind.items()}
    return FoundOut(
        q=hits.typed,
        showing=hits.words,
        groups=[
            GroupOut(
                kind=cast(Kind, name),
                label=BY_NAME[name].label,
                total=len(hits.by_kind[name]),
                total_is_exact=len(hits.by_kind[name]) < MOST,
                hits=[HitOut(key=it.key, label=it.label, note=it.note, url=it.url) for it in its],
            )
            for name, its in shown(by, first).items()
        ],
    )
