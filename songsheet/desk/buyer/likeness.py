"""Whom a buyer or a company may be the same as: asked behind the page, so that it waits for nobody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from songsheet.buyers.errors import NoSuchCompany
from songsheet.buyers.merge_actions import COMPANIES, PEOPLE, Kind
from songsheet.buyers.queries import companies_of, companies_seen_by
from songsheet.buyers.suggested import like, merges_into
from songsheet.desk.story.read import person_behind
from songsheet.team.acting import Acting, acting_on
from songsheet.team.roles import Right


@require_safe
def of_person(request: HttpRequest, key: str) -> HttpResponse:
    """Who may be the same, and what was merged into them."""
    viewer = acting_on(request)
    viewer.must(Right.LOOK)
    return _like(request, viewer, PEOPLE, person_behind(key), "/buyers")


@require_safe
def of_company(request: HttpRequest, key: str) -> HttpResponse:
    """Which company may be the same, and what was merged into this one."""
    viewer = acting_on(request)
    found = companies_seen_by(viewer).filter(id__in=companies_of(key)).first()
    if found is None:
        raise NoSuchCompany(key)
    return _like(request, viewer, COMPANIES, found, "/companies")


def _like(request: HttpRequest, viewer: Acting, kind: Kind[Any, Any], row: Any, path: str) -> HttpResponse:
    context = {
        "likely": like(row, viewer),
        "merges": merges_into(kind, row),
        "may_work": viewer.may(Right.WORK),
        "path": path,
    }
    return render(request, "desk/buyer/like.html", context)
