"""What can be typed about a task."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from pydantic import Field

from songsheet.base.adopting import Ref
from songsheet.base.refusals import Refusal
from songsheet.doors.commands import Command, form_of
from songsheet.team.acting import Acting
from songsheet.team.errors import NoSuchMember
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.touches.editing import END_OF_DAY
from songsheet.touches.models import Task

_LOCAL = "%Y-%m-%dT%H:%M"


class PlanTask(Command):
    """Something to do by a day, by whom, and when they want to be reminded."""

    subject: str = Field(max_length=500, description="What is to be done")
    due_on: date = Field(description="By when")
    remind_at: datetime | None = Field(None, description="Remind me at")
    member: str = Field("", max_length=40, description="Whose it is")


def plan_form(
    viewer: Acting,
    *,
    task: Task | None = None,
    zone: str = "UTC",
    typed: Mapping[str, Any] | None = None,
    refusal: Refusal | None = None,
) -> forms.Form:
    """The form of a task, a new one or one that is changed."""
    mine = viewer.member.key if viewer.member else ""
    values: dict[str, Any] = {"member": mine}
    if task is not None:
        values = {"subject": task.subject, "member": task.member.key if task.member else mine}
        values["due_on"] = task.due_at.astimezone(ZoneInfo(zone)).date() if task.due_at else ""
        if task.remind_at:
            values["remind_at"] = task.remind_at.astimezone(_zone_of(viewer)).strftime(_LOCAL)
    form = form_of(PlanTask, values=values, typed=typed, refusal=refusal)
    form.fields["due_on"].widget = forms.DateInput(attrs={"type": "date", "required": True})
    form.fields["remind_at"].widget = forms.TextInput(attrs={"type": "datetime-local"})
    form.fields["remind_at"].help_text = _("By your clock, %(zone)s") % {"zone": _zone_of(viewer).key}
    form.fields["member"].widget = forms.Select(choices=_members(viewer))
    return form


def values_of(said: PlanTask, viewer: Acting, zone: str) -> dict[str, Any]:
    """What was typed, by column: the day ends at 17:00 in the house's zone, the reminder is by one's own."""
    remind_at = said.remind_at and said.remind_at.replace(tzinfo=_zone_of(viewer))
    due_at = datetime.combine(said.due_on, END_OF_DAY, ZoneInfo(zone))
    return {"subject": said.subject, "due_at": due_at, "remind_at": remind_at}


def member_of(said: PlanTask, viewer: Acting) -> Ref | None:
    """Whose it is to be: a member who works here."""
    if not said.member:
        return (viewer.member.id, viewer.member.key) if viewer.member else None
    found = Member.objects.active().filter(key=said.member).first()
    if found is None:
        raise NoSuchMember("Nobody who works here is meant. Choose somebody of the list.", field="member")
    return found.id, found.key


def _members(viewer: Acting) -> list[tuple[str, str]]:
    mine = viewer.member.key if viewer.member else ""
    working = [one for one in Member.objects.active().order_by("name", "id") if one.may(Right.WORK)]
    others = [(one.key, one.name) for one in working if one.key != mine]
    return [(mine, _("Mine")), *others]


def _zone_of(viewer: Acting) -> ZoneInfo:
    return ZoneInfo(viewer.member.zone if viewer.member else "UTC")
