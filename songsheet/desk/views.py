"""The pages of the desk."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from songsheet.desk.story import story_for


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What I do next; until Today has its first form, the leads."""
    return HttpResponseRedirect("/leads")


@require_safe
def buyer(request: HttpRequest, key: str) -> HttpResponse:
    """One buyer: who, story, now."""
    return render(request, "desk/buyer.html", {"story": story_for(request.acting, key)})  # type: ignore[attr-defined]
