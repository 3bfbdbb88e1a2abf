"""What the palette finds: buyers and companies first, then the pages one can go to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from songsheet.base.text import fold
from songsheet.buyers.listing import COMPANIES, PEOPLE, company_path, person_path
from songsheet.config.rail import RAIL
from songsheet.doors.listing import LONGEST_VALUE, Listing
from songsheet.team.acting import acting_on

MOST = 6


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Hits for the words typed so far, as the palette's partial."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_VALUE]
    context = {"words": words, "groups": groups_for(acting_on(request), words)}
    return render(request, "ui/hits.html", context)


def groups_for(viewer: Any, words: str) -> list[dict[str, Any]]:
    """Groups of hits in the order in which people know things; empty groups are left out."""
    groups = []
    if words:
        people = [
            {
                "label": one.name or "Somebody",
                "note": one.company.name if one.company else "",
                "icon": "buyers",
                "url": person_path(one),
            }
            for one in _first(PEOPLE, viewer, words)
        ]
        companies = [
            {"label": one.name, "note": one.domain, "icon": "deals", "url": company_path(one)}
            for one in _first(COMPANIES, viewer, words)
        ]
        groups = [{"label": "Buyers", "hits": people}, {"label": "Companies", "hits": companies}]
    start = fold(words)
    pages = [
        {"label": label, "note": "", "icon": icon, "url": url}
        for section in RAIL
        for _, label, url, icon, right in section
        if viewer.may(right) and fold(label).startswith(start)
    ]
    return [group for group in [*groups, {"label": "Go to", "hits": pages}] if group["hits"]]


def _first(listing: Listing, viewer: Any, words: str) -> list[Any]:
    return listing.page(viewer, {"q": words}, size=MOST, count=False).rows
