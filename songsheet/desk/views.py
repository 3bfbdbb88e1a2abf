"""Today."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What I do next; until Today has its first form, the leads."""
    return HttpResponseRedirect("/leads")
