"""Reads of saved views: which ones somebody sees of a list, and what each shows of it today."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from ninja import Schema

from songsheet.doors.address import Fitting, Shown, fitting
from songsheet.doors.counting import counts_of, in_words
from songsheet.doors.listing import Listing
from songsheet.team.acting import Acting
from songsheet.team.errors import NoSuchView
from songsheet.team.models import SavedView
from songsheet.team.roles import Right

#: So many views a page offers; whoever has more archives some.
MOST_OFFERED = 60


@dataclass(frozen=True)
class Offered:
    """A view as a list page offers it: its address today, and what the list no longer has of it."""

    view: SavedView
    url: str
    fits: Fitting
    is_mine: bool
    may_change: bool


def views_seen_by(viewer: Acting, listing: str = "") -> Sequence[SavedView]:
    """The viewer's own views and those that are shared, of one list or of all; pinned first, then by name."""
    viewer.must(Right.LOOK)
    mine = Q(owner=viewer.member) if viewer.member else Q(pk=None)
    views = SavedView.objects.filter(mine | Q(shared=True), gone_at=None).select_related("owner")
    if listing:
        views = views.filter(listing=listing)
    return list(views.order_by("-pinned", "name", "id")[:MOST_OFFERED])


def view_for(viewer: Acting, key: str) -> SavedView:
    """One view that the viewer may see."""
    viewer.must(Right.LOOK)
    view = SavedView.objects.filter(key=key, gone_at=None).select_related("owner").first()
    if view is None or not (view.shared or view.owner == viewer.member):
        raise NoSuchView
    return view


def shown_by(view: SavedView) -> Shown:
    """What a view keeps, as it was saved."""
    filters = {str(name): str(value) for name, value in view.filters.items()}
    return Shown(filters, tuple(map(str, view.columns)), view.sort, view.group)


def offer(view: SavedView, listing: Listing, viewer: Acting) -> Offered:
    """A view with its address today."""
    fits = fitting(listing, viewer, shown_by(view))
    is_mine = view.owner == viewer.member
    url = f"{listing.path}?{fits.shown.query(view=view.key)}"
    may_change = viewer.may(Right.SAVE) and (is_mine or viewer.may(Right.CURATE))
    return Offered(view, url, fits, is_mine, may_change)


def counted(listing: Listing, viewer: Acting, offered: Sequence[Offered]) -> list[str]:
    """How many rows the whole list and each view has, in words, in one statement."""
    each = [listing.narrowed(viewer, one.fits.shown.filters).rows for one in offered]
    return [in_words(count) for count in counts_of([listing.base(viewer), *each])]


class ViewOut(Schema):
    """A view; `owner` is the member who keeps it."""

    key: str
    listing: str
    name: str
    owner: str
    filters: dict[str, str]
    columns: list[str]
    sort: str
    group: str
    shared: bool
    pinned: bool
    version: int


def as_out(view: SavedView) -> ViewOut:
    """A view as the API shows it."""
    values = {name: getattr(view, name) for name in ViewOut.model_fields if name != "owner"}
    return ViewOut(**values, owner=view.owner.key)
