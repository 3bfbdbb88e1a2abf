"""The buyer page and what is done on it."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal, Stale
from songsheet.buyers.models import Person
from songsheet.buyers.queries import people_of
from songsheet.desk.buyer.commands import LogTouch, PlanTask, What, log_form, plan_form
from songsheet.desk.buyer.facts import current_lead, facts_of, next_of
from songsheet.desk.buyer.fields import FIELDS, change
from songsheet.desk.story.read import Story, person_behind, story_for
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.team.roles import Right
from songsheet.touches.actions import do_task, log_touch, plan_task
from songsheet.touches.adopt import TaskRow, TouchRow
from songsheet.touches.withdraw import withdraw_touches
from songsheet.ui.toasts import tell

SIDES = {"theirs": _("They did"), "ours": _("We did"), "told": _("They were told"), "changed": _("Changed")}


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One buyer: who, story, now; in short for a panel beside a list."""
    story = story_for(acting_on(request), key)
    is_panel = request.headers.get("HX-Target") == "panel"
    name = "desk/buyer/panel.html" if is_panel else "desk/buyer.html"
    return render(request, name, context_of(request, story))


def context_of(request: HttpRequest, story: Story, **more: Any) -> dict[str, Any]:
    """What the page shows of a story."""
    viewer, at, person = acting_on(request), time_on(request), story.person
    facts, lead = facts_of(person), current_lead(story)
    side = request.GET.get("side", "")
    return {
        "title": str(person),
        "crumbs": [{"label": _("Buyers"), "url": "/buyers"}, {"label": str(person), "url": ""}],
        "now": at,
        "today": localtime(at).date(),
        "person": person,
        "person_url": f"/buyers/{person.key}",
        "story": story,
        "facts": facts,
        "fields": [_shown(person, facts, name) for name in FIELDS if name != "name"],
        "lead": lead,
        "is_free": lead is not None and lead.is_open and lead.owner_id is None,
        "is_offered": lead is not None and lead.is_open and _waits_for(viewer, lead),
        "may_give": lead is not None and lead.is_open and viewer.may(Right.OFFER),
        "next": next_of(story, at),
        "tasks": [task for task in story.tasks if task.done_at is None],
        "deals": story.deals,
        "days": story.days(side if side in SIDES else ""),
        "sides": _sides(request, story, side),
        "side": side,
        "may_work": viewer.may(Right.WORK),
        "log": log_form(),
        "plan": plan_form(),
        **more,
    }


def _waits_for(viewer: Acting, lead: Lead) -> bool:
    """The lead is the viewer's, and they have not accepted it yet."""
    mine = viewer.member is not None and lead.owner_id == viewer.member.id
    return mine and (lead.at_rest or lead.state == Lead.State.OFFERED)


def _sides(request: HttpRequest, story: Story, chosen: str) -> list[dict[str, Any]]:
    counts = story.sides()
    every = {
        "label": _("All"),
        "url": request.path,
        "count": len(story.lines),
        "current": chosen not in SIDES,
    }
    parts = [
        # What they were told is not counted yet: a zero there would be one that nobody counted.
        {"label": label, "url": f"?side={side}", "count": counts.get(side, None if side == "told" else 0)}
        for side, label in SIDES.items()
    ]
    return [every, *({**part, "current": part["url"] == f"?side={chosen}"} for part in parts)]


