"""The pages of saved views: opening, saving, changing and archiving one; how many rows each has."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal, Stale
from songsheet.doors.address import Shown, shown_in
from songsheet.doors.listing import Listing
from songsheet.doors.problems import errors_of
from songsheet.team import view_actions as actions
from songsheet.team.acting import acting_on, time_on
from songsheet.team.errors import NoSuchList
from songsheet.team.lists import items_of
from songsheet.team.models import SavedView
from songsheet.team.roles import Right
from songsheet.team.saved import counted, offer, view_for, views_seen_by
from songsheet.ui.toasts import tell

Listings = Mapping[str, Listing]
_LONGEST_QUERY = 8_000


@require_safe
def counts(request: HttpRequest, name: str, listings: Listings) -> HttpResponse:
    """The tabs and the menu of views again, with how many rows each has; fetched after the page."""
    viewer, listing = acting_on(request), list_named(listings, name)
    offered = [offer(one, listing, viewer) for one in views_seen_by(viewer, name)]
    whole, *each = counted(listing, viewer, offered)
    key = request.GET.get("view", "")
    page: dict[str, Any] = {"views": items_of(offered, key, each), "count_of_all": whole}
    page |= {"clear_url": listing.path, "counted": True, "is_everything": bool(request.GET.get("all"))}
    return render(request, "ui/listing/views.html", {"page": page})


@require_safe
def view(request: HttpRequest, key: str, listings: Listings) -> HttpResponse:
    """A view by its key: its list, as the view shows it today."""
    viewer = acting_on(request)
    found = view_for(viewer, key)
    return redirect(offer(found, list_named(listings, found.listing), viewer).url)


@require_POST
def save(request: HttpRequest, listings: Listings) -> HttpResponse:
    """Save what is shown under a name, and on to it."""
    viewer = acting_on(request)
    viewer.must(Right.SAVE)
    listing = list_named(listings, request.POST.get("listing", ""))
    given = {name: request.POST.get(name) == "yes" for name in ("shared", "pinned")}
    name, at = request.POST.get("name", ""), time_on(request)
    saved = actions.save_view(listing, _sent(request), name=name, **given, by=viewer, at=at)
    tell(request, _("The view was saved"), undo_url=f"/views/{saved.key}/archive")
    return redirect(offer(saved, listing, viewer).url)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str, listings: Listings) -> HttpResponse:
    """Rename, share or pin a view, or have it show what is shown now; a stale save shows both values."""
    viewer = acting_on(request)
    found = view_for(viewer, key)
    listing = list_named(listings, found.listing)
    if request.method != "POST":
        return _form(request, found)
    version = request.POST.get("version", "")
    try:
        changed = actions.change_view(
            key, **_values(request), listing=listing, version=int(version) if version.isdecimal() else 0,
            shown=_sent(request) if request.POST.get("as_shown") == "yes" else None,
            by=viewer, at=time_on(request),
        )  # fmt: skip
    except Refusal as refusal:
        if not isinstance(refusal, Stale) and not errors_of(refusal):
            raise
        return _form(request, view_for(viewer, key), refusal)
    tell(request, _("The view was changed"))
    return _on_to(request, offer(changed, listing, viewer).url)


@require_POST
def archive(request: HttpRequest, key: str, listings: Listings) -> HttpResponse:
    """Offer a view no more, with the way back."""
    archived = actions.archive_view(key, by=acting_on(request), at=time_on(request))
    tell(request, _("The view was archived"), undo_url=f"/views/{key}/bring-back")
    return _on_to(request, list_named(listings, archived.listing).path)


@require_POST
def bring_back(request: HttpRequest, key: str, listings: Listings) -> HttpResponse:
    """Offer an archived view again."""
    viewer = acting_on(request)
    back = actions.bring_back_view(key, by=viewer, at=time_on(request))
    return redirect(offer(back, list_named(listings, back.listing), viewer).url)


def list_named(listings: Listings, name: str) -> Listing:
    """A list of the house that views can be saved of."""
    if name not in listings:
        raise NoSuchList(f"There is no list “{name[:40]}”. There are: {', '.join(listings)}.")
    return listings[name]


def _sent(request: HttpRequest) -> Shown:
    return shown_in(QueryDict(request.POST.get("query", "")[:_LONGEST_QUERY]))


def _values(request: HttpRequest) -> dict[str, Any]:
    ticks = {name: request.POST.get(name) == "yes" for name in ("shared", "pinned")}
    return {"name": request.POST.get("name", ""), **ticks}


def _on_to(request: HttpRequest, url: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect(url)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = url
    return answer


def _form(request: HttpRequest, found: SavedView, refusal: Refusal | None = None) -> HttpResponse:
    typed = (
        _values(request) if refusal else {name: getattr(found, name) for name in ("name", "shared", "pinned")}
    )
    is_stale = isinstance(refusal, Stale)
    context = {
        "title": _("Change a view"),
        "view": found,
        "typed": typed,
        "theirs": found.name if is_stale and found.name != typed["name"] else "",
        "refusal": refusal,
        "query": request.POST.get("query") or request.GET.get("query", ""),
    }
    whole = not request.headers.get("HX-Request")
    name = "team/view_page.html" if whole else "team/view_dialog.html"
    return render(request, name, context, status=refusal.status if refusal else 200)
