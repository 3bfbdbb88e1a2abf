"""The page on which rules of sorting are tried on past enquiries before they are signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.agreements.showing import crumbs_of
from songsheet.leads.enquiries.trying import SHOWN, try_sorting
from songsheet.team.acting import acting_on, time_on


@require_safe
def tried(request: HttpRequest, key: str) -> HttpResponse:
    """What this version would have made of the enquiries of the last three months."""
    found = try_sorting(acting_on(request), key, at=time_on(request))
    crumbs = crumbs_of(found.version)
    crumbs[-1]["url"] = f"/agreements/versions/{found.version.key}"
    context = {
        "title": _("Preview against the past"),
        "crumbs": [*crumbs, {"label": _("Preview against the past")}],
        "found": found,
        "is_more": found.differs > SHOWN,
    }
    return render(request, "leads/sorting.html", context)
