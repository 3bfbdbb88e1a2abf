"""The pages of deals."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from songsheet.deals.listing import DEALS
from songsheet.doors.export import csv_answer
from songsheet.doors.pages import Empty, list_page
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right

EMPTY = Empty(
    "No deals yet",
    "A lead that is worth an offer becomes a deal: with an amount, an owner and a dated next step.",
    "Import your CRM's export",
    "/imports",
)


@require_safe
def deals(request: HttpRequest) -> HttpResponse:
    """The list of deals."""
    viewer = acting_on(request)
    return list_page(request, DEALS, viewer, empty=EMPTY, may_export=viewer.may(Right.EXPORT))


@require_safe
def deals_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The list of deals as a file."""
    acting_on(request).must(Right.EXPORT)
    return csv_answer(request, DEALS, acting_on(request), at=time_on(request))
