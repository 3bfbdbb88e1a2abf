"""Why this member and not the others: how a lead came to whom it is with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.agreements.models import Version
from songsheet.agreements.showing import crumbs_of
from songsheet.leads.routing.queries import routings_of
from songsheet.leads.routing.trying import try_routing
from songsheet.leads.routing.words import why_of
from songsheet.team.acting import acting_on, time_on


@require_safe
def why(request: HttpRequest, key: str) -> HttpResponse:
    """Each routing of a lead, the newest first."""
    lead, found = routings_of(acting_on(request), key)
    person = lead.person.whole
    crumbs = [
        {"label": _("Leads"), "url": "/leads"},
        {"label": str(person), "url": f"/buyers/{person.key}"},
        {"label": _("Whose it is, and why"), "url": ""},
    ]
    context = {"title": _("Whose it is, and why"), "crumbs": crumbs, "now": time_on(request)}
    return render(
        request, "leads/routed.html", {**context, "lead": lead, "person": person, "found": why_of(found)}
    )


def tried(request: HttpRequest, version: Version) -> HttpResponse:
    """What this version would have done with the leads of the last three months."""
    one = try_routing(version, at=time_on(request))
    crumbs = crumbs_of(version)
    crumbs[-1]["url"] = f"/agreements/versions/{version.key}"
    context = {
        "title": _("Preview against the past"),
        "crumbs": [*crumbs, {"label": _("Preview against the past")}],
        "one": version,
        "other": one.other,
        "found": one.found,
        "tiers": one.beside("tiers"),
        "whose": [
            (
                name,
                this,
                other,
                one.found.minutes_a_week(this.leads),
                one.found.minutes_a_week(other.leads if other else 0),
            )
            for name, this, other in one.beside("whose")
        ],
    }
    return render(request, "leads/past.html", context)
