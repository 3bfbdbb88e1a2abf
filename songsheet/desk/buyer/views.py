"""The buyer page and what is done on it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal, Stale
from songsheet.buyers.models import Person
from songsheet.buyers.queries import people_of
from songsheet.clocks.actions import may_pause
from songsheet.desk.buyer.commands import LogTouch, What, log_form
from songsheet.desk.buyer.facts import current_lead, facts_of, next_of
from songsheet.desk.buyer.fields import FIELDS, change, row_of
from songsheet.desk.buyer.met import met
from songsheet.desk.judging.shown import judged
from songsheet.desk.notes.shown import files_html, note_html
from songsheet.desk.story.read import Line, Story, person_behind, story_for
from songsheet.intake.incoming.behind import came_by_a_door
from songsheet.leads.models import Lead
from songsheet.leads.qualifying.why import why_of
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.team.roles import Right
from songsheet.touches.actions import log_touch
from songsheet.touches.adopt import TouchRow
from songsheet.touches.events import TouchMade
from songsheet.touches.mentions import names_in, to_keys
from songsheet.touches.models import Touch
from songsheet.touches.withdraw import withdraw_touches
from songsheet.ui.components.marks import quote
from songsheet.ui.toasts import tell

SIDES = {"theirs": _("They did"), "ours": _("We did"), "told": _("They were told"), "changed": _("Changed")}


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One buyer: who, story, now; in short for a panel beside a list."""
    story = story_for(acting_on(request), key)
    return render(request, _template(request), context_of(request, story))


def _template(request: HttpRequest) -> str:
    """The page, or the short of it beside a list."""
    is_panel = request.headers.get("HX-Target") == "panel"
    return "desk/buyer/panel.html" if is_panel else "desk/buyer.html"


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
        "met": met(person),
        "fields": [row_of(person, facts, name) for name in FIELDS if name != "name"],
        "lead": lead,
        "why": why_of(lead) if lead and lead.is_open and not lead.at_rest else None,
        "judged": judged(viewer, lead, page=f"/buyers/{person.key}") if lead else None,
        "may_pause": lead is not None and lead.clock is not None and may_pause(lead.clock, viewer),
        "back": {"next": f"/buyers/{person.key}"},
        "is_free": lead is not None and lead.is_open and lead.owner_id is None,
        "is_offered": lead is not None and lead.is_open and _waits_for(viewer, lead),
        "may_return": lead is not None and lead.is_open and _is_theirs(viewer, lead),
        "may_give": lead is not None and lead.is_open and viewer.may(Right.OFFER),
        "next": next_of(story, at),
        "tasks": [task for task in story.tasks if task.done_at is None],
        "deals": story.deals,
        "enquiries": story.enquiries,
        "days": _with_notes(story.days(side if side in SIDES else ""), viewer),
        "sides": _sides(request, story, side),
        "side": side,
        "by_doors": came_by_a_door(line.touch for line in story.lines if line.touch),
        "may_link": viewer.may(Right.FRONT),
        "may_work": viewer.may(Right.WORK),
        "log": log_form(),
        "abouts": _abouts(person, story),
        **more,
    }


def _with_notes(days: list[tuple[date, list[Line]]], viewer: Acting) -> list[tuple[date, list[Line]]]:
    """The lines, those of notes with their words as HTML and the files that hang on them."""
    touches = [line.touch for _, lines in days for line in lines if line.touch is not None]
    noted = [one for one in touches if one.kind == Touch.Kind.NOTE]
    names = names_in(one.text for one in noted)

    def under(line: Line) -> Line:
        if line.touch is None:
            return line
        if line.kind != TouchMade.declared.name:
            return line
        if line.touch.kind == Touch.Kind.NOTE:
            return replace(line, under=note_html(line.touch, names, viewer))
        words = quote(line.words) if line.are_theirs and line.words else line.words
        return replace(line, under=format_html("{}{}", words, files_html(line.touch)))

    return [(day, [under(line) for line in lines]) for day, lines in days]


def _abouts(person: Person, story: Story) -> list[tuple[str, str]]:
    """What a note on the page can be about: the buyer, or one of their deals."""
    deals = [(one.key, _("The deal %(name)s") % {"name": one}) for one in story.deals[:20]]
    return [("", str(person)), *deals] if deals else []


def _waits_for(viewer: Acting, lead: Lead) -> bool:
    """The lead is the viewer's, and they have not accepted it yet."""
    return _is_theirs(viewer, lead) and (lead.at_rest or lead.state == Lead.State.OFFERED)


def _is_theirs(viewer: Acting, lead: Lead) -> bool:
    return viewer.member is not None and lead.owner_id == viewer.member.id


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
    row = row_of(person, facts_of(person), name)
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
        row = row_of(person, facts_of(person), name)
        theirs = row["value"] if isinstance(refusal, Stale) else ""
        more = {"edit": True, "value": typed, "error": refusal.sentence, "theirs": theirs}
        return _row(request, person, {**row, **more}, status=refusal.status)
    person = person_behind(key)
    return _row(request, person, row_of(person, facts_of(person), name))


def _row(request: HttpRequest, person: Person, row: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {"row": row, "person": person, "may_work": acting_on(request).may(Right.WORK)}
    return render(request, "desk/buyer/field.html", context, status=status)


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
        return render(request, _template(request), context, status=refusal.status)
    person = person_behind(key)
    row = TouchRow(
        kind=said.kind.value,
        direction="" if said.kind == What.NOTE else said.direction.value,
        person=(person.id, person.key),
        member=_me(request),
        lead_key=open_lead_of(person),
        subject=said.subject,
        text=to_keys(said.text) if said.kind == What.NOTE else said.text,
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


def _me(request: HttpRequest) -> tuple[int, str] | None:
    member = acting_on(request).member
    return (member.id, member.key) if member else None


def open_lead_of(person: Person) -> str:
    """The key of the lead of theirs that is open, the newest; empty where none is."""
    found = Lead.objects.filter(person__in=people_of(person.key), gone_at=None, ended_at=None).order_by(
        "-came_at", "-id"
    )
    return found.values_list("key", flat=True).first() or ""
