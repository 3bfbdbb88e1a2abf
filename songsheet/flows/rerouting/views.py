"""The page on which leads are routed anew: chosen, tried, confirmed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.flows.bulk.change_many import change_many
from songsheet.flows.jobs import enqueue
from songsheet.flows.rerouting.asked import FILTERS, tried, wish_of
from songsheet.leads.models import Queue
from songsheet.leads.routing.foretelling import Foretold
from songsheet.leads.routing.words import said
from songsheet.team.acting import acting_on, time_on
from songsheet.team.models import Member
from songsheet.team.roles import Right

#: So many leads are shown one by one.
SHOWN = 50


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Choose leads, and see who would get them and why."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.OFFER)
    given = {name: str(request.GET.get(name, "")) for name in (*FILTERS, "worked_on")}
    context: dict[str, Any] = {"title": _("Route leads"), "given": given, "now": at, **_choices()}
    if any(given[name] for name in ("owner", "queue", "source", "campaign")):
        try:
            context |= _told(tried(wish_of(given), by=viewer, at=at))
        except Refusal as refusal:
            context["refusal"] = refusal
    return render(request, "flows/rerouting.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Route them: few at once, many in the background; on to what came of it, and its way back."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.OFFER)
    wish = wish_of({name: str(value) for name, value in request.POST.items()})
    change = change_many("leads", wish.chosen, wish.wanted, by=viewer, at=at)
    if change.is_under_way:
        enqueue(change.key)
    return redirect("bulk_change", key=change.key)


def _choices() -> dict[str, Any]:
    members = Member.objects.exclude(state=Member.State.INVITED).order_by("name")
    return {
        "members": [("", _("Anybody")), *members.values_list("key", "name")],
        "queues": [("", _("Any")), *Queue.objects.order_by("name").values_list("key", "name")],
        "states": [("open", _("All that are open")), ("offered", _("Only what is offered"))],
    }


def _told(found: Foretold) -> dict[str, Any]:
    names = {one.id: one.name for one in found.world.members.values()}
    lines = [
        {
            "lead": lead,
            "has": lead.owner or lead.queue,
            "to": names[one.member] if one.member else one.queue,
            "why": said(one.why, names),
            "others": [(names[id_], said(why, names)) for id_, why in one.others.items()],
        }
        for lead, one in found.going[:SHOWN]
    ]
    return {
        "found": found,
        "total": len(found.going),
        "lines": lines,
        "more": len(found.going) > SHOWN,
        "staying": found.staying.most_common(10),
    }
