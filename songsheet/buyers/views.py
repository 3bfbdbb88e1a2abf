"""The pages of buyers: the lists of people and of companies."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from songsheet.buyers.listing import COMPANIES, PEOPLE
from songsheet.doors.export import csv_answer
from songsheet.doors.pages import Empty, list_page
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right

NO_PEOPLE = Empty(
    "No buyers yet",
    "Everybody who may buy from you stands here once, however many leads they bring.",
    "Import your CRM's export",
    "/imports",
)
NO_COMPANIES = Empty(
    "No companies yet",
    "A company is known by the domain of its people's mail addresses, or by an import.",
    "Import your CRM's export",
    "/imports",
)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The list of people."""
    viewer = acting_on(request)
    return list_page(
        request,
        PEOPLE,
        viewer,
        empty=NO_PEOPLE,
        may_export=viewer.may(Right.EXPORT),
        template="buyers/list.html",
    )


@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    """The list of companies."""
    viewer = acting_on(request)
    return list_page(
        request,
        COMPANIES,
        viewer,
        empty=NO_COMPANIES,
        may_export=viewer.may(Right.EXPORT),
        template="buyers/list.html",
    )


@require_safe
def people_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The list of people as a file."""
    acting_on(request).must(Right.EXPORT)
    return csv_answer(request, PEOPLE, acting_on(request), at=time_on(request))


@require_safe
def companies_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The list of companies as a file."""
    acting_on(request).must(Right.EXPORT)
    return csv_answer(request, COMPANIES, acting_on(request), at=time_on(request))
