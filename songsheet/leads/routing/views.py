"""Why this member and not the others: how a lead came to whom it is with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.leads.routing.queries import routings_of
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
