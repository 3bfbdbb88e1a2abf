"""Reads of the market: who buys, what hurts and moves them, the journey, what they ask, who said so."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from songsheet.song.errors import NotInTheSong
from songsheet.song.market.kinds import kind_of
from songsheet.song.market.models import Asker, Evidence, JourneyStage, Line, Persona, Question, Segment
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the personas that ask it (none: everybody) and how often buyers were heard to."""

    question: Question
    personas: tuple[Persona, ...]
    heard: int


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a persona, and how often buyers said so."""

    line: Line
    heard: int


def segments(viewer: Acting) -> QuerySet[Segment]:
    """The parts of the market that we sell to, by name."""
    viewer.must(Right.LOOK)
    return Segment.objects.filter(gone_at=None).order_by("name_folded")


def personas(viewer: Acting) -> QuerySet[Persona]:
    """Who buys, by name."""
    viewer.must(Right.LOOK)
    return Persona.objects.filter(gone_at=None).select_related("segment").order_by("name_folded")


def stages(viewer: Acting) -> QuerySet[JourneyStage]:
    """The journey, in its order."""
    viewer.must(Right.LOOK)
    return JourneyStage.objects.filter(gone_at=None).order_by("place", "id")


def lines(viewer: Acting, persona: str | None = None) -> list[Said]:
    """What hurts and moves the personas, or one of them, what was heard most often first."""
    viewer.must(Right.LOOK)
    found = Line.objects.filter(gone_at=None, persona__gone_at=None).select_related("persona")
    if persona is not None:
        found = found.filter(persona__key=persona)
    rows = list(found.order_by("id"))
    heard = heard_of(one.key for one in rows)
    said = [Said(one, heard.get(one.key, 0)) for one in rows]
    return sorted(said, key=lambda one: -one.heard)


def questions(viewer: Acting, *, persona: str | None = None, stage: str | None = None) -> list[Asked]:
    """What buyers ask, in the order of the journey; of a persona also what everybody asks."""
    viewer.must(Right.LOOK)
    found = Question.objects.filter(gone_at=None).select_related("stage")
    if stage is not None:
        found = found.filter(stage__key=stage)
    rows = list(found)
    askers: dict[int, list[Persona]] = defaultdict(list)
    those = Asker.objects.filter(question__in=rows, persona__gone_at=None).select_related("persona")
    for one in those.order_by("persona__name_folded"):
        askers[one.question_id].append(one.persona)
    heard = heard_of(one.key for one in rows)
    asked = [Asked(one, tuple(askers[one.id]), heard.get(one.key, 0)) for one in rows]
    if persona is not None:
        asked = [one for one in asked if not one.personas or persona in {who.key for who in one.personas}]
    return sorted(asked, key=_in_order)


def _in_order(one: Asked) -> tuple[int, int, int]:
    stage = one.question.stage
    return (stage.place if stage else 10**6, -one.heard, one.question.id)


def question_for(viewer: Acting, key: str) -> Question:
    """One question, an archived one too."""
    viewer.must(Right.LOOK)
    found = Question.objects.filter(key=key).select_related("stage").first()
    if found is None:
        raise NotInTheSong(key)
    return found


def persona_for(viewer: Acting, key: str) -> Persona:
    """One persona that is not archived."""
    found = personas(viewer).filter(key=key).first()
    if found is None:
        raise NotInTheSong(key)
    return found


def evidence_of(viewer: Acting, key: str) -> list[Evidence]:
    """The entries in which buyers said so, the latest first."""
    viewer.must(Right.LOOK)
    kind_of(key)
    return list(Evidence.objects.filter(about=key).select_related("noted_by").order_by("-position"))


def heard_of(keys: Iterable[str]) -> dict[str, int]:
    """How many entries are noted for each key; what was never heard is left out."""
    found = Evidence.objects.filter(about__in=list(keys)).values("about").annotate(heard=Count("id"))
    return {one["about"]: one["heard"] for one in found.order_by()}
