"""The pages of buyers: the lists of people and of companies."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from songsheet.buyers.listing import COMPANIES, PEOPLE
from songsheet.doors.pages import Empty
from songsheet.team.lists import export_list, show_list

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
    return show_list(request, PEOPLE, empty=NO_PEOPLE, template="buyers/list.html")


@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    """The list of companies."""
    return show_list(request, COMPANIES, empty=NO_COMPANIES, template="buyers/list.html")


@require_safe
def people_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list of people as a file."""
    return export_list(request, PEOPLE, form)


@require_safe
def companies_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list of companies as a file."""
    return export_list(request, COMPANIES, form)
