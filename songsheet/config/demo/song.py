"""Aldermoor's song: what it knows of its market, what is true of it, and what both sides say."""

from datetime import datetime, time, timedelta
from typing import Any

from songsheet.config.demo.agreed import FOR_MARKETING, FOR_SALES
from songsheet.config.demo.company import BASELINE, TUESDAY, ZONE
from songsheet.config.demo.song_words import (
    CLAIMS,
    DRAFTS,
    FACTS,
    NARRATIVES,
    PERSONAS,
    QUESTIONS,
    SEGMENTS,
    STAGES,
)
from songsheet.song.claims.actions import draft_claim
from songsheet.song.claims.force_actions import close_claim, put_in_force, sign_claim
from songsheet.song.claims.models import Claim, Risk
from songsheet.song.facts.actions import change_fact, state_fact
from songsheet.song.facts.dispute_actions import dispute_fact
from songsheet.song.facts.models import Fact
from songsheet.song.market.actions import add_line, add_persona, add_question, add_segment, add_stage
from songsheet.song.narratives.actions import add_narrative
from songsheet.team.acting import Acting, as_member
from songsheet.team.models import Member

#: A week into being one department.
_BEGAN = datetime.combine(BASELINE + timedelta(days=7), time(10), ZONE)
_LATELY = TUESDAY - timedelta(days=6)
#: What the company had said for years and closed when it looked.
_CLOSED = "You may try before you sign."


def sing() -> None:
    """Write down the market, the facts and the claims, as long as nobody has."""
    if Fact.objects.exists():
        return
    tom, marcus = (as_member(Member.objects.get(name=name)) for name in (FOR_MARKETING, FOR_SALES))
    given: dict[str, Any] = {"by": tom, "at": _BEGAN}
    segments = [add_segment(name=name, **given).key for name in SEGMENTS]
    personas = {}
    for name, (segment, about, lines) in PERSONAS.items():
        its = segments[segment] if segment is not None else None
        personas[name] = add_persona(name=name, about=about, segment=its, **given).key
        for kind, text in lines:
            add_line(persona=personas[name], kind=kind, text=text, **given)
    stages = [add_stage(name=name, **given).key for name in STAGES]
    for text, stage, who, phrases in QUESTIONS:
        keys = [personas[name] for name in who]
        add_question(text=text, phrases=phrases, stage=stages[stage], personas=keys, **given)
    _state()
    claims = _say(personas, stages, tom, marcus)
    for telling in NARRATIVES:
        _tell(telling, personas, claims, tom)
    _lately(tom, marcus)


def _state() -> None:
    for name, label, kind, value, owner, unit, source in FACTS:
        whose = Member.objects.filter(name=owner).first() or Member.objects.get(name=FOR_MARKETING)
        choices = ["us", "partner"] if kind == "choice" else []
        state_fact(
            name=name, label=label, kind=kind, value=value, unit=unit, choices=choices, source=source,
            by=as_member(whose), at=_BEGAN,
        )  # fmt: skip


def _say(personas: dict[str, str], stages: list[str], tom: Acting, marcus: Acting) -> dict[str, str]:
    claims = {}
    for number, (statement, predicate, risk, along, who, stage) in enumerate(CLAIMS):
        at = _BEGAN + timedelta(minutes=10 * number)
        draft = draft_claim(
            statement=statement, predicate=predicate, risk=risk, qualifier=along,
            personas=[personas[name] for name in who], stages=[] if stage is None else [stages[stage]],
            by=tom, at=at,
        )  # fmt: skip
        claims[statement] = draft.claim.key
        if risk == Risk.PLAIN:
            put_in_force(draft.key, seen=draft.hash, by=tom, at=at)
        else:
            for member in (tom, marcus):
                sign_claim(draft.key, hash=draft.hash, by=member, at=at)
    return claims


def _tell(telling: dict[str, Any], personas: dict[str, str], claims: dict[str, str], tom: Acting) -> None:
    words = {name: value for name, value in telling.items() if name not in ("for", "claims")}
    add_narrative(
        **words, personas=[personas[name] for name in telling["for"]],
        claims=[claims[statement] for statement in telling["claims"]], by=tom, at=_BEGAN,
    )  # fmt: skip


def _lately(tom: Acting, marcus: Acting) -> None:
    """Delivery takes longer since last week; a claim is closed, two are drafted, a fact is doubted."""
    fact = Fact.objects.select_related("owner").get(name="delivery.days")
    change_fact(fact.name, value="14", why="The mill delivers late.", by=as_member(fact.owner), at=_LATELY)
    close_claim(
        Claim.objects.get(statement=_CLOSED).key, why="Only booths can be tried.", by=marcus, at=_LATELY
    )
    for statement, predicate, risk in DRAFTS:
        draft = draft_claim(statement=statement, predicate=predicate, risk=risk, by=tom, at=_LATELY)
    sign_claim(draft.key, hash=draft.hash, by=tom, at=_LATELY)
    dispute_fact("recycled", words="The supplier's sheet says 71 %.", by=marcus, at=_LATELY)
