"""The letters of a plain world counted in plain Python; shares no code with the product."""

import statistics
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from songsheet.desk.tests.world import OPEN, PlainDeal, PlainLead, PlainTouch, World

LEAKS = (
    "never_contacted", "late", "silent", "worked_twice", "deal_without_next_step", "ended_without_reason",
    "offered_not_answered", "returned_not_picked_up", "breached",
)  # fmt: skip
WENT = (
    "won", "lost", "no decision", "released", "open deal", "disqualified", "nurturing", "working",
    "contacted without answer", "never contacted", "never taken from a queue",
)  # fmt: skip


def recount(world: World) -> dict[str, Any]:
    """The letters of a world."""
    facts = [_facts(world, number) for number, lead in enumerate(world.leads) if not lead.gone]
    leaks: dict[str, dict[str, Any]] = {}
    for kind in LEAKS:
        leaking = [one for one in facts if kind in one["leaks"]]
        if leaking:
            leaks[kind] = {
                "leads": len(leaking),
                "still": sum(one["leaks"][kind] for one in leaking),
                "value": _value([one for one in leaking if one["leaks"][kind]], facts),
            }
    went = Counter(one["went"] for one in facts)
    return {
        "leads": len(facts),
        "went": [went[name] for name in WENT],
        "response": Counter(one["response"] for one in facts),
        "leaks": leaks,
        "came": Counter((one["source"], one["campaign"]) for one in facts),
        "won": sum(one["won"] for one in facts),
        "revenue": _sum([one["earned"] for one in facts]),
    }


