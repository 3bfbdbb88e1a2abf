"""Agreements that can be tried on past leads, on page and API: a definition, tiers and routing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import Router

from songsheet.agreements.kinds.tiers_and_routing import TIERS_AND_ROUTING
from songsheet.agreements.queries import version_for
from songsheet.leads.qualifying import views as qualifying
from songsheet.leads.qualifying.api import PreviewOut
from songsheet.leads.qualifying.reading import preview_of
from songsheet.leads.routing import views as routing
from songsheet.leads.routing.bodies import RoutingPreviewOut
from songsheet.leads.routing.trying import try_routing
from songsheet.team.acting import acting_on
from songsheet.team.api import PROBLEMS, asking, time_of

router = Router(tags=["agreements"])


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """What this version would have done with the leads of the last three months."""
    version = version_for(acting_on(request), key)
    if version.agreement.kind == TIERS_AND_ROUTING.name:
        return routing.tried(request, version)
    return qualifying.preview(request, key)


@router.get(
    "/agreements/versions/{key}/preview",
    response={200: PreviewOut | RoutingPreviewOut, **PROBLEMS},
    operation_id="preview_version",
)
def preview_version(request: HttpRequest, key: str) -> Any:
    """What this version of the definition, or of tiers and routing, would have done with past leads: those of
    the last three months."""
    viewer, at = asking(request), time_of(request)
    version = version_for(viewer, key)
    if version.agreement.kind == TIERS_AND_ROUTING.name:
        return RoutingPreviewOut.of(try_routing(version, at=at))
    return PreviewOut.of(preview_of(viewer, key, at=at))