@require_http_methods(["GET", "HEAD", "POST"])
def field(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One field as a row, as a form (`?edit`), or changed."""
    acting_on(request).must(Right.LOOK)
    if name not in FIELDS:
        raise Http404
    if request.method == "POST":
        return _change(request, key, name)
    person = person_behind(key)
    row = _shown(person, facts_of(person), name)
    return _row(request, person, {**row, "edit": "edit" in request.GET})


def _change(request: HttpRequest, key: str, name: str) -> HttpResponse:
    typed, version = request.POST.get("value", ""), request.POST.get("version", "")
    try:
        change(
            key,
            name,
            typed,
            version=int(version) if version.isdigit() else None,
            by=acting_on(request),
            at=time_on(request),
        )
    except Refusal as refusal:
        person = person_behind(key)
        row = _shown(person, facts_of(person), name)
        theirs = row["value"] if isinstance(refusal, Stale) else ""
        more = {"edit": True, "value": typed, "error": refusal.sentence, "theirs": theirs}
        return _row(request, person, {**row, **more}, status=refusal.status)
    person = person_behind(key)
    return _row(request, person, _shown(person, facts_of(person), name))


def _row(request: HttpRequest, person: Person, row: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {"row": row, "person": person, "may_work": acting_on(request).may(Right.WORK)}
    return render(request, "desk/buyer/field.html", context, status=status)


def _shown(person: Person, facts: Any, name: str) -> dict[str, Any]:
    declared = FIELDS[name]
    value = declared.read(person, facts)
    return {"name": name, "label": str(declared.label), "value": value, "type": declared.type}


@require_POST
def log(request: HttpRequest, key: str) -> HttpResponse:
    """Write down a call, mail, meeting or note."""
    acting_on(request).must(Right.WORK)
    try:
        said = LogTouch.read(request.POST.dict())
    except Refusal as refusal:
        story = story_for(acting_on(request), key)
        form = log_form(request.POST, refusal)
        context = context_of(request, story, log=form)
        return render(request, "desk/buyer.html", context, status=refusal.status)
    person = person_behind(key)
    row = TouchRow(
        kind=said.kind.value,
        direction="" if said.kind == What.NOTE else said.direction.value,
        person=(person.id, person.key),
        member=_me(request),
        lead_key=_open_lead(person),
        subject=said.subject,
        text=said.text,
        seconds=None if said.minutes is None else said.minutes * 60,
    )
    touch = log_touch(row, by=acting_on(request), at=time_on(request))
    tell(request, _("Written down"), undo_url=f"/buyers/{person.key}/touches/{touch.key}/undo")
    return redirect("buyer", key=person.key)


@require_POST
def undo_log(request: HttpRequest, key: str, touch: str) -> HttpResponse:
    """Take back what was written down."""
    acting_on(request).must(Right.WORK)
    withdraw_touches([touch], by=acting_on(request), at=time_on(request), why="undone")
    tell(request, _("Taken back"))
    return redirect("buyer", key=key)


@require_POST
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Plan something to do for a buyer."""
    acting_on(request).must(Right.WORK)
    try:
        said = PlanTask.read(request.POST.dict())
    except Refusal as refusal:
        story = story_for(acting_on(request), key)
        form = plan_form(request.POST, refusal)
        context = context_of(request, story, plan=form)
        return render(request, "desk/buyer.html", context, status=refusal.status)
    person = person_behind(key)
    zone = ZoneInfo(request.house.zone)  # type: ignore[attr-defined]
    row = TaskRow(
        subject=said.subject,
        person=(person.id, person.key),
        lead_key=_open_lead(person),
        due_at=datetime.combine(said.due_on, time(17), zone),
    )
    plan_task(row, by=acting_on(request), at=time_on(request))
    tell(request, _("Planned"))
    return redirect("buyer", key=person.key)


@require_POST
def done(request: HttpRequest, key: str, task: str) -> HttpResponse:
    """A task of a buyer is done."""
    do_task(task, by=acting_on(request), at=time_on(request))
    tell(request, _("Done"))
    return redirect("buyer", key=key)


def _me(request: HttpRequest) -> tuple[int, str] | None:
    member = acting_on(request).member
    return (member.id, member.key) if member else None


def _open_lead(person: Person) -> str:
    found = Lead.objects.filter(person__in=people_of(person.key), gone_at=None, ended_at=None).order_by(
        "-came_at", "-id"
    )
    return found.values_list("key", flat=True).first() or ""
