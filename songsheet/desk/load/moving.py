"""What could move from who drowns to who has room: offered and waiting leads, and duties with a deputy."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Q

from songsheet.agreements.kinds.responsibilities import Duty
from songsheet.base.text import fold
from songsheet.desk.load.read import Load, Loads
from songsheet.leads.models import Lead
from songsheet.team.hours.models import Leave, Skill
from songsheet.team.roles import Role

#: So many leads are looked at for one who drowns; a plan is made anew after each move.
MOST = 200
#: Nobody has begun with these.
_UNTOUCHED = (Lead.State.NEW, Lead.State.QUALIFIED, Lead.State.OFFERED)


@dataclass
class Move:
    """Leads that could go from one member to another, who has room, the language and best the skill."""

    giver: Load
    taker: Load
    leads: list[Lead] = field(default_factory=list)
    minutes: int = 0

    @property
    def keys(self) -> str:
        """The leads, as the change of many takes them."""
        return ",".join(lead.key for lead in self.leads)


@dataclass(frozen=True)
class Pass:
    """A duty that its deputy has room for."""

    giver: Load
    taker: Load
    duty: Duty


@dataclass(frozen=True)
class Moves:
    """What could move; nothing is done yet."""

    leads: Sequence[Move]
    duties: Sequence[Pass]


def could_move(found: Loads, at: datetime) -> Moves:
    """For each who drowns, until they do not: duties whose deputy has room, then leads nobody began with."""
    if not found.drowning:
        return Moves([], [])
    room = {one.member.key: one.room for one in found.every}
    passes = _duties(found, room)
    here = _takers(found, at)
    skills = _industries(here)
    moves: dict[tuple[str, str], Move] = {}
    taken: dict[str, int] = {}
    for lead, giver in _movable(found):
        costs = _costs(giver, lead)
        if room[giver.member.key] >= 0 or not costs:
            continue
        fitting = [one for one in here if _fits(one, giver, lead, room, taken)]
        if not fitting:
            continue
        taker = max(fitting, key=lambda one: (_knows(one, lead, skills), room[one.member.key]))
        move = moves.setdefault((giver.member.key, taker.member.key), Move(giver, taker))
        move.leads.append(lead)
        move.minutes += costs
        room[giver.member.key] += costs
        room[taker.member.key] -= found.cost.open_lead + found.cost.clock
        taken[taker.member.key] = taken.get(taker.member.key, 0) + 1
    return Moves(list(moves.values()), passes)


def _duties(found: Loads, room: dict[str, int]) -> list[Pass]:
    passes = []
    for giver in found.drowning:
        for duty in sorted(giver.duties, key=lambda one: -one.minutes_a_week):
            taker = found.of(duty.deputy) if duty.deputy else None
            fits = taker is not None and 0 < duty.minutes_a_week <= room[taker.member.key]
            if taker is None or not fits or room[giver.member.key] >= 0:
                continue
            passes.append(Pass(giver, taker, duty))
            room[giver.member.key] += duty.minutes_a_week
            room[taker.member.key] -= duty.minutes_a_week
    return passes


def _movable(found: Loads) -> list[tuple[Lead, Load]]:
    """Leads of who drowns that nobody began with, and those that wait in a queue they answer for."""
    by_id = {one.member.id: one for one in found.drowning}
    waits = Q(owner__in=by_id) | Q(owner=None, clock__member__in=by_id)
    leads = Lead.objects.filter(waits, gone_at=None, state__in=_UNTOUCHED, clock__isnull=False)
    shown = leads.select_related("clock", "person__company", "company", "queue").order_by(
        "clock__due_at", "id"
    )
    named = shown.annotate(answers=F("clock__member"))[: MOST * len(by_id)]
    return [(lead, by_id[lead.owner_id or lead.answers]) for lead in named]


def _takers(found: Loads, at: datetime) -> list[Load]:
    """Who gives answers to buyers and is not away today."""
    away = set(
        Leave.objects.filter(gone_at=None, from_on__lte=at.date(), until_on__gte=at.date()).values_list(
            "member_id", flat=True
        )
    )
    selling = (Role.GUIDE, Role.CONCIERGE)
    return [
        one
        for one in found.every
        if one.member.role in selling and not one.drowns and one.member.id not in away
    ]


def _industries(here: Sequence[Load]) -> dict[int, set[str]]:
    skills: dict[int, set[str]] = {}
    known = Skill.objects.filter(member__in=[one.member.id for one in here], gone_at=None, kind="industry")
    for member, word in known.values_list("member_id", "word_folded"):
        skills.setdefault(member, set()).add(word)
    return skills


def _costs(giver: Load, lead: Lead) -> int:
    """What its giver is rid of: of a lead in a queue only the promise."""
    return giver.cost.clock + (giver.cost.open_lead if lead.owner_id else 0)


def _fits(one: Load, giver: Load, lead: Lead, room: dict[str, int], taken: dict[str, int]) -> bool:
    """They have time and a free place, speak the language, and do the same work."""
    same = one.member.role == (giver.member.role if giver.member.role == Role.CONCIERGE else Role.GUIDE)
    spoken = {word.strip().lower()[:2] for word in one.member.languages.replace(",", " ").split()}
    language = lead.person.language.lower()[:2]
    place = one.leads + taken.get(one.member.key, 0) < one.member.capacity
    has_time = room[one.member.key] >= one.cost.open_lead + one.cost.clock
    return same and place and has_time and (not language or language in spoken)


def _knows(one: Load, lead: Lead, skills: dict[int, set[str]]) -> bool:
    company = lead.company or lead.person.company
    return bool(company and company.industry and fold(company.industry) in skills.get(one.member.id, ()))
