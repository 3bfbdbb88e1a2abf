"""Saved views on the API."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from songsheet.doors.address import Shown
from songsheet.doors.api import Archived, Given, Text, version_asked
from songsheet.doors.listing import Listing
from songsheet.team import view_actions as actions
from songsheet.team.api import PROBLEMS, answered, asking
from songsheet.team.errors import NoSuchList, NoSuchView
from songsheet.team.models import SavedView
from songsheet.team.saved import ViewOut, as_out, view_for, views_seen_by

Name = Annotated[Text, Field(min_length=1, max_length=80)]
Named = Annotated[Text, Field(min_length=1, max_length=60)]
Filters = Annotated[dict[Named, Annotated[Text, Field(min_length=1, max_length=500)]], Field(max_length=40)]
Columns = Annotated[list[Named], Field(max_length=100)]


class ViewIn(Given):
    """A view to save: declared names of the list alone. Filters that hold words about people are left out."""

    listing: Named
    name: Name
    filters: Filters = {}
    columns: Columns = []
    sort: Annotated[Text, Field(max_length=60)] = ""
    group: Annotated[Text, Field(max_length=60)] = ""
    shared: bool = False
    pinned: bool = False


class ViewChange(Given):
    """What to change; what is not sent stays. `version` is the one that was read, or the ETag in If-Match."""

    name: Name | None = None
    filters: Filters | None = None
    columns: Columns | None = None
    sort: Annotated[Text, Field(max_length=60)] | None = None
    group: Annotated[Text, Field(max_length=60)] | None = None
    shared: bool | None = None
    pinned: bool | None = None
    version: int | None = Field(None, ge=1, le=2**31 - 1)


class ViewList(Given):
    """The views that the asker sees."""

    items: list[ViewOut]


def router_of(listings: Mapping[str, Listing]) -> Router:
    """The operations on views of these lists."""
    router = Router(tags=["views"])

    @router.get("/views", response={200: ViewList, **PROBLEMS}, operation_id="list_views")
    def list_views(request: HttpRequest, listing: str = "") -> Any:
        """One's own views and those that are shared, of one list or of all."""
        if listing:
            _of(listings, listing)
        return ViewList(items=[as_out(one) for one in views_seen_by(asking(request), listing)])

    @router.post("/views", response={201: ViewOut, **PROBLEMS}, operation_id="save_view")
    def save_view(request: HttpRequest, body: ViewIn) -> HttpResponse:
        """Save a view; it belongs to the member whose key asks."""
        listing = _of(listings, body.listing)
        shown = Shown(body.filters, tuple(body.columns), body.sort, body.group)

        def save(**acting: Any) -> tuple[int, ViewOut]:
            given: dict[str, Any] = {"name": body.name, "shared": body.shared, "pinned": body.pinned}
            return 201, as_out(actions.save_view(listing, shown, **given, **acting))

        return answered(request, save)

    @router.get("/views/{key}", response={200: ViewOut, **PROBLEMS}, operation_id="read_view")
    def read_view(request: HttpRequest, key: str) -> Any:
        """One view."""
        return as_out(view_for(asking(request), key))

    @router.patch("/views/{key}", response={200: ViewOut, **PROBLEMS}, operation_id="change_view")
    def change_view(request: HttpRequest, key: str, body: ViewChange) -> HttpResponse:
        """Rename, share, pin or change a view; a stale version is a 409 with both values."""

        def change(**acting: Any) -> ViewOut:
            view = view_for(asking(request), key)
            version = version_asked(request, body.version)
            return as_out(_changed(listings, view, body, version=version, **acting))

        return answered(request, change)

    @router.delete("/views/{key}", response={200: Archived, **PROBLEMS}, operation_id="archive_view")
    def archive_view(request: HttpRequest, key: str) -> HttpResponse:
        """Offer a view no more; it can be brought back on its page."""

        def archive(**acting: Any) -> Archived:
            return Archived(key=actions.archive_view(key, **acting).key)

        return answered(request, archive)

    return router


def _of(listings: Mapping[str, Listing], name: str) -> Listing:
    if name not in listings:
        raise NoSuchList(f"There is no list “{name[:40]}”. There are: {', '.join(listings)}.")
    return listings[name]


def _changed(listings: Mapping[str, Listing], view: SavedView, body: ViewChange, **acting: Any) -> SavedView:
    if view.listing not in listings:
        raise NoSuchView
    said = {name: value for name, value in body.model_dump(exclude={"version"}).items() if value is not None}
    parts: dict[str, Any] = {
        name: said.pop(name) for name in ("filters", "columns", "sort", "group") if name in said
    }
    shown = None
    if parts:
        there: dict[str, Any] = {
            name: getattr(view, name) for name in ("filters", "columns", "sort", "group")
        }
        shown = Shown(**{**there, **parts})
    return actions.change_view(view.key, listing=listings[view.listing], shown=shown, **said, **acting)
