"""The page on which a definition is tried on past leads before it is signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.agreements.showing import crumbs_of
from songsheet.leads.listing import lead_path
from songsheet.leads.qualifying.preview import SHOWN
from songsheet.leads.qualifying.reading import preview_of
from songsheet.team.acting import acting_on, time_on


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """What this version would have done with the leads of the last three months."""
    tried = preview_of(acting_on(request), key, at=time_on(request))
    found, version = tried.found, tried.version
    crumbs = crumbs_of(version)
    crumbs[-1]["url"] = f"/agreements/versions/{version.key}"
    names = {"this": version.number, "other": tried.other.number if tried.other else 0}
    context = {
        "title": _("Preview against the past"),
        "crumbs": [*crumbs, {"label": _("Preview against the past")}],
        "one": version,
        "other": tried.other,
        "found": found,
        "criteria": [
            (one.says({}), count, round(100 * count / found.whole.leads)) for one, count in found.criteria
        ]
        if found.whole.leads
        else [],
        "differ": [
            (title, count, [(lead_path(lead), lead) for lead in leads], count > SHOWN)
            for title, count, leads in (
                (_("Qualified by version %(this)d alone") % names, found.gained, found.gained_leads),
                (_("Qualified by version %(other)d alone") % names, found.lost, found.lost_leads),
            )
            if tried.other
        ],
    }
    return render(request, "leads/preview.html", context)
