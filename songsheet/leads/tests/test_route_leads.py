"""Leads are routed by what is in force: rows, promises, ledger, turns, entries, and the way back."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from songsheet.agreements import actions as agreements
from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.buyers.actions import forbid_contact
from songsheet.buyers.adopt import CompanyRow, adopt_companies
from songsheet.clocks.alert_actions import tell_what_is_due
from songsheet.clocks.models import Clock
from songsheet.journal.readers import catch_up, enrol
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.leads.actions import change_lead, lead_came, put_back, take_lead
from songsheet.leads.adopt import LeadRow
from songsheet.leads.errors import AlreadyTaken
from songsheet.leads.events import LeadPutBack
from songsheet.leads.models import Lead, Queue, Routing, Turn
from songsheet.leads.routing.actions import route
from songsheet.leads.routing.errors import NothingAgreed, NotToRoute, StaysWhereItIs
from songsheet.leads.routing.events import LeadRouted, LeadsWait
from songsheet.leads.routing.reactions import READER
from songsheet.leads.routing.shouting_actions import go_on, shout
from songsheet.leads.tests.rows import BY, person, sound
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.actions import change_member, join_team
from songsheet.team.hours.actions import enter_leave
from songsheet.team.hours.calendars import calendars

SYSTEM = as_system("routing")


def came(at: datetime, tier: str = "hot", **given: Any) -> Lead:
    lead = lead_came(
        LeadRow(person=given.pop("person", None) or person(at), tier=tier, **given), by=BY, at=at
    )
    return Lead.objects.get(id=lead.id)


@pytest.fixture
def team(cast: dict[str, Any], at: datetime) -> dict[str, Acting]:
    """The cast with Owen for sales, a second Guide, and levels in force."""
    found = with_owen(cast, at)
    cast["mei"] = join_team(name="Mei Tanaka", email="mei@aldermoor.example", role="guide", by=SYSTEM, at=at)
    signed(draft_of(), found, at)
    return found


def in_force(team: dict[str, Acting], at: datetime, **changes: Any) -> None:
    version = draft_of("tiers_and_routing")
    if changes:
        version = agreements.edit(version.key, changes, seen=version.hash, by=team["tom"], at=at)
    signed(version, team, at)


def stands(lead: Lead) -> tuple[str, str, str]:
    lead.refresh_from_db()
    return lead.state, lead.owner.name if lead.owner else "", lead.queue.name if lead.queue else ""


def test_before_the_signatures_nothing_is_routed(team: dict[str, Acting], at: datetime) -> None:
    lead = came(at)
    (one,) = route([lead.key], by=SYSTEM, at=at)
    assert isinstance(one.refusal, NothingAgreed)
    assert_nothing_recorded(LeadRouted)


def test_a_hot_lead_is_offered_in_turn_with_its_promise_and_reasons(
    cast: dict[str, Any], team: dict[str, Acting], at: datetime
) -> None:
    in_force(team, at)
    leads = [came(at) for _ in range(4)]
    done = route([lead.key for lead in leads], by=SYSTEM, at=at)
    assert [one.refusal for one in done] == [None] * 4
    assert [stands(lead) for lead in leads] == [
        ("offered", name, "") for name in ("Priya Raman", "Mei Tanaka", "Priya Raman", "Mei Tanaka")
    ]
    first = leads[0]
    assert first.clock is not None
    assert (first.clock.due_at, first.clock.member) == (at + timedelta(minutes=15), cast["priya"])
    entry = assert_recorded(LeadRouted, lead=first.key, member=cast["priya"].key, method="round_robin")
    assert (entry.event.before, entry.event.tier) == (Queue.objects.get().key, "hot")
    assert len(recorded(LeadRouted)) == 4
    why = Routing.objects.get(lead=first).why
    assert why == {"chosen": ["in_turn"], "others": {str(cast["mei"].id): ["later"]}}
    assert dict(Turn.objects.filter(tier="hot").values_list("member__name", "level")) == {
        "Priya Raman": 2_000_000,
        "Mei Tanaka": 2_000_000,
    }
    put_back(first.key, by=team["owen"], at=at)
    assert stands(first) == ("new", "", "New leads")
    assert_recorded(LeadPutBack, lead=first.key)
    take_lead(leads[1].key, by=as_member(cast["mei"]), at=at)
    (busy,) = route([leads[1].key], by=SYSTEM, at=at)
    assert isinstance(busy.refusal, NotToRoute)
    assert sound() == []


def test_queues_closed_buyers_and_people_of_one_company(
    cast: dict[str, Any], team: dict[str, Acting], at: datetime
) -> None:
    in_force(team, at)
    nurtured, closed = came(at, "nurture"), came(at)
    forbid_contact(closed.person.key, by=BY, at=at)
    (firm,) = adopt_companies([CompanyRow(name="Brightwater", owner=None)], by=BY, at=at)
    pair = [came(at, tier, company=firm.ref) for tier in ("hot", "ready")]
    route([lead.key for lead in (nurtured, closed, *pair)], by=SYSTEM, at=at)
    assert stands(nurtured) == stands(closed) == ("new", "", "New leads")
    assert stands(pair[0]) == stands(pair[1]) == ("offered", "Priya Raman", "")
    assert Clock.objects.get(about=nurtured.key, state="running").minutes == 960
    third = came(at, company=firm.ref)
    route([third.key], by=SYSTEM, at=at)
    assert stands(third)[1] == "Priya Raman"
    assert Routing.objects.get(lead=third).why["chosen"] == ["has_company"]
    (again,) = route([nurtured.key], by=SYSTEM, at=at)
    assert isinstance(again.refusal, StaysWhereItIs)
    assert sound() == []


def test_a_breach_goes_on_to_the_next_and_at_last_to_the_queue_that_is_shouted_about(
    cast: dict[str, Any], team: dict[str, Acting], at: datetime
) -> None:
    enrol([READER])
    in_force(team, at, last_resort={"queue": "Nobody yet", "shout_after": 60})
    lead = came(at)
    route([lead.key], by=SYSTEM, at=at)
    seen = [stands(lead)[1]]
    for _ in range(2):
        assert lead.clock is not None
        later = lead.clock.due_at + timedelta(minutes=1)
        tell_what_is_due(by=as_system("clocks"), at=later)
        catch_up(READER)
        seen.append(stands(lead)[1])
    assert seen == ["Priya Raman", "Mei Tanaka", ""]
    assert stands(lead) == ("new", "", "Nobody yet")
    assert Queue.objects.get(name="Nobody yet").responsible.name == "Owen Hart"
    last = Routing.objects.filter(lead=lead).latest("id")
    assert {one for (one,) in last.why["others"].values()} == {"passed"}
    again = calendars().of(None).due(last.at, 60)
    assert [shout(by=SYSTEM, at=again + timedelta(minutes=n)) for n in (-1, 1, 59)] == [0, 1, 0]
    assert_recorded(LeadsWait, leads=1)
    assert go_on(by=SYSTEM, at=later) == 0  # all were asked
    take_lead(lead.key, by=team["owen"], at=later)
    assert shout(by=SYSTEM, at=last.at + timedelta(days=2)) == 0
    assert sound() == []


def test_leave_and_leaving_pass_on_what_is_offered_and_not_what_is_worked_on(
    cast: dict[str, Any], team: dict[str, Acting], at: datetime
) -> None:
    in_force(team, at)
    offered, worked = came(at), came(at)
    route([offered.key], by=SYSTEM, at=at)
    take_lead(worked.key, by=team["priya"], at=at)
    enter_leave(cast["priya"].key, date(2026, 5, 12), date(2026, 5, 14), by=team["priya"], at=at)
    assert go_on(by=SYSTEM, at=at) == 1
    assert stands(offered)[1] == "Mei Tanaka"
    assert stands(worked)[1] == "Priya Raman"
    change_member(cast["mei"].key, state="left", by=team["ruth"], at=at)
    assert go_on(by=SYSTEM, at=at) == 1
    assert stands(offered) == ("new", "", "New leads")
    why = Routing.objects.filter(lead=offered).latest("id").why["others"]
    assert why == {str(cast["priya"].id): ["on_leave"]}
    back = at + timedelta(days=3)
    assert go_on(by=SYSTEM, at=back) == 1  # she is back and can take it
    assert stands(offered)[1] == "Priya Raman"
    assert sound() == []


def test_a_higher_tier_keeps_its_member_and_shortens_the_promise(
    cast: dict[str, Any], team: dict[str, Acting], at: datetime
) -> None:
    in_force(team, at)
    lead = came(at, "ready")
    route([lead.key], by=SYSTEM, at=at)
    had = stands(lead)
    change_lead(lead.key, tier="hot", by=BY, at=at)
    route([lead.key], by=SYSTEM, at=at)
    assert stands(lead) == had
    assert lead.clock is not None
    assert lead.clock.minutes == 15
    assert Routing.objects.filter(lead=lead).latest("id").why["chosen"] == ["keeps"]
    with pytest.raises(AlreadyTaken):
        take_lead(lead.key, by=team["diane"], at=at)
