"""The house's own fields on the page of a record: the columns of its list, one below the other."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.doors.listing import Listing
from songsheet.doors.pages import cell_of
from songsheet.team.acting import acting_on
from songsheet.team.cell_views import NoSuchCell
from songsheet.team.roles import Right
from songsheet.team.saved_views import list_named


@require_safe
def fields(request: HttpRequest, name: str, key: str, listings: Mapping[str, Listing]) -> HttpResponse:
    """Every own field of one record; each is changed in place as a cell is."""
    viewer = acting_on(request)
    viewer.must(Right.LOOK)
    listing = list_named(listings, name)
    row = listing.row(viewer, key)
    if row is None:
        raise NoSuchCell("There is no such record to show. It may be gone; load the page again.")
    shown: list[dict[str, Any]] = [
        {"column": column, "cell": cell_of(listing, viewer, column, row, listing.row_key(row))}
        for column in listing.columns_for(viewer)
        if column.own
    ]
    return render(request, "team/own.html", {"shown": shown, "row": row, "heading": _heading(name, row)})


def _heading(name: str, row: Any) -> str:
    """A buyer's page shows those of the lead and of the deals too."""
    if name == "leads":
        return _("Of the lead")
    return _("Of the deal %(deal)s") % {"deal": row} if name == "deals" else _("Fields of your own")
