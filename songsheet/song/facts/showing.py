"""What the pages of facts show: the catalogue, and one fact with its history and what rests on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.song.claims.queries import resting_on
from songsheet.song.facts.acts import may_change
from songsheet.song.facts.models import Dispute, Fact, FactValue
from songsheet.song.facts.queries import (
    Stated,
    disputes_of,
    facts_seen_by,
    history_of,
    is_true_at,
    scope_of,
    stated_at,
)
from songsheet.song.facts.values import KINDS, read, said
from songsheet.song.market.models import Segment
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


@dataclass(frozen=True)
class Line:
    """A fact in the catalogue: what it says now, everywhere and in places, and whether somebody doubts it."""

    fact: Fact
    says: str
    places: list[tuple[str, str]]
    is_doubted: bool


@dataclass(frozen=True)
class Catalogue:
    """What we offer, what we do not, and everything else, by group."""

    offered: list[Line]
    not_offered: list[Line]
    others: list[Line]


def catalogue(viewer: Acting, at: datetime) -> Catalogue:
    """Every fact, in four statements."""
    facts = list(facts_seen_by(viewer).order_by("name"))
    stated, segments = stated_at(at), dict(Segment.objects.values_list("key", "name"))
    open_ones = Dispute.objects.exclude(state=Dispute.State.SETTLED).values_list("fact_id", flat=True)
    doubted = set(open_ones)
    found = [(one, stated.get(one.name, [])) for one in facts]
    lines = [(_line(one, each, segments, one.id in doubted), each) for one, each in found]
    offers = [(line, each) for line, each in lines if line.fact.kind == "offer"]
    return Catalogue(
        offered=[line for line, each in offers if any(one.value is True for one in each)],
        not_offered=[line for line, each in offers if not any(one.value is True for one in each)],
        others=[line for line, _each in lines if line.fact.kind != "offer"],
    )


def _line(fact: Fact, each: list[Stated], segments: dict[str, str], is_doubted: bool) -> Line:
    whole = [one for one in each if not one.where.weight()]
    places = [(one.where.says(segments), one.says) for one in each if one.where.weight()]
    return Line(fact, whole[0].says if whole else "", sorted(places), is_doubted)


def page_of(viewer: Acting, fact: Fact, at: datetime) -> dict[str, Any]:
    """One fact: what it says, said and will say, who doubts it, what rests on it, what its reader may do."""
    history = [_value(fact, one, at) for one in history_of(fact)]
    member = viewer.member
    return {
        "fact": fact,
        "kind": KINDS[fact.kind],
        "says_now": [one for one in history if one["state"] == "now"],
        "history": history,
        "disputes": disputes_of(fact),
        "resting": resting_on(viewer, fact.name, at),
        "may_change": fact.gone_at is None and may_change(fact, viewer),
        "may_doubt": fact.gone_at is None and viewer.may(Right.PROPOSE) and member is not None,
        "may_settle": viewer.may(Right.HOUSE),
        "me": member,
    }


def _value(fact: Fact, one: FactValue, at: datetime) -> dict[str, Any]:
    segment = one.scope.segment
    state = "void" if one.voided_at else "now" if is_true_at(one, at) else "past"
    if state == "past" and one.valid_from > at:
        state = "coming"
    return {
        "says": said(fact.kind, read(fact.kind, one.value), fact.unit),
        "where": scope_of(one.scope).says({segment.key: segment.name} if segment else None),
        "row": one,
        "state": state,
    }
