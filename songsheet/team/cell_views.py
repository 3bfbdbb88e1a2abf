"""One cell of a list: as it stands, as a form (`?edit`), or changed in place by the action of its column."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from songsheet.base.refusals import NotAllowed, NotFound, Refusal, Stale
from songsheet.doors.listing import Column, Listing
from songsheet.doors.pages import cell_of
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.team.roles import Right
from songsheet.team.saved_views import list_named


class NoSuchCell(NotFound):
    """A row or a column that is not there, or cannot be changed in the list."""

    code = "no_such_cell"


@require_http_methods(["GET", "HEAD", "POST"])
def cell(
    request: HttpRequest, name: str, key: str, column: str, listings: Mapping[str, Listing]
) -> HttpResponse:
    """A cell; who may not change it may not see it as a form."""
    viewer = acting_on(request)
    viewer.must(Right.LOOK)
    listing = list_named(listings, name)
    declared, row = _found(listing, viewer, key, column)
    if request.method == "POST":
        return _change(request, listing, declared, row)
    return _cell(request, listing, declared, row, is_form="edit" in request.GET)


def _found(listing: Listing, viewer: Acting, key: str, name: str) -> tuple[Column, Any]:
    """The column that can be changed, and the row, behind the gate of the list."""
    declared = next((one for one in listing.columns_for(viewer) if one.name == name), None)
    row = listing.row(viewer, key)
    if row is None or declared is None or declared.edit is None or not declared.edit.fits(row):
        raise NoSuchCell("There is no such cell to change. The row may be gone; load the list again.")
    return declared, row


def _change(request: HttpRequest, listing: Listing, column: Column, row: Any) -> HttpResponse:
    viewer, typed = acting_on(request), request.POST.get("value", "")
    version = request.POST.get("version", "")
    assert column.edit is not None
    viewer.must(column.edit.right)
    try:
        column.edit.write(
            row,
            typed.strip(),
            version=int(version) if version.isdecimal() else 0,
            by=viewer,
            at=time_on(request),
        )
    except Refusal as refusal:
        if isinstance(refusal, NotFound | NotAllowed):
            raise
        _, there = _found(listing, viewer, listing.row_key(row), column.name)
        return _cell(request, listing, column, there, typed=typed, refusal=refusal, is_form=True)
    _, there = _found(listing, viewer, listing.row_key(row), column.name)
    return _cell(request, listing, column, there)


def _cell(
    request: HttpRequest,
    listing: Listing,
    column: Column,
    row: Any,
    *,
    typed: str | None = None,
    refusal: Refusal | None = None,
    is_form: bool = False,
) -> HttpResponse:
    edit = column.edit
    assert edit is not None
    there = edit.read(row)
    choices = list(edit.choices()) if edit.kind == "choice" else []
    called = dict(choices)
    if (
        choices and there not in called and column.written
    ):  # it is offered no more, and kept until another is chosen
        called[there] = str(column.written(row))
        choices.append((there, called[there]))
    context = {
        "cell": cell_of(listing, acting_on(request), column, row, listing.row_key(row)),
        "column": column,
        "edit": edit,
        "choices": choices,
        "row": row,
        "is_form": is_form and acting_on(request).may(edit.right),
        "value": there if typed is None else typed,
        "refusal": refusal,
        "theirs": called.get(there, there) if isinstance(refusal, Stale) and there != typed else "",
    }
    status = refusal.status if refusal else 200
    is_below = request.headers.get("HX-Target", "").startswith("own-")
    template = "team/own_row.html" if is_below else "ui/listing/cell.html"
    return render(request, template, context, status=status)
