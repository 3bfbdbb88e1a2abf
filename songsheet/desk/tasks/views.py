"""Planning, changing, doing a task and taking it up again, from wherever it stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from songsheet.base.refusals import Refusal
from songsheet.desk.buyer.views import open_lead_of
from songsheet.desk.story.read import person_behind
from songsheet.desk.tasks.commands import PlanTask, member_of, plan_form, values_of
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.touches import actions
from songsheet.touches.adopt import TaskRow
from songsheet.touches.errors import NoSuchTask
from songsheet.touches.models import Task
from songsheet.touches.queries import tasks_seen_by
from songsheet.touches.withdraw import withdraw_tasks
from songsheet.ui.dialogs import leave
from songsheet.ui.toasts import tell


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, key: str = "") -> HttpResponse:
    """Plan something, on the page of a buyer or by itself."""
    viewer = acting_on(request)
    viewer.must(Right.WORK)
    person = person_behind(key) if key else None
    page = f"/buyers/{person.key}" if person else "/"
    if request.method != "POST":
        return _form(request, {"to": request.path, "page": page, "title": _("Plan")})
    try:
        said = PlanTask.read(request.POST.dict())
        values, member = values_of(said, viewer, _zone(request)), member_of(said, viewer)
    except Refusal as refusal:
        return _form(request, {"to": request.path, "page": page, "title": _("Plan")}, refusal=refusal)
    row = TaskRow(**values, member=member)
    if person:
        row.person, row.lead_key = (person.id, person.key), open_lead_of(person)
    task = actions.plan_task(row, by=viewer, at=time_on(request))
    tell(request, _("Planned"), undo_url=f"/tasks/{task.key}/drop")
    return leave(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, key: str) -> HttpResponse:
    """One task as a form, or changed."""
    viewer, one = acting_on(request), _task(request, key)
    context = {"to": request.path, "page": _page_of(one), "title": _("Change the task"), "task": one}
    if request.method != "POST":
        return _form(request, context)
    viewer.must(Right.WORK)
    version = request.POST.get("version", "")
    try:
        said = PlanTask.read(request.POST.dict())
        values, member = values_of(said, viewer, _zone(request)), member_of(said, viewer)
        values["member_id"] = member[0] if member else None
        number = int(version) if version.isdecimal() else None
        actions.change_task(key, by=viewer, at=time_on(request), version=number, **values)
    except Refusal as refusal:
        return _form(request, context, refusal=refusal)
    tell(request, _("The task was changed"))
    return leave(request, _back(request, one))


@require_POST
def done(request: HttpRequest, key: str) -> HttpResponse:
    """What was planned is done."""
    one = actions.do_task(key, by=acting_on(request), at=time_on(request))
    tell(request, _("Done"), undo_url=f"/tasks/{key}/reopen")
    return redirect(_back(request, one))


@require_POST
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """It is to be done again."""
    one = actions.reopen_task(key, by=acting_on(request), at=time_on(request))
    tell(request, _("It is to be done again"))
    return redirect(_back(request, one))


@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Drop a task."""
    acting_on(request).must(Right.WORK)
    one = _task(request, key)
    withdraw_tasks([key], by=acting_on(request), at=time_on(request), why="undone", lane="live")
    tell(request, _("The task was dropped"))
    return redirect(_back(request, one))


def _form(request: HttpRequest, context: dict[str, Any], *, refusal: Refusal | None = None) -> HttpResponse:
    """In a dialog where a script asked; else a page."""
    typed = request.POST if refusal else None
    viewer, one = acting_on(request), context.get("task")
    form = plan_form(viewer, task=one, zone=_zone(request), typed=typed, refusal=refusal)
    whole = not request.headers.get("HX-Request")
    context |= {"form": form, "refusal": refusal, "may_work": viewer.may(Right.WORK), "in_dialog": not whole}
    template = "desk/tasks/form_page.html" if whole else "desk/tasks/form.html"
    return render(request, template, context, status=refusal.status if refusal else 200)


def _task(request: HttpRequest, key: str) -> Task:
    found = tasks_seen_by(acting_on(request)).filter(key=key).first()
    if found is None:
        raise NoSuchTask(key)
    return found


def _zone(request: HttpRequest) -> str:
    return str(request.house.zone)  # type: ignore[attr-defined]


def _page_of(one: Task) -> str:
    return f"/buyers/{one.person.whole.key}" if one.person else "/"


def _back(request: HttpRequest, one: Task) -> str:
    """Where the form says one came from, else the page of the task."""
    given = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(given, allowed_hosts={request.get_host()})
    return given if safe else _page_of(one)
