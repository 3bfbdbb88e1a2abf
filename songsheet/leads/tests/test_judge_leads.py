"""Leads are judged by what was signed, as their facts change; before that the starters run in shadow."""

import random
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songsheet.agreements import actions as agreements
from songsheet.agreements.kinds.qualified_lead import Criterion, Enough, QualifiedLead
from songsheet.agreements.kinds.tiers_and_routing import Marks, TierRule, TiersAndRouting, starter
from songsheet.agreements.models import Version
from songsheet.agreements.tests.signers import signed, with_owen
from songsheet.base.text import fold
from songsheet.journal.readers import catch_up
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.leads.actions import change_lead, lead_came, take_lead
from songsheet.leads.adopt import LeadRow
from songsheet.leads.models import Judgement, Lead
from songsheet.leads.qualifying.actions import judge
from songsheet.leads.qualifying.events import LeadQualified, LeadTiered
from songsheet.leads.qualifying.jobs import judge_waiting
from songsheet.leads.qualifying.queries import judgement_of
from songsheet.leads.qualifying.reactions import READER
from songsheet.leads.qualifying.tiering import Terms, judge_by
from songsheet.leads.tests.rows import BY, imported, person, sound
from songsheet.leads.tests.test_preview_a_definition import WORDS, definition, holds, looked, world
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.touches.actions import log_touch
from songsheet.touches.adopt import TouchRow

SYSTEM = as_system("tests")
DEFINITION = QualifiedLead(
    criteria=[
        Criterion(name="Reachable", about="completeness", looks_at="mail", test="is_known", needed=True),
        Criterion(name="Came", about="interest", looks_at="touches", test="at_least", number=1, points=60),
    ],
    enough=Enough(points=50),
    questions=[],
)


def put_in_force(kind: str, body: Any, team: dict[str, Acting], at: datetime) -> Version:
    """A body that both sides signed."""
    draft = agreements.propose(kind, body=body.model_dump(mode="json"), by=team["tom"], at=at)
    return signed(draft, team, at)


def live(at: datetime, **given: Any) -> Lead:
    given.setdefault("person", person(at))
    return lead_came(LeadRow(**given), by=BY, at=at)


def visit(lead: Lead, by: Acting, at: datetime) -> None:
    log_touch(TouchRow(kind="visit", direction="in", person=(lead.person_id, lead.person.key)), by=by, at=at)
    catch_up(READER)


@pytest.fixture(autouse=True)
def heard(cast: dict[str, Any]) -> None:
    catch_up(READER)


def test_before_any_signature_the_starters_run_in_shadow(cast: dict[str, Any], at: datetime) -> None:
    lead, rests = live(at, wants="A quote, please"), imported(at)
    catch_up(READER)
    found = judgement_of(lead)
    assert found is not None
    assert found.is_shadow
    assert (found.points, found.tier, found.tier_by, found.word) == (20, "hot", "mentions", "quote")
    assert [one["name"] for one in found.seen if one["holds"]] == ["Can be reached", "Says what they want"]
    assert judgement_of(rests) is None
    lead.refresh_from_db()
    assert (lead.state, lead.tier) == ("new", "")
    for event in (LeadQualified, LeadTiered):
        assert_nothing_recorded(event)


def test_a_lead_is_qualified_once_its_facts_meet_what_is_in_force(cast: dict[str, Any], at: datetime) -> None:
    team = with_owen(cast, at)
    terms = put_in_force("qualified_lead", DEFINITION, team, at)
    tiers = put_in_force("tiers_and_routing", starter(), team, at)
    lead, other = live(at, wants="Cheapest power"), live(at)
    catch_up(READER)
    lead.refresh_from_db()
    assert (lead.state, lead.tier, lead.deal_seeker) == ("new", "nurture", True)
    version = lead.version
    visit(lead, team["priya"], at)
    lead.refresh_from_db()
    assert (lead.state, lead.tier, lead.version) == ("qualified", "ready", version)
    entry = assert_recorded(LeadQualified, lead=lead.key, state="qualified", version=terms.key, points=60)
    assert [(one.criterion, one.holds, one.by) for one in entry.event.evidence] == [
        ("Reachable", True, ""), ("Came", True, "1"),
    ]  # fmt: skip
    assert entry.because is not None
    last = recorded(LeadTiered)[-1].event
    assert (last.lead, last.tier, last.before, last.tier_by, last.version) == (
        lead.key, "ready", "nurture", "points", tiers.key,
    )  # fmt: skip
    told = len(recorded(LeadTiered))
    visit(lead, team["priya"], at + timedelta(hours=1))
    assert (len(recorded(LeadTiered)), len(recorded(LeadQualified))) == (told, 1)
    take_lead(other.key, by=team["priya"], at=at)
    visit(other, team["priya"], at)
    other.refresh_from_db()
    assert (other.state, other.owner, other.tier) == ("working", cast["priya"], "ready")
    assert sound() == []


