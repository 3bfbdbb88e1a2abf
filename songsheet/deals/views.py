"""The pages of deals."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from songsheet.deals.listing import DEALS
from songsheet.doors.pages import Empty
from songsheet.team.lists import export_list, show_list

EMPTY = Empty(
    "No deals yet",
    "A lead that is worth an offer becomes a deal: with an amount, an owner and a dated next step.",
    "Import your CRM's export",
    "/imports",
)


@require_safe
def deals(request: HttpRequest) -> HttpResponse:
    """The list of deals."""
    return show_list(request, DEALS, empty=EMPTY)


@require_safe
def deals_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list of deals as a file."""
    return export_list(request, DEALS, form)
