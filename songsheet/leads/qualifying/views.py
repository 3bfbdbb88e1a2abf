"""The page on which a definition is tried on past leads before it is signed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.agreements.showing import crumbs_of
from songsheet.leads.listing import lead_path
from songsheet.leads.qualifying.preview import SHOWN
from songsheet.leads.qualifying.reading import Previewed, preview_of
from songsheet.team.acting import acting_on, time_on


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """What this version would have done with the leads of the last three months."""
    tried = preview_of(acting_on(request), key, at=time_on(request))
    return render(request, "leads/preview.html", {"title": _("Preview against the past"), **_context(tried)})


def _context(tried: Previewed) -> dict[str, Any]:
    found, version, other = tried.found, tried.version, tried.other
    crumbs = crumbs_of(version)
    crumbs[-1]["url"] = f"/agreements/versions/{version.key}"
    return {
        "crumbs": [*crumbs, {"label": _("Preview against the past")}],
        "one": version,
        "other": other,
        "found": found,
        "criteria": [
            (one.says({}), count, round(100 * count / max(1, found.whole.leads)))
            for one, count in found.criteria
        ],
        "differ": [
            (
                _("Qualified by version %(n)d alone") % {"n": alone.number},
                count,
                [(lead_path(lead), lead) for lead in leads],
                count > SHOWN,
            )
            for alone, count, leads in (
                (version, found.gained, found.gained_leads),
                (other, found.lost, found.lost_leads),
            )
            if alone and other
        ],
    }
