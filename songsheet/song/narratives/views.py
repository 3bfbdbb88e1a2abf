"""The pages of narratives."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import Field

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import Command, form_of
from songsheet.song.claims.holding import holding_of
from songsheet.song.narratives.actions import add_narrative, archive_narrative, change_narrative
from songsheet.song.narratives.models import Narrative
from songsheet.song.narratives.queries import claims_of, narrative_for, narratives
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell


class Tell(Command):
    """A telling."""

    name: str = Field(max_length=160, description="What it is called")
    problem: str = Field(max_length=2000, description="The problem")
    turning_point: str = Field(max_length=2000, description="The turning point")
    outcome: str = Field(max_length=2000, description="The outcome")
    feeling: str = Field("", max_length=1000, description="For feeling")
    reason: str = Field("", max_length=1000, description="For reason")
    spoken: str = Field("", max_length=4000, description="As it is said on the phone")
    written: str = Field("", max_length=8000, description="As it is written")
    customer: str = Field("", max_length=40, description="The customer behind it",
                          json_schema_extra={"hint": "The key of a person or a company."})  # fmt: skip
    permission: str = Field("", max_length=500, description="How and when they allowed it")


_LONG = ("problem", "turning_point", "outcome", "feeling", "reason", "spoken", "written")


@require_safe
def all_narratives(request: HttpRequest) -> HttpResponse:
    """Every narrative that is told."""
    viewer = acting_on(request)
    context = {
        "title": _("Narratives"),
        "crumbs": [{"label": _("Song sheet"), "url": "/song"}, {"label": _("Narratives")}],
        "here": "narratives",
        "narratives": list(narratives(viewer)),
        "may": viewer.may(Right.PROPOSE),
    }
    return render(request, "song/narratives.html", context)


@require_safe
def narrative(request: HttpRequest, narrative: str) -> HttpResponse:
    """One narrative, with the claims it uses and whether they hold."""
    viewer = acting_on(request)
    one = narrative_for(viewer, narrative)
    used = claims_of(one)
    found = holding_of([each.shown for each in used if each.shown], time_on(request))
    context = {
        "title": one.name,
        "crumbs": _crumbs(one.name),
        "here": "narratives",
        "one": one,
        "used": [(each, found[each.shown.id]) for each in used if each.shown],
        "may_change": viewer.may(Right.PROPOSE),
    }
    return render(request, "song/narrative.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Tell a new one."""
    acting_on(request).must(Right.PROPOSE)
    if request.method != "POST":
        return _form_page(request, _form())
    try:
        given = Tell.read(request.POST.dict()).model_dump()
        made = add_narrative(**given, by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        return _form_page(request, _form(typed=request.POST, refusal=refusal), status=refusal.status)
    tell(request, _("The narrative is kept"))
    return redirect("narrative", narrative=made.key)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, narrative: str) -> HttpResponse:
    """Tell it otherwise."""
    viewer = acting_on(request)
    viewer.must(Right.PROPOSE)
    one = narrative_for(viewer, narrative)
    if request.method != "POST":
        return _form_page(
            request, _form(values={name: getattr(one, name) for name in Tell.model_fields}), one
        )
    try:
        given, number = Tell.read(request.POST.dict()).model_dump(), request.POST.get("version", "")
        version = int(number) if number.isascii() and number.isdecimal() else None
        change_narrative(narrative, **given, version=version, by=viewer, at=time_on(request))
    except Refusal as refusal:
        return _form_page(request, _form(typed=request.POST, refusal=refusal), one, refusal.status)
    tell(request, _("It is told otherwise now"))
    return redirect("narrative", narrative=narrative)


@require_POST
def archive(request: HttpRequest, narrative: str) -> HttpResponse:
    """Tell it no more."""
    archive_narrative(narrative, by=acting_on(request), at=time_on(request))
    tell(request, _("It is archived"))
    return redirect("narratives")


def _form(**how: Any) -> forms.Form:
    form = form_of(Tell, **how)
    for name in _LONG:
        attrs = {**form.fields[name].widget.attrs, "rows": 3}
        form.fields[name].widget = forms.Textarea(attrs=attrs)
    return form


def _form_page(
    request: HttpRequest, form: forms.Form, one: Narrative | None = None, status: int = 200
) -> HttpResponse:
    crumbs = _crumbs(one.name if one else _("New narrative"))
    return render(request, "song/tell.html", {"form": form, "one": one, "crumbs": crumbs}, status=status)


def _crumbs(last: str) -> list[dict[str, str]]:
    trail = [
        {"label": _("Song sheet"), "url": "/song"},
        {"label": _("Narratives"), "url": "/song/narratives"},
    ]
    return [*trail, {"label": last}]
