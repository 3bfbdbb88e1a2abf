"""Deciding who gets a lead: gates, methods, reasons and fairness, without rows."""

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from songsheet.agreements.kinds.tiers_and_routing import TiersAndRouting, Weight, starter
from songsheet.leads.routing.deciding import BEHIND, STEP, decide
from songsheet.leads.routing.world import Asked, Candidate, Decided, World
from songsheet.team.hours.calendar import Calendar

WEEK = [[(540, 1020)]] * 5 + [[], []]


def terms(
    method: str = "round_robin", weights: dict[int, int] | None = None, **parts: Any
) -> TiersAndRouting:
    """The starter with another method for hot leads."""
    body = starter()
    hot = body.tiers[0].model_copy(update={"method": method})
    given = [Weight(member=key(n), weight=weight) for n, weight in (weights or {}).items()]
    parts = {name: getattr(body, name).model_copy(update=value) for name, value in parts.items()}
    return body.model_copy(update={"tiers": [hot, *body.tiers[1:]], "weights": given, **parts})


def key(number: int) -> str:
    return f"member_{number:026}"


def guide(number: int, **given: Any) -> Candidate:
    known = {"role": "guide", "languages": frozenset({"en"}), **given}
    return Candidate(number, key(number), f"Guide {number}", **known)


def world(at: datetime, members: list[Candidate], agreed: TiersAndRouting, **given: Any) -> World:
    zones = given.pop("zones", {})
    calendars = {one.id: Calendar(zones.get(one.id, "UTC"), WEEK) for one in members}
    house = Calendar("UTC", WEEK)
    minutes = {"hot": 15, "ready": 120, "concierge": 240, "nurture": 960}
    there = {one.id: one for one in members}
    return World(at, agreed, minutes, there, lambda id_: calendars.get(id_ or 0, house), **given)


def hot(number: int = 1, **given: Any) -> Asked:
    return Asked(number, "hot", **given)


def one(found: Decided) -> tuple[int | None, str, dict[int, str]]:
    (chosen,) = found.chosen
    return chosen.member, chosen.why[0], {id_: why[0] for id_, why in chosen.others.items()}


def test_each_gate_rules_out_with_a_reason_of_its_own(at: datetime) -> None:
    """One who can, and one for every reason why not; no gate, and each of them can."""
    members = [
        guide(1), guide(2, is_away=True), guide(3), guide(4, load=60), guide(5, languages=frozenset({"de"})),
        guide(6, skills=frozenset()), guide(7, role="concierge"), guide(8, is_away=True, deputy=9),
        guide(9, role="sales_manager"),
    ]  # fmt: skip
    asked = hot(language="en", skills=frozenset({("industry", "dental care")}), passed=frozenset({9}))
    members[0] = guide(1, skills=asked.skills)
    zones = {3: "Asia/Tokyo"}  # there it is evening
    there = world(at, members, terms(), zones=zones)
    assert one(decide(there, [asked])) == (
        1,
        "only_one",
        {
            2: "on_leave",
            3: "off_hours",
            4: "full",
            5: "lacks_language",
            6: "lacks_skill",
            8: "deputy",
            9: "passed",
        },
    )
    open_gates = terms(gates=dict.fromkeys(("hours", "leave", "capacity", "skill", "language"), False))
    free = world(at, members, open_gates, zones=zones)
    counts = Counter(chosen.member for chosen in decide(free, [hot(n) for n in range(70)]).chosen)
    assert counts == {1: 10, 2: 10, 3: 10, 4: 10, 5: 10, 6: 10, 8: 10}


def test_at_night_whoever_works_elsewhere_comes_first_and_else_who_begins_in_the_morning(
    at: datetime,
) -> None:
    night = at.replace(hour=22)
    members = [guide(1), guide(2)]
    assert one(decide(world(night, members, terms()), [hot()]))[:2] == (1, "in_turn")
    abroad = world(night, members, terms(), zones={2: "America/Los_Angeles"})
    assert one(decide(abroad, [hot()])) == (2, "only_one", {1: "off_hours"})


