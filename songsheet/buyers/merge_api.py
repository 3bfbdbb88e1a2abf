"""The API of suggestions, merging and taking apart."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from songsheet.buyers.merge_actions import COMPANIES, PEOPLE, Kind, merge, tell_apart, unmerge
from songsheet.buyers.suggested import suggestions
from songsheet.doors.api import Given
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answered, asking

router = Router(tags=["buyers"])
What = Literal["people", "companies"]
KINDS: dict[str, Kind[Any, Any]] = {"people": PEOPLE, "companies": COMPANIES}


class PairOut(Schema):
    """Two records that may be one."""

    key: str
    first: str
    second: str
    confidence: float
    reasons: list[str]


class PairsOut(Schema):
    """One page of suggestions."""

    items: list[PairOut]
    next: str | None


class PairsAsked(Schema):
    """Which suggestions."""

    what: What = "people"
    after: str = Field("", max_length=60, description="the key `next` of the page before")
    limit: int = Field(50, ge=1, le=200)


class MergeIn(Given):
    """`take` names the fields that come from the other; `versions` are those that you read, by key."""

    other: str = Field(max_length=60)
    take: list[str] | None = Field(None, max_length=200)
    versions: dict[str, int] = Field(default_factory=dict, max_length=2)


class MergeOut(Schema):
    """A merge: what was merged into what; `stayed` are fields that did not go back when it was undone."""

    key: str
    into: str
    merged: str
    fields: list[str]
    at: datetime
    undone_at: datetime | None
    stayed: list[str]


class ToldApartOut(Schema):
    """A suggestion that somebody said no to."""

    key: str


@router.get("/duplicates", response={200: PairsOut, **PROBLEMS}, operation_id="list_duplicates")
def list_duplicates(request: HttpRequest, asked: Query[PairsAsked]) -> Any:
    """Records that may be one, the surest first, with the reasons in words."""
    kind = KINDS[asked.what]
    found = suggestions(kind, asking(request), after=asked.after.replace("\x00", ""), limit=asked.limit)
    items = [
        PairOut(key=one.key, first=one.first.key, second=one.second.key,
                confidence=one.confidence, reasons=one.reasons)
        for one in found
    ]  # fmt: skip
    return PairsOut(items=items, next=items[-1].key if len(items) == asked.limit else None)


@router.post(
    "/duplicates/{key}/dismiss", response={200: ToldApartOut, **PROBLEMS}, operation_id="dismiss_duplicate"
)
def dismiss_duplicate(request: HttpRequest, key: str, what: What = "people") -> Any:
    """The two are not one; they are not suggested again."""

    def do(by: Acting, at: datetime) -> Any:
        tell_apart(KINDS[what], key, by=by, at=at)
        return ToldApartOut(key=key)

    return answered(request, do)


@router.post("/people/{key}/merge", response={200: MergeOut, **PROBLEMS}, operation_id="merge_people")
def merge_people(request: HttpRequest, key: str, body: MergeIn) -> Any:
    """Make one of two people; this one survives. It can be undone at any time."""
    return _merged(request, PEOPLE, key, body)


@router.post("/people/{key}/unmerge", response={200: MergeOut, **PROBLEMS}, operation_id="unmerge_person")
def unmerge_person(request: HttpRequest, key: str) -> Any:
    """Take a person who was merged into another apart again."""
    return _apart(request, PEOPLE, key)


@router.post("/companies/{key}/merge", response={200: MergeOut, **PROBLEMS}, operation_id="merge_companies")
def merge_companies(request: HttpRequest, key: str, body: MergeIn) -> Any:
    """Make one of two companies; this one survives. It can be undone at any time."""
    return _merged(request, COMPANIES, key, body)


@router.post("/companies/{key}/unmerge", response={200: MergeOut, **PROBLEMS}, operation_id="unmerge_company")
def unmerge_company(request: HttpRequest, key: str) -> Any:
    """Take a company that was merged into another apart again."""
    return _apart(request, COMPANIES, key)


def _merged(request: HttpRequest, kind: Kind[Any, Any], key: str, body: MergeIn) -> Any:
    def do(by: Acting, at: datetime) -> Any:
        return _out(merge(kind, key, body.other, take=body.take, versions=body.versions, by=by, at=at))

    return answered(request, do)


def _apart(request: HttpRequest, kind: Kind[Any, Any], key: str) -> Any:
    return answered(request, lambda by, at: _out(unmerge(kind, key, by=by, at=at)))


def _out(done: Any) -> MergeOut:
    return MergeOut(
        key=done.key,
        into=done.into.key,
        merged=done.merged.key,
        fields=list(done.changes),
        at=done.at,
        undone_at=done.undone_at,
        stayed=done.stayed,
    )
