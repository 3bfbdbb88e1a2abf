"""The sheet for a persona at a stage, read in a few statements whatever there is."""

from dataclasses import dataclass
from datetime import datetime

from songsheet.song.claims.models import Claim, ClaimVersion
from songsheet.song.claims.queries import Sung, claims_seen_by, sung_at
from songsheet.song.facts.queries import Stated, said_at, stated_at
from songsheet.song.facts.scopes import Scope
from songsheet.song.market.models import JourneyStage, Line, Persona
from songsheet.song.market.queries import Asked, Said, lines, personas, questions, stages
from songsheet.song.narratives.models import Narrative
from songsheet.song.narratives.queries import narratives
from songsheet.team.acting import Acting

#: What hurts, and what moves.
HURTS = (Line.Kind.PAIN, Line.Kind.PROBLEM, Line.Kind.CHALLENGE)


@dataclass(frozen=True)
class Sheet:
    """All that whoever speaks with a persona at a stage needs to see at once."""

    personas: list[Persona]
    stages: list[JourneyStage]
    persona: Persona | None
    stage: JourneyStage | None
    hurts: list[Said]
    moves: list[Said]
    asks: list[Asked]
    next: Asked | None
    says: list[Sung]
    untrue: list[Sung]
    closed: list[Claim]
    not_offered: list[Stated]
    narratives: list[Narrative]


def sheet(viewer: Acting, at: datetime, *, persona: str = "", stage: str = "") -> Sheet:
    """The sheet for a persona and a stage by their keys; the first of each where none is named."""
    who, journey = list(personas(viewer)), list(stages(viewer))
    chosen = next((one for one in who if one.key == persona), who[0] if who else None)
    step = next((one for one in journey if one.key == stage), journey[0] if journey else None)
    said = lines(viewer, chosen.key) if chosen else []
    asked = questions(viewer, persona=chosen.key if chosen else None)
    segment = chosen.segment.key if chosen and chosen.segment else ""
    stated = stated_at(at)
    sung = [one for one in sung_at(viewer, at, stated) if _is_for(one.version, chosen, step)]
    offers = said_at(stated, Scope(segment=segment)).values()
    known = claims_seen_by(viewer).select_related(None).select_related("shown__segment")
    closed = known.filter(state=Claim.State.CLOSED, shown__state=ClaimVersion.State.CLOSED)
    return Sheet(
        who, journey, chosen, step,
        hurts=[one for one in said if one.line.kind in HURTS],
        moves=[one for one in said if one.line.kind not in HURTS],
        asks=[one for one in asked if one.question.stage is None or one.question.stage == step],
        next=_next(asked, journey, step),
        says=[one for one in sung if one.holding.holds],
        untrue=[one for one in sung if not one.holding.holds],
        closed=[one for one in closed if one.shown and _is_for(one.shown, chosen, step)],
        not_offered=[one for one in offers if one.kind == "offer" and one.value is False],
        narratives=[one for one in narratives(viewer).select_related(None) if _fits(one, chosen, step)],
    )  # fmt: skip


def _is_for(version: ClaimVersion, persona: Persona | None, stage: JourneyStage | None) -> bool:
    theirs = persona.segment if persona else None
    elsewhere = version.segment is not None and version.segment != theirs
    return not elsewhere and _fits(version, persona, stage)


def _fits(one: ClaimVersion | Narrative, persona: Persona | None, stage: JourneyStage | None) -> bool:
    """What names no persona is for all, and so with stages."""
    by_persona = not one.personas or (persona is not None and persona.key in one.personas)
    return by_persona and (not one.stages or (stage is not None and stage.key in one.stages))


def _next(asked: list[Asked], journey: list[JourneyStage], step: JourneyStage | None) -> Asked | None:
    """What they will ask next: the question heard most at the next stage."""
    later = [one for one in journey if step and (one.place, one.id) > (step.place, step.id)]
    if not later:
        return None
    there = [one for one in asked if one.question.stage == later[0]]
    return max(there, key=lambda one: one.heard, default=None)