def test_people_of_one_company_go_to_one_owner_also_within_one_call(at: datetime) -> None:
    members = [guide(n) for n in (1, 2, 3)]
    there = world(at, members, terms())
    found = decide(there, [hot(n, company=n % 4) for n in range(40)])
    owners = {n: {chosen.member for chosen in found.chosen if chosen.id % 4 == n} for n in range(4)}
    assert all(len(those) == 1 for those in owners.values())
    assert one(decide(there, [hot(company=7, holders=(3, 1))]))[:2] == (3, "has_company")
    assert one(decide(there, [hot(company=7, account=2, holders=(3,))]))[:2] == (2, "has_company")
    away = world(at, [guide(1), guide(2), guide(3, is_away=True, deputy=2)], terms())
    assert one(decide(away, [hot(holders=(3,))]))[:2] == (2, "has_company")
    alone = world(at, members, terms(same_company={"one_owner": False}))
    assert one(decide(alone, [hot(company=7, holders=(3,))]))[:2] == (1, "in_turn")


def test_the_least_loaded_by_their_room_gets_it(at: datetime) -> None:
    members = [guide(1, load=10, room=60), guide(2, load=2, room=10), guide(3, load=9, room=60)]
    found = decide(world(at, members, terms("least_loaded")), [hot()])
    assert one(found) == (3, "least_loaded", {1: "more_loaded", 2: "more_loaded"})
    assert found.chosen[0].others[2] == ("more_loaded", 2, 10)


def test_nobody_is_never_the_answer(at: datetime) -> None:
    """A queue by name, where nobody can or nobody may be sent, and where that is the method."""
    full = world(at, [guide(1, room=0)], terms())
    (chosen,) = decide(full, [hot()]).chosen
    assert (chosen.member, chosen.queue, chosen.method) == (None, "New leads", "last_resort")
    assert chosen.others == {1: ("full", 0, 0)}
    (closed, nurtured) = decide(
        world(at, [guide(1)], terms()), [hot(is_closed=True), Asked(2, "nurture")]
    ).chosen
    assert (closed.why, closed.queue, nurtured.why, nurtured.queue) == (
        ("no_contact",), "New leads", ("by_queue",), "New leads"
    )  # fmt: skip


def test_turns_are_fair_over_days_whoever_is_there_and_however_often_they_are_stored(at: datetime) -> None:
    """Random teams, days and batches: among those who can always get one nobody has two more than another,
    by weight in proportion; who was away makes up no more than a few turns; who is new begins level."""
    for seed in range(30):
        draw = random.Random(seed)
        weights = {n: draw.choice([1, 1, 2, 3]) for n in range(1, 6)} if seed % 2 else None
        agreed = terms("weighted" if weights else "round_robin", weights, same_company={"one_owner": False})
        turns: dict[tuple[str, int], int] = {}
        counts: Counter[int] = Counter()
        for day in range(30):
            away = {5} if 10 <= day < 20 else set()
            members = [guide(n, is_away=n in away, room=10_000) for n in range(1, 6)]
            before = Counter(counts)
            for _ in range(draw.randint(1, 4)):
                there = world(at + timedelta(days=7 * day), members, agreed, turns=turns)
                found = decide(there, [hot(n) for n in range(draw.randint(0, 7))])
                turns |= found.turns
                counts.update(chosen.member for chosen in found.chosen if chosen.member)
            if day == 20:
                most = max(counts[n] - before[n] for n in range(1, 5))
                assert counts[5] - before[5] <= (BEHIND + most + 1) * (weights or {5: 1})[5], seed
        always = [counts[n] / (weights or {n: 1})[n] for n in range(1, 5)]
        assert max(always) - min(always) <= 1, (seed, counts, weights)
    joined = world(
        at, [guide(1), guide(2), guide(3)], terms(), turns={("hot", 1): 9 * STEP, ("hot", 2): 9 * STEP}
    )
    level = Counter(chosen.member for chosen in decide(joined, [hot(n) for n in range(9)]).chosen)
    assert level == {1: 3, 2: 3, 3: 3}
