"""Accept, return, route, merge and leave at once, from threads: one owner always, and the loser is told."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections

from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.base.refusals import Refusal
from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_companies, adopt_people
from songsheet.buyers.merge_actions import PEOPLE, merge
from songsheet.handoffs.actions import accept, return_lead
from songsheet.journal.check import run
from songsheet.journal.testing import recorded
from songsheet.leads.actions import lead_came, put_back
from songsheet.leads.adopt import LeadRow
from songsheet.leads.errors import AlreadyTaken
from songsheet.leads.events import LeadTaken
from songsheet.leads.models import Lead
from songsheet.leads.routing.actions import route
from songsheet.leads.routing.shouting_actions import go_on
from songsheet.leads.tests.rows import BY
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.actions import join_team
from songsheet.team.hours.actions import enter_leave

SYSTEM = as_system("tests")
THREADS, TURNS, LEADS = 6, 25, 8


class Rush:
    """What each thread does, at random, on the same leads."""

    def __init__(self, guides: list[Acting], owen: Acting, keys: list[str], people: list[str], at: datetime):
        self.guides, self.owen, self.keys, self.people, self.at = guides, owen, keys, people, at
        self.ended: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.lock = threading.Lock()

    def work(self, seed: int) -> None:
        draw = random.Random(seed)
        acts = [self.accept, self.accept, self.give_back, self.reroute, self.undo, self.merge, self.leave]
        try:
            for _ in range(TURNS):
                self.turn(draw, acts)
        finally:
            connections.close_all()

    def turn(self, draw: random.Random, acts: list[Any]) -> None:
        act = draw.choice(acts)
        try:
            act(draw)
            outcome = f"{act.__name__} done"
        except Refusal as refusal:
            outcome = f"{act.__name__} {refusal.code}"
            if isinstance(refusal, AlreadyTaken) and not refusal.extra["owner"]:
                self.wrong.append(outcome)
        with self.lock:
            self.ended[outcome] += 1

    def accept(self, draw: random.Random) -> None:
        accept(draw.choice(self.keys), by=draw.choice(self.guides), at=self.at)

    def give_back(self, draw: random.Random) -> None:
        by = draw.choice([*self.guides, self.owen])
        return_lead(draw.choice(self.keys), "wrong_target", by=by, at=self.at)

    def reroute(self, draw: random.Random) -> None:
        keys = draw.sample(self.keys, 3)
        done = route(keys, by=self.owen, at=self.at, cause="hand", worked_on=draw.random() < 0.5)
        for one in done:
            if one.refusal and draw.random() < 0.3:
                raise one.refusal

    def undo(self, draw: random.Random) -> None:
        put_back(draw.choice(self.keys), by=self.owen, at=self.at)

    def merge(self, draw: random.Random) -> None:
        merge(PEOPLE, *draw.sample(self.people, 2), by=self.owen, at=self.at)

    def leave(self, draw: random.Random) -> None:
        guide = draw.choice(self.guides[:2])
        assert guide.member is not None
        enter_leave(guide.member.key, date(2026, 5, 12), date(2026, 5, 13), by=guide, at=self.at)
        go_on(by=SYSTEM, at=self.at)


def test_one_owner_whatever_happens_at_once(own_database: str, cast: dict[str, Any]) -> None:
    at = datetime(2026, 5, 12, 10, 12, tzinfo=UTC)
    team = with_owen(cast, at)
    signed(draft_of("tiers_and_routing"), team, at)
    guides = [
        as_member(join_team(name=f"Guide {n}", email=f"g{n}@a.example", role="guide", by=SYSTEM, at=at))
        for n in range(4)
    ]
    (firm,) = adopt_companies([CompanyRow(name="Brightwater")], by=BY, at=at)
    people = adopt_people(
        [PersonRow(name=f"Person {n}", mails=(f"p{n}@firm.example",)) for n in range(LEADS)], by=BY, at=at
    )
    refs = [one.ref for one in people if one.ref]
    keys = [
        lead_came(LeadRow(person=ref, tier="hot", company=firm.ref if n < 3 else None), by=BY, at=at).key
        for n, ref in enumerate(refs)
    ]
    route(keys, by=SYSTEM, at=at)
    rush = Rush(guides, team["owen"], keys, [key for _, key in refs], at)
    with ThreadPoolExecutor(THREADS) as pool:
        for future in [pool.submit(rush.work, seed) for seed in range(THREADS)]:
            future.result()
    assert rush.wrong == []
    assert len(recorded(LeadTaken)) == rush.ended["accept done"] > 0
    assert rush.ended["reroute done"] > 0
    for lead in Lead.objects.filter(key__in=keys):
        assert (lead.owner_id is None) != (lead.queue_id is None)
    assert [one.sentence for one in run(full=True, only=["I1", "I2", "I3", "I7"])] == []