def _sum(amounts: list[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for amount in amounts:
        for currency, minor in amount.items():
            total[currency] += minor
    return dict(total)


def _value(leaking: list[dict[str, Any]], facts: list[dict[str, Any]]) -> dict[str, int]:
    value: dict[str, Fraction] = defaultdict(Fraction)
    for one in leaking:
        if one["ended"]:
            continue
        for currency, minor in one["open"].items():
            value[currency] += minor
        if not one["open"]:
            same = [other for other in facts if other["source"] == one["source"]]
            for currency in ("EUR", "USD"):
                paid = [other["earned"][currency] for other in same if currency in other["earned"]]
                if paid:
                    value[currency] += Fraction(len(paid), len(same)) * Fraction(statistics.median(paid))
    return {currency: round(minor) for currency, minor in value.items() if round(minor)}


def _root(world: World, person: int) -> int:
    root = world.roots[person]
    return person if root is None else root


def _owner_of(world: World, touch: PlainTouch) -> int | None:
    """The lead a touch belongs to."""
    if touch.lead is not None:
        return touch.lead
    if touch.deal is not None:
        return world.deals[touch.deal].lead
    if touch.person is None:
        return None
    its = [
        (lead.came_at, number)
        for number, lead in enumerate(world.leads)
        if not lead.gone and _root(world, lead.person) == _root(world, touch.person)
    ]
    if not its:
        return None
    before = [one for one in its if one[0] <= touch.at]
    return max(before)[1] if before else min(its)[1]


def _facts(world: World, number: int) -> dict[str, Any]:
    lead, at = world.leads[number], world.at
    deals = [deal for deal in world.deals if deal.lead == number]
    its = [touch for touch in world.touches if _owner_of(world, touch) == number]
    tasks = [touch for touch in its if touch.is_task and not touch.done]
    touches = [touch for touch in its if not touch.is_task]
    outgoing = sorted(
        (t.at, place, t.member)
        for place, t in enumerate(touches)
        if t.direction == "out" and t.member is not None and t.kind in ("call", "mail", "meeting")
    )
    first = outgoing[0][0] if outgoing else None
    contacts = [t for t in touches if t.kind not in ("note", "invoice", "campaign") and t.direction != "out"]
    answered = first is not None and any(t.direction == "in" and t.at >= first for t in contacts)
    states = {deal.state for deal in deals}
    went = _went(lead, states, bool(first), answered)
    open_deals = [deal for deal in deals if deal.state == "open"]
    alive = lead.state in OPEN or bool(open_deals)
    family = [p for p in range(len(world.roots)) if _root(world, p) == _root(world, lead.person)]
    reachable = any(world.mailed[p] for p in family) and not any(world.refused[p] for p in family)
    ended = not alive or went in ("won", "lost", "no decision", "released", "disqualified")
    last = [*(one[0] for one in outgoing), *(t.at for t in contacts)]
    last += [lead.came_at] if lead.is_dated else []
    leaks: dict[str, bool] = {}
    overdue = not lead.is_dated or lead.came_at < _working_hours_before(at, 8)
    may_promise = lead.state in OPEN and (lead.state != "nurturing" or lead.owner is not None)
    promised = may_promise and lead.promise is not None and lead.promise >= at
    overdue = overdue and not promised
    if lead.state in OPEN and not deals and first is None and not lead.elsewhere and overdue:
        leaks["never_contacted"] = reachable
    if lead.is_dated and first is not None and first - lead.came_at > timedelta(days=1):
        leaks["late"] = alive and reachable
    planned = any(task.due_at and task.due_at >= at for task in tasks)
    stepped = any(deal.step_on and deal.step_on >= at.date() for deal in open_deals)
    if alive and (not last or max(last) < at - timedelta(days=14)) and not (planned or stepped or promised):
        leaks["silent"] = reachable
    if any(a[2] != b[2] and b[0] - a[0] <= timedelta(days=7) for a, b in pairwise(outgoing)):
        leaks["worked_twice"] = alive
    if any(not deal.step and not deal.step_on for deal in open_deals):
        leaks["deal_without_next_step"] = True
    if _without_reason(lead, deals, went):
        leaks["ended_without_reason"] = lead.owner is not None
    leaks |= _between_hands(world, lead, alive, reachable)
    return {
        "source": lead.source,
        "campaign": lead.campaign,
        "went": went,
        "response": _response(lead, first),
        "leaks": leaks,
        "ended": ended,
        "won": sum(deal.state == "won" for deal in deals),
        "open": _sum([{d.currency: d.amount} for d in open_deals if d.amount is not None]),
        "earned": _sum([{d.currency: d.amount} for d in deals if d.state == "won" and d.amount is not None]),
    }


def _between_hands(world: World, lead: PlainLead, alive: bool, reachable: bool) -> dict[str, bool]:
    """Offered and not accepted, back and not answered, or a promise that is over."""
    at, leaks = world.at, {}
    since = lead.owned_since
    if lead.state == "offered" and since and since < _working_hours_before(at, 4):
        leaks["offered_not_answered"] = reachable
    back = None if lead.is_answered else lead.returned_at
    if back and back < _working_hours_before(at, 16):
        leaks["returned_not_picked_up"] = alive
    may_promise = lead.state in OPEN and (lead.state != "nurturing" or lead.owner is not None)
    if may_promise and lead.promise is not None and lead.promise < at:
        leaks["breached"] = reachable
    return leaks


def _without_reason(lead: PlainLead, deals: list[PlainDeal], went: str) -> bool:
    deciding = {"lost": "lost", "no decision": "no_decision", "released": "released"}.get(went)
    silent = any(deal.state == deciding and not deal.reason for deal in deals)
    return silent or (lead.state == went and went in ("released", "disqualified") and not lead.reason)


def _went(lead: PlainLead, states: set[str], contacted: bool, answered: bool) -> str:
    if "won" in states:
        return "won"
    if "lost" in states:
        return "lost"
    if "no_decision" in states:
        return "no decision"
    if "released" in states or lead.state == "released":
        return "released"
    if "open" in states:
        return "open deal"
    if lead.state in ("disqualified", "nurturing"):
        return lead.state
    if lead.state in ("working", "converted") or answered:
        return "working"
    if contacted or lead.elsewhere:
        return "contacted without answer"
    return "never taken from a queue" if lead.owner is None else "never contacted"


def _response(lead: PlainLead, first: datetime | None) -> str:
    if first is None or not lead.is_dated:
        return "never"
    waited = first - lead.came_at
    if waited < timedelta(hours=1):
        return "under_1h"
    return "1h_to_24h" if waited <= timedelta(hours=24) else "over_24h"


def _working_hours_before(at: datetime, hours: int) -> datetime:
    """Minute by minute backwards through weekdays from 9 to 17, in UTC."""
    left = hours * 60
    while left:
        at -= timedelta(minutes=1)
        left -= at.weekday() < 5 and 9 <= at.hour < 17
    return at
