"""The page of a campaign: what sales says of it and of its leads, and what came back."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.desk.judging.shown import judged
from songsheet.desk.judging.views import campaign_for
from songsheet.handoffs.owing import label_of, labels
from songsheet.handoffs.queries import returns_seen_by
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.handoffs.verdicts.queries import counted_on
from songsheet.team.acting import acting_on, time_on

#: What a count is of, how many, and the list that it opens.
Counted = tuple[str, int, str]


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One campaign."""
    viewer, at = acting_on(request), time_on(request)
    campaign = campaign_for(viewer, key)
    back = returns_seen_by(viewer).filter(lead__campaign=campaign).order_by()
    named = labels(at)
    returned: list[Counted] = [
        (label_of(reason, named), count, f"/returns?campaign={key}&reason={reason}")
        for reason, count in sorted(back.values_list("reason").annotate(Count("id")), key=lambda one: -one[1])
    ]
    said = counted_on(viewer, campaign)
    context: dict[str, Any] = {
        "title": campaign.name,
        "crumbs": [{"label": _("Campaigns"), "url": "/campaigns"}, {"label": campaign.name, "url": ""}],
        "now": at,
        "campaign": campaign,
        "leads_url": f"/leads?campaign={key}",
        "judged": judged(viewer, campaign, page=request.path),
        "returned": returned,
        "verdicts": [
            (one.label, said[one.value], f"/verdicts?campaign={key}&says={one.value}")
            for one in Verdict.Says
            if one.value in said
        ],
    }
    return render(request, "desk/campaign.html", context)
