"""The page of the sheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.song.sheet.queries import Sheet, sheet
from songsheet.team.acting import acting_on, time_on


@require_safe
def song(request: HttpRequest) -> HttpResponse:
    """What hurts a persona, what they ask at a stage, what we say and what we never say."""
    viewer, asked = acting_on(request), request.GET
    found = sheet(viewer, time_on(request), persona=asked.get("persona", ""), stage=asked.get("stage", ""))
    return render(request, "song/sheet.html", {"title": _("Song sheet"), "here": "sheet", **_shown(found)})


def _shown(found: Sheet) -> dict[str, Any]:
    who = found.persona.key if found.persona else ""
    when = found.stage.key if found.stage else ""
    return {
        "sheet": found,
        "who": [
            {"label": one.name, "url": f"/song?persona={one.key}&stage={when}", "current": one.key == who}
            for one in found.personas
        ],
        "steps": [
            {"label": one.name, "url": f"/song?persona={who}&stage={one.key}", "current": one.key == when}
            for one in found.stages
        ],
    }
