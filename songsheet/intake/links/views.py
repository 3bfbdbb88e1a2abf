"""The pages of tracked links: all of them, a new one, and what came by one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.buyers.models import Person
from songsheet.doors.pages import Empty
from songsheet.intake.links import actions
from songsheet.intake.links.came import came_by, days_of
from songsheet.intake.links.commands import (
    ChangeLink,
    MakeLink,
    change_form,
    changed_of,
    made_of,
    make_form,
    offered,
)
from songsheet.intake.links.jobs import check_soon, judge_soon
from songsheet.intake.links.listing import LINKS
from songsheet.intake.links.queries import address_of, answers, link_for, results_of, state_of
from songsheet.team.acting import acting_on, time_on
from songsheet.team.lists import export_list, show_list
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

EMPTY = Empty(
    "No links yet",
    "A link leads to a page of yours and tells who came by it: humans and machines apart, with its campaign.",
    "Make a link",
    "/links/new",
)


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """All links with what came by each."""
    return show_list(request, LINKS, empty=EMPTY, template="intake/links/list.html")


@require_safe
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The links as a file."""
    return export_list(request, LINKS, form)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a link; with `person` in the address it is theirs alone."""
    acting_on(request).must(Right.FRONT)
    if request.method != "POST":
        return _new_page(request, person=request.GET.get("person", ""))
    try:
        given = made_of(MakeLink.read(request.POST.dict()))
        link = actions.make_link(**given, by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        return _new_page(request, person=request.POST.get("person", ""), refusal=refusal)
    check_soon(link.key)
    tell(request, _("The link is made"))
    return redirect("link", key=link.key)


@require_safe
def link(request: HttpRequest, key: str) -> HttpResponse:
    """One link: its address, where it leads, and what came by it."""
    viewer, at = acting_on(request), time_on(request)
    one = link_for(viewer, key)
    made = request.GET.get("made", "")
    context = {
        "title": one.name,
        "crumbs": [{"label": _("Links"), "url": "/links"}, {"label": one.name}],
        "one": one,
        "goes_out": one.target.startswith(("https://", "http://")),
        "address": address_of(one),
        "state": state_of(one, at),
        "answers": answers(one.answered),
        "results": results_of([one])[one.id],
        "days": days_of(one, request.house.zone),  # type: ignore[attr-defined]
        "hits": came_by(one, made),
        "made": made,
        "may_change": viewer.may(Right.FRONT),
    }
    return render(request, "intake/links/link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Call it otherwise, lead it elsewhere, let it end at another time."""
    viewer = acting_on(request)
    viewer.must(Right.FRONT)
    one = link_for(viewer, key)
    zone = request.house.zone  # type: ignore[attr-defined]
    if request.method != "POST":
        return _change_page(request, one, change_form(one, zone))
    try:
        values, number = changed_of(ChangeLink.read(request.POST.dict())), request.POST.get("version", "")
        version = int(number) if number.isdecimal() else None
        actions.change_link(key, **values, version=version, by=viewer, at=time_on(request))
    except Refusal as refusal:
        form = change_form(one, zone, typed=request.POST, refusal=refusal)
        return _change_page(request, one, form, refusal=refusal)
    check_soon(key)
    if values["is_hidden"] != one.is_hidden:
        judge_soon(key)
    tell(request, _("The link was changed"))
    return redirect("link", key=key)


@require_POST
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Look whether its page is still there."""
    acting_on(request).must(Right.FRONT)
    check_soon(link_for(acting_on(request), key).key)
    tell(request, _("Its page is looked at in a moment"))
    return redirect("link", key=key)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """It is over from now on."""
    tell_of = (_("The link was withdrawn"), f"/links/{key}/bring-back")
    return _done(request, key, actions.withdraw_link, *tell_of)


@require_POST
def bring_back(request: HttpRequest, key: str) -> HttpResponse:
    """It leads on again."""
    return _done(request, key, actions.bring_link_back, _("The link leads on again"), "")


def _done(request: HttpRequest, key: str, act: Callable[..., Any], says: str, undo: str) -> HttpResponse:
    act(key, by=acting_on(request), at=time_on(request))
    tell(request, says, undo_url=undo)
    return redirect("link", key=key)


def _new_page(request: HttpRequest, *, person: str, refusal: Refusal | None = None) -> HttpResponse:
    typed = request.POST if refusal else None
    whose = Person.objects.filter(key=person, gone_at=None).first() if person[:7] == "person_" else None
    form = make_form(values={"person": whose.key if whose else ""}, typed=typed, refusal=refusal)
    context = {
        "form": form,
        "whose": whose,
        "words": offered(),
        "refusal": refusal,
        "crumbs": [{"label": _("Links"), "url": "/links"}, {"label": _("Make a link")}],
    }
    return render(request, "intake/links/new.html", context, status=refusal.status if refusal else 200)


def _change_page(
    request: HttpRequest, one: Any, form: Any, *, refusal: Refusal | None = None
) -> HttpResponse:
    trail = [{"label": _("Links"), "url": "/links"}, {"label": one.name, "url": f"/links/{one.key}"}]
    context = {"one": one, "form": form, "refusal": refusal, "crumbs": [*trail, {"label": _("Change")}]}
    return render(request, "intake/links/change.html", context, status=refusal.status if refusal else 200)
