"""The pages of leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from songsheet.doors.pages import Empty, list_page
from songsheet.leads import actions
from songsheet.leads.listing import LEADS

EMPTY = Empty(
    "No leads yet",
    "A lead is one buying interest of one person. Leads come from imports, forms and calls, and each has one owner.",
    "Import your CRM's export",
    "/imports",
)


@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """The list of leads."""
    return list_page(request, LEADS, request.acting, empty=EMPTY)  # type: ignore[attr-defined]


@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Take a free lead, and on to its buyer."""
    version = request.POST.get("version", "")
    lead = actions.take_lead(
        key,
        by=request.acting,  # type: ignore[attr-defined]
        at=request.at,  # type: ignore[attr-defined]
        version=int(version) if version.isdigit() else None,
    )
    return redirect("buyer", key=lead.person.key)
