"""The tags of a buyer, put on and taken off on their page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from songsheet.base.refusals import Refusal
from songsheet.desk.buyer.facts import facts_of
from songsheet.desk.story.read import person_behind
from songsheet.tags.actions import tag, untag
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right


@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: HttpRequest, key: str) -> HttpResponse:
    """The row of tags; POST puts one on (`tag`) or takes one off (`off`)."""
    viewer, person, error = acting_on(request), person_behind(key), None
    viewer.must(Right.LOOK)
    if request.method == "POST":
        viewer.must(Right.WORK)
        off, on = request.POST.get("off", ""), request.POST.get("tag", "")
        try:
            (untag if off else tag)([person.key], off or on, by=viewer, at=time_on(request))
        except Refusal as refusal:
            error = refusal
        if not request.headers.get("HX-Request"):
            return redirect("buyer", key=person.key)
    context = {
        "person": person,
        "tags": facts_of(person).tags,
        "may_work": viewer.may(Right.WORK),
        "error": error,
    }
    return render(request, "desk/buyer/tags.html", context, status=error.status if error else 200)
