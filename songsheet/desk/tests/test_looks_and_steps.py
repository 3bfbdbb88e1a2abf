"""A nurtured lead is looked at by a day, a deal has its next step by one, nobody is unreachable untried."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.clocks.actions import pause_clock, resume_clock
from songsheet.clocks.alert_actions import tell_what_is_due
from songsheet.clocks.errors import ClockRefused, NotYours
from songsheet.clocks.models import Clock
from songsheet.deals.actions import change_deal, end_deal, open_again, set_next_step
from songsheet.deals.adopt import withdraw_deals
from songsheet.deals.adopt_owner import pass_on_deals
from songsheet.deals.errors import NextStepMissing
from songsheet.deals.tests.test_deals import opened, resting
from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many, undo_change
from songsheet.handoffs.actions import accept, return_lead, take_back_return
from songsheet.handoffs.errors import AttemptsMissing
from songsheet.handoffs.tests.test_return_leads import sound
from songsheet.leads.actions import change_lead, give_lead, lead_came, move_lead
from songsheet.leads.adopt import LeadRow
from songsheet.leads.errors import NurturingNeeds
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import person, ref
from songsheet.team.acting import as_member, as_system
from songsheet.touches.actions import log_touch
from songsheet.touches.adopt import TouchRow

DAY = date(2026, 6, 10)


def runs(about: str, kind: str) -> list[tuple[str, str, str]]:
    found = Clock.objects.filter(about=about, kind=kind).select_related("member").order_by("id")
    return [(one.state, one.member.name if one.member else "", f"{one.due_at:%d %B}") for one in found]


def test_a_nurtured_lead_has_the_clock_of_its_day(cast: dict[str, Any], at: datetime) -> None:
    priya = as_member(cast["priya"])
    lead = lead_came(LeadRow(person=person(at), owner=ref(cast["priya"])), by=as_system("tests"), at=at)
    lead = move_lead(lead.key, "nurturing", look_again_on=DAY, by=priya, at=at)
    assert lead.clock is not None
    assert (lead.clock.kind, runs(lead.key, "first_answer")[0][0]) == ("next_look", "stopped")
    change_lead(lead.key, look_again_on=DAY + timedelta(days=1), by=priya, at=at)
    wanted = Wanted("set", "look_again_on", "2026-06-20")
    change = change_many("leads", Chosen((lead.key,)), wanted, by=priya, at=at)
    assert [one[::2] for one in runs(lead.key, "next_look")] == [
        ("kept", "10 June"), ("kept", "11 June"), ("running", "20 June"),
    ]  # fmt: skip
    undo_change(change.key, by=priya, at=at)
    assert [one[::2] for one in runs(lead.key, "next_look")][1:] == [
        ("running", "11 June"), ("stopped", "20 June"),
    ]  # fmt: skip
    assert sound() == []
    late = at + timedelta(days=60)
    tell_what_is_due(by=as_system("clocks"), at=late)
    move_lead(lead.key, "working", by=priya, at=late)
    assert runs(lead.key, "next_look")[1][0] == "broken"
    assert Lead.objects.get(key=lead.key).clock.kind == "first_answer"  # type: ignore[union-attr]
    assert sound() == []


def test_a_deal_has_the_clock_of_its_next_step(cast: dict[str, Any], at: datetime) -> None:
    priya = as_member(cast["priya"])
    deal, lying = opened(cast, at), resting(cast, at)
    assert runs(deal.key, "next_step") == [("running", "Priya Raman", "20 May")]
    set_next_step(deal.key, step="Call", on=date(2026, 5, 21), by=priya, at=at)
    clock = Clock.objects.get(about=deal.key)
    with pytest.raises(ClockRefused):
        pause_clock(clock.key, at + timedelta(days=1), by=priya, at=at)
    with pytest.raises(NotYours):
        pause_clock(clock.key, at + timedelta(days=1), why="x", by=as_member(cast["ines"]), at=at)
    pause_clock(clock.key, at + timedelta(days=1), why="They are away", by=priya, at=at)
    resume_clock(clock.key, by=priya, at=at + timedelta(hours=1))
    set_next_step(deal.key, step="Send the offer", on=date(2026, 5, 28), by=priya, at=at)
    assert [one[::2] for one in runs(deal.key, "next_step")] == [("kept", "21 May"), ("running", "28 May")]
    change_deal(deal.key, owner_id=cast["diane"].id, by=priya, at=at)
    pass_on_deals(cast["diane"], cast["amara"], by=as_member(cast["ruth"]), at=at)
    assert (runs(deal.key, "next_step")[-1][1], runs(lying.key, "next_step")) == ("Amara Diallo", [])
    set_next_step(lying.key, step="Ask", on=date(2026, 5, 14), by=priya, at=at)
    end_deal(deal.key, "won", by=priya, at=at)
    assert (runs(deal.key, "next_step")[-1][0], sound()) == ("stopped", [])
    open_again(deal.key, by=priya, at=at)
    assert (runs(deal.key, "next_step")[-1][0], sound()) == ("running", [])
    tell_what_is_due(by=as_system("clocks"), at=at + timedelta(days=30))
    set_next_step(lying.key, step="Ask", on=date(2026, 5, 13), by=priya, at=at + timedelta(days=30))
    change = change_many("deals", Chosen((deal.key,)), Wanted("archive"), by=priya, at=at)
    assert runs(deal.key, "next_step")[-1][0] == "stopped"
    undo_change(change.key, by=priya, at=at)
    assert (runs(deal.key, "next_step")[-1][0], sound()) == ("running", [])
    withdraw_deals([deal.key, lying.key], by=priya, at=at, why="undone")
    assert sound() == []


def test_attempts_looks_and_steps_are_as_agreed(cast: dict[str, Any], at: datetime) -> None:
    team = with_owen(cast, at)
    who = person(at)
    lead = lead_came(LeadRow(person=who), by=as_system("tests"), at=at)
    give_lead(lead.key, cast["priya"], by=team["diane"], at=at)
    accept(lead.key, by=team["priya"], at=at)
    back = return_lead(lead.key, "unreachable", by=team["priya"], at=at)
    take_back_return(back.key, by=team["priya"], at=at)
    signed(draft_of(), team, at)
    for days in range(4):
        when = at + timedelta(days=days, hours=1)
        row = TouchRow(kind="call", direction="out", person=who, member=ref(cast["priya"]), at=when)
        log_touch(row, by=team["priya"], at=when)
    later = at + timedelta(days=4)
    with pytest.raises(AttemptsMissing) as refused:
        return_lead(lead.key, "unreachable", by=team["priya"], at=later)
    assert "There were 4; 1 is missing" in refused.value.sentence
    with pytest.raises(NurturingNeeds):
        return_lead(lead.key, "not_ready", look_again_on=date(2026, 12, 1), by=team["priya"], at=later)
    log_touch(
        TouchRow(kind="mail", direction="out", person=who, member=ref(cast["priya"]), at=later),
        by=team["priya"], at=later,
    )  # fmt: skip
    with pytest.raises(AttemptsMissing):
        return_lead(lead.key, "unreachable", by=team["priya"], at=at + timedelta(days=60))
    assert return_lead(lead.key, "unreachable", by=team["priya"], at=later).state == "owed"
    deal = opened(cast, at)
    with pytest.raises(NextStepMissing, match="at most 14 days ahead"):
        set_next_step(deal.key, step="Call", on=date(2026, 5, 27), by=team["priya"], at=at)
    assert set_next_step(deal.key, step="Call", on=date(2026, 5, 26), by=team["priya"], at=at)
    assert sound() == []
