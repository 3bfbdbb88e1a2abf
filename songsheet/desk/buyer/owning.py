"""Giving a buyer's lead to somebody, with a way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from songsheet.base.refusals import Conflict, Stale
from songsheet.buyers.queries import people_of
from songsheet.desk.story.read import person_behind
from songsheet.leads.actions import give_lead, put_back
from songsheet.leads.models import Lead
from songsheet.team.acting import acting_on, time_on
from songsheet.team.models import Member
from songsheet.team.queries import member_named
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell


class NoOpenLead(Conflict):
    """There is nothing to give."""

    code = "no_open_lead"


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, key: str) -> HttpResponse:
    """Choose who gets the open lead, and give it."""
    acting_on(request).must(Right.OFFER)
    person = person_behind(key)
    lead = _open_lead(person.key)
    if request.method != "POST":
        context: dict[str, Any] = {"person": person, "lead": lead, "members": _who(lead)}
        context["title"] = _("Give the lead")
        whole = not request.headers.get("HX-Request")
        return render(request, "desk/buyer/give_page.html" if whole else "desk/buyer/give.html", context)
    if request.POST.get("version") != str(lead.version):
        stale = _("Somebody changed this lead since you opened it. Look at it again.")
        raise Stale(stale, version=lead.version)
    member = member_named(request.POST.get("to", ""))
    given = give_lead(lead.key, member, by=acting_on(request), at=time_on(request))
    said = _("%(name)s has the lead") % {"name": member.name}
    tell(request, said, undo_url=f"/buyers/{person.key}/owner/{given.key}/undo")
    return redirect("buyer", key=person.key)


@require_POST
def undo(request: HttpRequest, key: str, lead: str) -> HttpResponse:
    """Put a lead back to who had it."""
    put_back(lead, by=acting_on(request), at=time_on(request))
    tell(request, _("The lead is where it was"))
    return redirect("buyer", key=key)


def _open_lead(key: str) -> Lead:
    leads = Lead.objects.filter(person__in=people_of(key), gone_at=None, ended_at=None)
    found = leads.select_related("owner", "queue").order_by("-came_at", "-id").first()
    if found is None:
        raise NoOpenLead(_("This buyer has no open lead to give."))
    return found


def _who(lead: Lead) -> list[Member]:
    working = Member.objects.active().order_by("name", "id")
    return [one for one in working if one.may(Right.WORK) and one.id != lead.owner_id]
