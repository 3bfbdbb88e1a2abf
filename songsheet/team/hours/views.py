"""The pages of hours: a member's, and the house's."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from songsheet.base.refusals import Refusal
from songsheet.base.time import day_of
from songsheet.doors.commands import Command
from songsheet.team.acting import acting_on, time_on
from songsheet.team.hours import actions
from songsheet.team.hours.commands import EnterLeave, MarkDay, SetHours, SetHouseHours, SetSkills
from songsheet.team.hours.forms import (
    Refused,
    day_form,
    hours_form,
    house_form,
    leave_form,
    skills_form,
    words_of,
)
from songsheet.team.hours.queries import days_of, leave_of, minutes_a_week
from songsheet.team.models import Member
from songsheet.team.queries import house, member_keyed
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

C = TypeVar("C", bound=Command)


@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, key: str) -> HttpResponse:
    """When a member works, is away, and what they know."""
    acting_on(request).must(Right.LOOK)
    if request.method != "POST":
        return _page(request, key)

    def do(said: SetHours) -> None:
        actions.set_hours(
            key,
            said.week,
            country=said.country,
            minutes_a_week=said.minutes_a_week,
            version=_version(request),
            by=acting_on(request),
            at=time_on(request),
        )

    return _done(request, key, SetHours, do, _("The hours were saved"))


@require_POST
def skills(request: HttpRequest, key: str) -> HttpResponse:
    """Say what a member knows."""

    def do(said: SetSkills) -> None:
        by, at = acting_on(request), time_on(request)
        actions.set_skills(key, words_of(said), languages=said.languages, by=by, at=at)

    return _done(request, key, SetSkills, do, _("The skills were saved"))


@require_POST
def mark(request: HttpRequest, key: str) -> HttpResponse:
    """A day off of a member."""

    def do(said: MarkDay) -> None:
        actions.mark_day(key, by=acting_on(request), at=time_on(request), **said.model_dump())

    return _done(request, key, MarkDay, do, _("The day was marked"))


@require_POST
def unmark(request: HttpRequest, key: str, day: str) -> HttpResponse:
    """Take a day off back."""
    actions.unmark_day(key, day, by=acting_on(request), at=time_on(request))
    tell(request, _("The day is an ordinary one again"))
    return redirect("hours", key=key)


@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """A member will be away."""

    def do(said: EnterLeave) -> None:
        actions.enter_leave(key, by=acting_on(request), at=time_on(request), **said.model_dump())

    return _done(request, key, EnterLeave, do, _("The leave was entered"))


@require_POST
def take_back(request: HttpRequest, key: str, leave: str) -> HttpResponse:
    """A member is not away after all."""
    actions.take_leave_back(key, leave, by=acting_on(request), at=time_on(request))
    tell(request, _("The leave was taken back"))
    return redirect("hours", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
def house_hours(request: HttpRequest) -> HttpResponse:
    """When the house works, and its days off."""
    acting_on(request).must(Right.HOUSE)
    if request.method != "POST":
        return _house_page(request)

    def do(said: SetHouseHours) -> None:
        by, at = acting_on(request), time_on(request)
        actions.set_house_hours(said.week, by=by, at=at, version=_version(request))

    return _done(request, None, SetHouseHours, do, _("The hours were saved"))


@require_POST
def mark_house(request: HttpRequest) -> HttpResponse:
    """A day off of the whole house."""
    acting_on(request).must(Right.HOUSE)

    def do(said: MarkDay) -> None:
        actions.mark_day(None, by=acting_on(request), at=time_on(request), **said.model_dump())

    return _done(request, None, MarkDay, do, _("The day was marked"))


@require_POST
def unmark_house(request: HttpRequest, day: str) -> HttpResponse:
    """Take a day off of the house back."""
    actions.unmark_day(None, day, by=acting_on(request), at=time_on(request))
    tell(request, _("The day is an ordinary one again"))
    return redirect("house_hours")


def _done(
    request: HttpRequest, key: str | None, command: type[C], do: Callable[[C], None], says: str
) -> HttpResponse:
    """Do what a form says and go back to the page; a refusal keeps what was typed."""
    if key is not None and getattr(acting_on(request).member, "key", "") != key:
        acting_on(request).must(Right.TEAM)
    try:
        do(command.read(request.POST))
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        refused = Refused(command, request.POST, refusal)
        return _page(request, key, refused) if key else _house_page(request, refused)
    tell(request, says)
    return redirect("hours", key=key) if key else redirect("house_hours")


def _version(request: HttpRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _page(request: HttpRequest, key: str, refused: Refused | None = None) -> HttpResponse:
    one, there, viewer = member_keyed(key), house(), acting_on(request)
    today = day_of(time_on(request), one.zone)
    context: dict[str, Any] = {
        "one": one,
        "there": there,
        "crumbs": [
            {"label": _("Team"), "url": "/team"},
            {"label": one.name, "url": f"/team/{one.key}"},
            {"label": _("Hours")},
        ],
        "may_change": viewer.may(Right.TEAM) or viewer.member == one,
        "form": hours_form(one, refused),
        "days": days_of(one, today),
        "leave": leave_of(one, today),
        "minutes": minutes_a_week(one, there),
        "skills_form": skills_form(one, refused),
        "day_form": day_form(refused),
        "leave_form": leave_form(list(Member.objects.active().exclude(id=one.id)), refused),
        "refusal": refused.refusal if refused else None,
    }
    return render(request, "team/hours.html", context, status=refused.refusal.status if refused else 200)


def _house_page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    there = house()
    context = {
        "there": there,
        "crumbs": [{"label": _("Settings"), "url": "/settings"}, {"label": _("Hours")}],
        "form": house_form(there, refused),
        "days": days_of(None, day_of(time_on(request), there.zone)),
        "day_form": day_form(refused),
        "refusal": refused.refusal if refused else None,
    }
    return render(
        request, "team/house_hours.html", context, status=refused.refusal.status if refused else 200
    )
