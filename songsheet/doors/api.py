"""Lists on the API: the same Listing, the same filters, pages by cursor."""

from collections.abc import Mapping
from typing import Any

from ninja import Schema
from pydantic import Field

from songsheet.doors.listing import PAGE_SIZE, Listing

NOT_FILTERS = {"sort", "after", "limit"}


class Asked(Schema):
    """How to walk a list. Every other name in the query is a filter; an undeclared one is refused."""

    sort: str | None = Field(None, max_length=60, description="a declared sort of the list")
    after: str | None = Field(None, max_length=4000, description="the cursor `next` of the page before")
    limit: int = Field(PAGE_SIZE, ge=1, le=200)


class Listed(Schema):
    """One page of a list."""

    items: list[dict[str, Any]]
    next: str | None
    total: int | None
    total_is_exact: bool | None


def list_answer(listing: Listing, viewer: Any, query: Mapping[str, str], asked: Asked) -> Listed:
    """The page of a listing that was asked for."""
    filters = {name: value for name, value in query.items() if name not in NOT_FILTERS and value}
    page = listing.page(viewer, filters, sort=asked.sort, after=asked.after, size=asked.limit)
    first = not asked.after
    return Listed(
        items=listing.as_dicts(viewer, page.rows),
        next=page.next_cursor,
        total=page.total if first else None,
        total_is_exact=page.total_is_exact if first else None,
    )