def test_what_somebody_changed_stays_until_the_rules_say_something_new(
    cast: dict[str, Any], at: datetime
) -> None:
    team = with_owen(cast, at)
    put_in_force("tiers_and_routing", starter(), team, at)
    lead = live(at)
    catch_up(READER)
    change_lead(lead.key, tier="concierge", by=team["priya"], at=at)
    catch_up(READER)
    lead.refresh_from_db()
    assert lead.tier == "concierge"
    change_lead(lead.key, wants="Please call me", by=team["priya"], at=at)
    catch_up(READER)
    lead.refresh_from_db()
    assert lead.tier == "hot"


def test_terms_that_come_into_force_are_tried_on_all_who_wait(cast: dict[str, Any], at: datetime) -> None:
    team = with_owen(cast, at)
    leads = [live(at) for _ in range(3)]
    for lead in leads[:2]:
        visit(lead, team["priya"], at)
    take_lead(leads[1].key, by=team["priya"], at=at)
    put_in_force("qualified_lead", DEFINITION, team, at)
    catch_up(READER)
    judge_waiting(timestamp=0)
    states = [Lead.objects.get(id=lead.id).state for lead in leads]
    assert states == ["qualified", "working", "new"]
    assert len(Judgement.objects.filter(definition=None)) == 1, "whoever is worked on waits for news"
    assert sound() == []


def test_many_are_judged_in_as_many_statements_as_one(cast: dict[str, Any], at: datetime) -> None:
    team = with_owen(cast, at)
    put_in_force("qualified_lead", DEFINITION, team, at)
    put_in_force("tiers_and_routing", starter(), team, at)
    leads = [live(at) for _ in range(12)]
    counts = []
    for some in (leads[:2], leads[2:]):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            judge([lead.id for lead in some], by=SYSTEM, at=at)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert len(recorded(LeadTiered)) == 12


def tiers_of(draw: random.Random) -> TiersAndRouting:
    """Tiers of any form."""
    words = [word for text in WORDS["wants"] for word in text.split() if word.replace(" ", "").isalnum()]
    return starter().model_copy(
        update={
            "tiers": [
                TierRule(
                    tier=tier, points=draw.randrange(120), to=draw.choice(["guide", "concierge", "marketer"]),
                    method="queue", mentions=draw.sample(words, draw.randrange(2)),
                    sources=draw.sample(WORDS["source"], draw.randrange(2)),
                )
                for tier in ("hot", "ready", "concierge", "nurture")
            ],
            "marks": Marks(
                deal_seekers=draw.sample(words, 2),
                named_accounts=[f"https://www.FIRM{n}.example/about" for n in draw.sample(range(6), 2)],
            ),
        }
    )  # fmt: skip


def tier_by_hand(lead: Lead, tiers: TiersAndRouting, points: int, *, met: bool) -> tuple[str, str]:
    """The tier, rule after rule: what Guides may not get yet goes to the next that is not theirs."""
    refused = False
    for rule in tiers.tiers:
        if any(says(lead.wants, word) for word in rule.mentions):
            return rule.tier, "mentions"
        if lead.source and fold(lead.source.name) in map(fold, rule.sources):
            return rule.tier, "sources"
        if rule.to == "guide":
            if points >= rule.points and met:
                return rule.tier, "points"
            refused = refused or points >= rule.points
        elif refused or points >= rule.points:
            return rule.tier, "points"
    return "nurture", "points"


def says(text: str, word: str) -> bool:
    spaced = "".join(letter if letter.isalnum() else " " for letter in f" {fold(text)} ")
    return f" {fold(word)} " in spaced


def test_tiers_and_marks_are_those_that_each_lead_has_by_hand(cast: dict[str, Any], at: datetime) -> None:
    draw = random.Random(5)
    world(draw, as_member(cast["priya"]), at)
    leads = {lead.id: lead for lead in Lead.objects.select_related("source")}
    fact = cache(lambda id_, what: looked(leads[id_], what, at))
    reached = set()
    for _ in range(30):
        asked, tiers, binding = definition(draw), tiers_of(draw), draw.random() < 0.6
        for one in judge_by(Terms(asked, tiers, binding), "true", {}, at=at):
            lead = leads[one.id]
            held = [holds(each, fact(one.id, each.looks_at)) for each in asked.criteria]
            points = sum(each.points for each, it in zip(asked.criteria, held, strict=True) if it)
            must = all(it for each, it in zip(asked.criteria, held, strict=True) if each.needed)
            qualified = must and points >= asked.enough.points
            tier = tier_by_hand(lead, tiers, points, met=qualified or not binding)
            assert (one.points, one.is_qualified, one.tier, one.tier_by) == (points, qualified, *tier)
            assert (one.seeks != "") == any(says(lead.wants, word) for word in tiers.marks.deal_seekers)
            company = lead.company or lead.person.whole.company
            domain = company.whole.domain if company else ""
            assert one.account == (
                domain
                if domain and any(f".{domain}/" in fold(one) for one in tiers.marks.named_accounts)
                else ""
            )
            reached.add((one.tier, one.tier_by, one.account != ""))
    assert len(reached) > 15
