"""Whom a buyer may be the same as: asked behind the page, so that the page waits for nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from songsheet.buyers.merge_actions import PEOPLE
from songsheet.buyers.suggested import like, merges_into
from songsheet.desk.story.read import person_behind
from songsheet.team.acting import acting_on
from songsheet.team.roles import Right


@require_safe
def of_person(request: HttpRequest, key: str) -> HttpResponse:
    """Who may be the same, and what was merged into them."""
    viewer = acting_on(request)
    viewer.must(Right.LOOK)
    person = person_behind(key)
    context = {
        "person": person,
        "likely": like(person, viewer),
        "merges": merges_into(PEOPLE, person),
        "may_work": viewer.may(Right.WORK),
    }
    return render(request, "desk/buyer/like.html", context)
