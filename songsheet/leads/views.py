"""The pages of leads."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from songsheet.doors.export import csv_answer
from songsheet.doors.pages import Empty, list_page
from songsheet.leads import actions
from songsheet.leads.listing import LEADS
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right

EMPTY = Empty(
    "No leads yet",
    "A lead is one buying interest of one person, with one owner. Imports, forms and calls bring them.",
    "Import your CRM's export",
    "/imports",
)


@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """The list of leads."""
    viewer = acting_on(request)
    return list_page(request, LEADS, viewer, empty=EMPTY, may_export=viewer.may(Right.EXPORT))


@require_safe
def leads_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The list of leads as a file."""
    acting_on(request).must(Right.EXPORT)
    return csv_answer(request, LEADS, acting_on(request), at=time_on(request))


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
    return redirect("buyer", key=lead.person.key)
