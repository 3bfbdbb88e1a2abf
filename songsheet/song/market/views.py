"""The page of the market: who buys, what hurts and moves them, the journey, what they ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from songsheet.song.errors import NotSung
from songsheet.song.market.actions import (
    add_line,
    add_persona,
    add_question,
    add_segment,
    add_stage,
    archive_market,
    bring_market_back,
)
from songsheet.song.market.models import Line
from songsheet.song.market.queries import lines, personas, questions, segments, stages
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell


@require_safe
def market(request: HttpRequest) -> HttpResponse:
    """Everything that we know of the market."""
    viewer = acting_on(request)
    said = lines(viewer)
    context: dict[str, Any] = {
        "title": _("Market"),
        "crumbs": [{"label": _("Song sheet"), "url": "/song"}, {"label": _("Market")}],
        "here": "market",
        "segments": list(segments(viewer)),
        "personas": [(one, [s for s in said if s.line.persona_id == one.id]) for one in personas(viewer)],
        "stages": list(stages(viewer)),
        "questions": questions(viewer),
        "kinds": Line.Kind.choices,
        "may": viewer.may(Right.PROPOSE),
    }
    return render(request, "song/market.html", context)


@require_POST
def add(request: HttpRequest, what: str) -> HttpResponse:
    """Add something to the market."""
    sent: QueryDict = request.POST
    given: dict[str, Any] = {"by": acting_on(request), "at": time_on(request)}
    text = sent.get("text", "")
    adds: dict[str, Any] = {
        "segment": lambda: add_segment(name=text, **given),
        "persona": lambda: add_persona(name=text, segment=sent.get("segment") or None, **given),
        "stage": lambda: add_stage(name=text, **given),
        "line": lambda: add_line(
            persona=sent.get("persona", ""), kind=sent.get("kind", ""), text=text, **given
        ),
        "question": lambda: add_question(
            text=text, phrases=sent.get("phrases", "").split(","), stage=sent.get("stage") or None,
            personas=[one for one in sent.getlist("persona") if one], **given,
        ),
    }  # fmt: skip
    if what not in adds:
        raise NotSung(f"“{what[:40]}” is nothing that a market has. Add a {', '.join(adds)}.")
    adds[what]()
    tell(request, _("It is added"))
    return redirect("market")


@require_POST
def archive(request: HttpRequest, thing: str) -> HttpResponse:
    """Show it no more."""
    archive_market(thing, by=acting_on(request), at=time_on(request))
    tell(request, _("It is archived"), undo_url=f"/song/market/{thing}/bring-back")
    return redirect("market")


@require_POST
def bring_back(request: HttpRequest, thing: str) -> HttpResponse:
    """Show it again."""
    bring_market_back(thing, by=acting_on(request), at=time_on(request))
    tell(request, _("It is shown again"))
    return redirect("market")
