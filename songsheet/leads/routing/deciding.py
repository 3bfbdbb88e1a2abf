"""Who gets which lead: a pure function of what is agreed, of who is there, and of what is asked.

The same decides live, in the preview of a re-routing and in the preview against the past.

A member is asked for what the agreement says, in this order: not on leave (a deputy takes their place),
speaks the buyer's language, has room, works at that hour, has the skill.
- *Hours*: first those who work now, or begin within the time of a first answer of the tier. Where there is
  nobody like that, as at night, whoever works before a promise by the hours of the house is due.
- *Skill*: what words of the members' own skills the lead asks for. It rules out only where somebody who could
  get the lead has it: a specialist who is away does not keep a lead waiting.
- *Company*: whoever has the company is asked for leave and hours alone; they know the buyer already.
Whoever could not get one for a while has at most so many turns to catch up with (`BEHIND`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from songsheet.agreements.kinds.tiers_and_routing import TierRule
from songsheet.leads.routing.world import (
    LAST_RESORT,
    LOWEST,
    ROLES,
    Asked,
    Candidate,
    Chosen,
    Decided,
    Reason,
    World,
)
from songsheet.team.roles import SIDE_OF

#: A turn of somebody of weight 1; by their weight others move in smaller steps.
STEP = 1_000_000
#: So many turns somebody makes up for who could not get a lead for a while.
BEHIND = 3
#: When somebody works: at once or soon enough; before it is due by the house; not.
_SOON, _IN_TIME, _NOT = 0, 1, 2


def decide(world: World, leads: Sequence[Asked], *, told: bool = True) -> Decided:
    """Find each lead its member; one after the other, since each changes who comes next. Without being `told`
    why not the others it is quicker."""
    deciding = _Deciding(world, told)
    chosen = [deciding.decide(one) for one in leads]
    turns = {key: level for key, level in deciding.turns.items() if world.turns.get(key) != level}
    return Decided(chosen, turns)


@dataclass(slots=True)
class _Pool:
    """Who can get leads of a tier at all: their places, what each place weighs, and who is away."""

    ids: list[int]
    steps: dict[int, int]
    ruled_out: dict[int, Reason]


@dataclass(slots=True)
class _Found:
    """Who can get one lead now, and why not the others."""

    able: list[int]
    ruled_out: dict[int, Reason]


class _Deciding:
    def __init__(self, world: World, told: bool) -> None:
        self.world, self.told = world, told
        self.load = {one.id: one.load for one in world.members.values()}
        self.turns = dict(world.turns)
        self.has: dict[int, list[int]] = {}
        self.pools = {tier: self._pool(one) for tier, one in world.rules.items() if one.method != "queue"}
        self.known: dict[Any, tuple[dict[int, Reason], list[tuple[int, int]]]] = {}
        self.worked: dict[tuple[int, str, datetime], int] = {}

    def decide(self, lead: Asked) -> Chosen:
        tier = lead.tier if lead.tier in self.world.rules else LOWEST
        rule = self.world.rules[tier]
        last = rule.queue or self.world.terms.last_resort.queue
        if lead.is_closed:
            return Chosen(lead.id, tier, "queue", ("no_contact",), queue=self.world.terms.last_resort.queue)
        if rule.method == "queue":
            return Chosen(lead.id, tier, "queue", ("by_queue",), queue=last)
        pool = self.pools[tier]
        if lead.keeps in pool.ids and self._may_keep(lead, tier):
            return self._has(lead, tier, rule.method, lead.keeps, ("keeps",))
        one_owner = self.world.terms.same_company.one_owner or rule.method == "account_owner"
        holder = self._holder(lead, tier, rule) if one_owner else None
        if holder is not None:
            return self._has(lead, tier, "account_owner", holder, ("has_company",))
        found = self._able(lead, tier, pool)
        if not found.able:
            return Chosen(lead.id, tier, LAST_RESORT, ("nobody",), queue=last, others=found.ruled_out)
        member, why = self._pick(tier, rule, found.able)
        self._catch_up(tier, pool, found)
        others = {**found.ruled_out, **self._behind(why[0], member, found.able)} if self.told else {}
        self._count(lead, tier, member)
        return Chosen(lead.id, tier, rule.method, why, member=member, others=others)

    def _has(self, lead: Asked, tier: str, method: str, member: int, why: Reason) -> Chosen:
        """Whoever has it, or its company, has it already: nobody else was asked."""
        other: Reason = ("other_has_it",) if why[0] == "keeps" else ("other_has_company",)
        ids = self.pools[tier].ids if self.told else ()
        if why[0] != "keeps":
            self._count(lead, tier, member)
        return Chosen(
            lead.id, tier, method, why, member=member, others={id_: other for id_ in ids if id_ != member}
        )

    def _pool(self, rule: TierRule) -> _Pool:
        """The candidates of a tier, each who is away with a deputy replaced by that one."""
        members, weights = self.world.members, self.world.weights
        there = [one for one in members.values() if one.role in ROLES[rule.to]]
        if rule.method == "weighted":
            there = [one for one in there if one.key in weights]
        pool = _Pool([one.id for one in there], {}, {})
        for one in there:
            weight = weights[one.key] if rule.method == "weighted" else 1
            pool.steps.setdefault(one.id, STEP // weight)
            if not (self.world.terms.gates.leave and one.is_away):
                continue
            deputy = members.get(one.deputy or 0)
            if deputy is None or deputy.is_away:
                pool.ruled_out[one.id] = ("on_leave",)
                continue
            pool.ruled_out[one.id] = ("deputy", deputy.id)
            if deputy.id not in pool.ids:
                pool.ids.append(deputy.id)
            pool.steps.setdefault(deputy.id, STEP // weight)
        known = [level for id_ in pool.ids if (level := self.turns.get((rule.tier, id_))) is not None]
        for id_ in pool.ids:
            self.turns.setdefault((rule.tier, id_), min(known, default=0))
        return pool

    def _may_keep(self, lead: Asked, tier: str) -> bool:
        one = self.world.members[lead.keeps or 0]
        away = self.world.terms.gates.leave and one.is_away
        return not away and self._works(one.id, tier, lead.at or self.world.at) != _NOT

    def _holder(self, lead: Asked, tier: str, rule: TierRule) -> int | None:
        """Who has the company: by its record, or by another lead of it. Who is away is stood in for."""
        members, roles = self.world.members, ROLES[rule.to]
        sides = {SIDE_OF.get(role) for role in roles}
        mine = self.has.get(lead.company or 0, [])
        by_leads = [id_ for id_ in (*mine, *lead.holders) if id_ in members and members[id_].role in roles]
        owner = members.get(lead.account or 0)
        by_name = [owner.id] if owner and SIDE_OF.get(owner.role) in sides else []
        for id_ in (*by_name, *by_leads):
            one: Candidate | None = members[id_]
            if self.world.terms.gates.leave and one and one.is_away:
                one = members.get(one.deputy or 0)
            if one is None or one.id in lead.passed or (self.world.terms.gates.leave and one.is_away):
                continue
            if self._works(one.id, tier, lead.at or self.world.at) != _NOT:
                return one.id
        return None

    def _works(self, member: int, tier: str, at: datetime) -> int:
        """How soon they work, from `at`."""
        if not self.world.terms.gates.hours:
            return _SOON
        found = self.worked.get((member, tier, at))
        if found is None:
            found = self.worked[member, tier, at] = self._how_soon(member, tier, at)
        return found

    def _how_soon(self, member: int, tier: str, at: datetime) -> int:
        theirs, minutes = self.world.calendar_of(member), self.world.minutes[tier]
        if theirs.minutes_between(at, at + timedelta(minutes=minutes)):
            return _SOON
        due = self.world.calendar_of(None).due(at, minutes)
        return _IN_TIME if theirs.minutes_between(at, due) else _NOT

    def _static(self, lead: Asked, tier: str, pool: _Pool) -> tuple[dict[int, Reason], list[tuple[int, int]]]:
        """Whom leave, language and hours rule out, and how soon the others work; the same for many leads."""
        at = lead.at or self.world.at
        name = tier, lead.language, at
        if (found := self.known.get(name)) is not None:
            return found
        ruled_out, soon = dict(pool.ruled_out), list[tuple[int, int]]()
        asks_language = self.world.terms.gates.language and lead.language
        for id_ in pool.ids:
            if id_ in ruled_out:
                continue
            if asks_language and lead.language not in self.world.members[id_].languages:
                ruled_out[id_] = ("lacks_language",)
            elif (works := self._works(id_, tier, at)) == _NOT:
                ruled_out[id_] = ("off_hours",)
            else:
                soon.append((id_, works))
        self.known[name] = ruled_out, soon
        return ruled_out, soon

    def _able(self, lead: Asked, tier: str, pool: _Pool) -> _Found:
        """Who can get this lead now; of everybody else why not."""
        gates, members = self.world.terms.gates, self.world.members
        always, soon = self._static(lead, tier, pool)
        ruled_out = dict(always)
        left = []
        for id_, works in soon:
            if id_ in lead.passed:
                ruled_out[id_] = ("passed",)
            elif gates.capacity and self.load[id_] >= members[id_].room:
                ruled_out[id_] = ("full", self.load[id_], members[id_].room)
            else:
                left.append((id_, works))
        soonest = min((works for _, works in left), default=_SOON)
        able = [id_ for id_, works in left if works == soonest]
        ruled_out |= {id_: ("off_hours",) for id_, works in left if works != soonest}
        if gates.skill and lead.skills and len(able) > 1:
            fit = [id_ for id_ in able if _knows(members[id_], lead.skills)]
            if fit:
                ruled_out |= dict.fromkeys(set(able) - set(fit), ("lacks_skill",))
                able = fit
        return _Found(able, ruled_out)

    def _pick(self, tier: str, rule: TierRule, able: list[int]) -> tuple[int, Reason]:
        turns, load = self.turns, self.load
        if len(able) == 1:
            return able[0], ("only_one",)
        if rule.method in ("least_loaded", "account_owner"):
            member = min(able, key=lambda id_: (self._share(id_), turns[tier, id_], id_))
            return member, ("least_loaded", load[member], self.world.members[member].room)
        member = min(able, key=lambda id_: (turns[tier, id_], id_))
        return member, ("by_weight" if rule.method == "weighted" else "in_turn",)

    def _share(self, id_: int) -> int:
        """How much of their room is taken, so that who works half days is not asked for as much."""
        return self.load[id_] * 10_000 // max(1, self.world.members[id_].room)

    def _behind(self, code: str, member: int, able: Iterable[int]) -> dict[int, Reason]:
        """Why not those who could have got it too."""
        if code == "least_loaded":
            members, load = self.world.members, self.load
            share = self._share(member)
            return {
                id_: ("more_loaded", load[id_], members[id_].room) if self._share(id_) > share else ("later",)
                for id_ in able
                if id_ != member
            }
        later: Reason = ("had_share",) if code == "by_weight" else ("later",)
        return {id_: later for id_ in able if id_ != member}

    def _catch_up(self, tier: str, pool: _Pool, found: _Found) -> None:
        """Whoever could not get this one is not further behind than so many turns."""
        floor = min(self.turns[tier, id_] for id_ in found.able)
        for id_ in found.ruled_out:
            least = floor - BEHIND * pool.steps[id_]
            self.turns[tier, id_] = max(self.turns[tier, id_], least)

    def _count(self, lead: Asked, tier: str, member: int) -> None:
        step = self.pools[tier].steps.get(member, STEP)
        self.turns[tier, member] = self.turns.get((tier, member), 0) + step
        self.load[member] += 1
        if lead.company is not None:
            has = self.has.setdefault(lead.company, [])
            if member not in has:
                has.insert(0, member)


def _knows(member: Candidate, asked: frozenset[tuple[str, str]]) -> bool:
    """One of the words of each kind that is asked for."""
    found = {kind for kind, word in asked if (kind, word) in member.skills}
    return found == {kind for kind, _ in asked}
