"""The pages of touches, tasks and campaigns."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from songsheet.doors.listing import Listing
from songsheet.doors.pages import Empty
from songsheet.team.lists import export_list, show_list
from songsheet.touches.listing import CAMPAIGNS, TASKS, TOUCHES

EMPTY = {
    TOUCHES.name: Empty(
        "No touches yet",
        "A touch is one contact with a buyer: a call, a mail, a visit, a note. Log one on a buyer’s page.",
        "Go to the buyers",
        "/buyers",
    ),
    TASKS.name: Empty(
        "No tasks yet",
        "A task is something to do by a day, by one of us. Those of a buyer stand on their page too.",
        "Plan a task",
        "/tasks/new",
    ),
    CAMPAIGNS.name: Empty(
        "No campaigns yet",
        "A campaign says what brought a lead, and what that cost. Imports and the API bring them.",
        "Import your CRM's export",
        "/imports",
    ),
}
LISTS = (TOUCHES, TASKS, CAMPAIGNS)


@require_safe
def page(request: HttpRequest, listing: Listing) -> HttpResponse:
    """One of the lists."""
    return show_list(request, listing, empty=EMPTY[listing.name], template="touches/list.html")


@require_safe
def file(request: HttpRequest, listing: Listing, form: str) -> HttpResponseBase:
    """One of the lists as a file."""
    return export_list(request, listing, form)
