"""The pages of leads."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from songsheet.doors.pages import Empty
from songsheet.leads import actions
from songsheet.leads.listing import LEADS
from songsheet.team.acting import acting_on, time_on
from songsheet.team.lists import export_list, show_list

EMPTY = Empty(
    "No leads yet",
    "A lead is one buying interest of one person, with one owner. Imports, forms and calls bring them.",
    "Import your CRM's export",
    "/imports",
)


@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """The list of leads."""
    return show_list(request, LEADS, empty=EMPTY)


@require_safe
def leads_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list of leads as a file."""
    return export_list(request, LEADS, form)


@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Take a free lead, and on to its buyer."""
    version = request.POST.get("version", "")
    lead = actions.take_lead(
        key,
        by=acting_on(request),
        at=time_on(request),
        version=int(version) if version.isdigit() else None,
    )
    return redirect("buyer", key=lead.person.whole.key)
