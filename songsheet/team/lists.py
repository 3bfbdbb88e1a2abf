"""A list as a page and as a file, with saved views, rights and the note in the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from songsheet.doors.address import Shown, chosen_columns, filters_in, shown_in
from songsheet.doors.export import file_answer, must_fit
from songsheet.doors.listing import ARCHIVED, MOST_EXPORTED, Listing
from songsheet.doors.pages import Empty, list_page
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.team.roles import Right
from songsheet.team.saved import Offered, offer, views_seen_by
from songsheet.team.view_actions import note_export

#: What the bulk bar offers; flows does it.
BULK = [
    {"act": "assign", "label": _("Assign"), "key": "o"},
    {"act": "tag", "label": _("Tag"), "key": "t"},
    {"act": "set", "label": _("Set"), "key": "v"},
    {"act": "archive", "label": _("Archive"), "key": ""},
]
#: What it offers of leads beside that, what it does not of others, and in an archive instead.
OF_LEADS = [{"act": "end", "label": _("End"), "key": ""}]
WITHOUT = {"tasks": ("tag",), "touches": ("assign", "tag"), "campaigns": ("assign", "tag")}
#: What changing many asks for, where that is more than working.
CHANGING = {"campaigns": Right.SPEND}
OF_AN_ARCHIVE = [{"act": "bring_back", "label": _("Bring back"), "key": "b"}]


def show_list(
    request: HttpRequest,
    listing: Listing,
    *,
    empty: Empty,
    bulk: Sequence[Mapping[str, Any]] | None = None,
    template: str = "ui/listing.html",
    extra: Mapping[str, Any] | None = None,
    views: bool = True,
) -> HttpResponse:
    """The page of a list with the views that were saved of it."""
    viewer = acting_on(request)
    is_whole = views and request.headers.get("HX-Target", "list") == "list"
    return list_page(
        request,
        listing,
        viewer,
        empty=empty,
        bulk=_acts(request, listing)
        if listing.bulk and viewer.may(CHANGING.get(listing.name, Right.WORK))
        else bulk,
        may_export=viewer.may(Right.EXPORT),
        template=template,
        extra=extra,
        views=views_on(request, listing, viewer) if is_whole else None,
    )


def _acts(request: HttpRequest, listing: Listing) -> Sequence[Mapping[str, Any]]:
    if listing.archive and request.GET.get(ARCHIVED):
        return OF_AN_ARCHIVE
    offered = [one for one in BULK if one["act"] not in WITHOUT.get(listing.name, ())]
    return [*offered, *OF_LEADS] if listing.name == "leads" else offered


def views_on(request: HttpRequest, listing: Listing, viewer: Acting) -> dict[str, Any]:
    """What a page shows of saved views: all of them, the one whose address this is, and how to save one."""
    offered = [offer(view, listing, viewer) for view in views_seen_by(viewer, listing.name)]
    shown, key = shown_in(request.GET), request.GET.get("view", "")
    current = next((one for one in offered if one.view.key == key), None)
    is_everything = current is None and not shown.query()
    which = urlencode({"view": key if current else "", "all": "yes" if is_everything else ""})
    return {
        "views": [_item(one, one is current) for one in offered],
        "current_view": _item(current, True) if current else None,
        "is_everything": is_everything,
        "view_differs": current is not None and not _is_same(current, _without_words(listing, shown)),
        "counts_url": f"/lists/{listing.name}/views?{which}" if offered else "",
        "save_view_url": "/views" if viewer.member and viewer.may(Right.SAVE) else "",
        "query": shown.query(),
        "save_query": urlencode({"query": shown.query()}),
        "listing_name": listing.name,
    }


def _is_same(current: Offered, shown: Shown) -> bool:
    return sorted(parse_qsl(current.fits.shown.query())) == sorted(parse_qsl(shown.query()))


def _without_words(listing: Listing, shown: Shown) -> Shown:
    """What a view could keep of what is shown."""
    personal = {one.name for one in listing.filters if one.personal}
    kept = {name: value for name, value in shown.filters.items() if name not in personal}
    return replace(shown, filters=kept)


def _item(one: Offered, is_current: bool, count: str | None = None) -> dict[str, Any]:
    view = one.view
    return {
        "key": view.key,
        "label": view.name,
        "url": one.url,
        "current": is_current,
        "count": count,
        "pinned": view.pinned,
        "shared": view.shared,
        "owner": "" if one.is_mine else view.owner.name,
        "edit_url": f"/views/{view.key}/edit" if one.may_change else "",
        "dropped": one.fits.dropped,
    }


def items_of(offered: list[Offered], key: str, counts: list[str]) -> list[dict[str, Any]]:
    """Views with their counts, as tabs and menu show them."""
    return [_item(one, one.view.key == key, count) for one, count in zip(offered, counts, strict=True)]


def export_list(request: HttpRequest, listing: Listing, form: str) -> HttpResponseBase:
    """The list of this address as a file; that it leaves the house is written down before the first byte."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.EXPORT)
    asked, sort = filters_in(request.GET), request.GET.get("sort")
    columns = chosen_columns(listing, viewer, request.GET)
    rows = listing.every_row(viewer, asked, sort=sort, columns=columns)
    count = listing.narrowed(viewer, asked, most=MOST_EXPORTED).rows.order_by().count()
    must_fit(form, count)
    names = [column.name for column in columns]
    answer: StreamingHttpResponse = file_answer(listing, columns, rows, form=form, at=at)
    if request.method == "GET":
        note_export(listing, asked, names, form=form, count=count, by=viewer, at=at)
    return answer
