"""The reader keeps the standing of leads equal to its recomputation, whatever is done."""

from datetime import datetime, timedelta
from typing import Any

from songsheet.buyers.actions import change_person, forbid_contact, meet_person
from songsheet.buyers.adopt import PersonRow
from songsheet.clocks.models import Clock
from songsheet.config.wiring import READERS
from songsheet.deals.actions import end_deal, open_deal, set_next_step
from songsheet.deals.adopt import DealRow
from songsheet.desk import standing
from songsheet.desk.models import Flag, Outcome, Standing
from songsheet.desk.standing.refresh import faults
from songsheet.journal.readers import catch_up
from songsheet.leads.actions import end_lead, give_lead, lead_came, put_back, take_lead
from songsheet.leads.adopt import LeadRow
from songsheet.leads.models import Lead
from songsheet.leads.withdraw import withdraw_leads
from songsheet.team.acting import as_member, as_system
from songsheet.touches.actions import change_touch, do_task, log_touch, plan_task
from songsheet.touches.adopt import TaskRow, TouchRow
from songsheet.touches.withdraw import withdraw_touches


def heard() -> None:
    """Every reader has heard everything, reactions included, and the standing is right."""
    for _ in range(3):
        for reader in READERS:
            catch_up(reader)
    assert faults() == []


def stands(lead: Lead) -> Standing:
    return Standing.objects.get(lead=lead)


def test_the_reader_keeps_up_with_whatever_is_done(cast: dict[str, Any], at: datetime) -> None:
    priya, diane = as_member(cast["priya"]), as_member(cast["diane"])
    person = meet_person(
        PersonRow(name="Suzanne Okafor", mails=("s.okafor@brightwater.example",)), by=priya, at=at
    )
    them = (person.id, person.key)
    lead = lead_came(LeadRow(person=them, came_at=at - timedelta(days=3)), by=as_system("tests"), at=at)
    heard()
    assert stands(lead).outcome == Outcome.NEVER_TAKEN
    assert stands(lead).flags & Flag.REACHABLE
    give_lead(lead.key, cast["priya"], by=diane, at=at)
    heard()
    assert stands(lead).outcome == Outcome.NEVER_CONTACTED
    put_back(lead.key, by=diane, at=at)
    heard()
    assert stands(lead).outcome == Outcome.NEVER_TAKEN
    take_lead(lead.key, by=priya, at=at)
    call = TouchRow(kind="call", direction="out", person=them, subject="First call")
    touch = log_touch(call, by=priya, at=at + timedelta(hours=1))
    heard()
    assert stands(lead).first_out_at == touch.at
    mail = TouchRow(kind="mail", direction="out", person=them, subject="The plan")
    second = log_touch(mail, by=priya, at=at + timedelta(hours=2))  # moves the day of the next contact
    heard()
    change_touch(touch.key, by=priya, at=at, subject="Call")
    withdraw_touches([touch.key, second.key], by=priya, at=at, why="undone", lane="live")
    heard()
    assert stands(lead).first_out_at is None
    task = plan_task(TaskRow(subject="Call", person=them, due_at=at + timedelta(days=2)), by=priya, at=at)
    heard()
    assert stands(lead).task_until == task.due_at
    do_task(task.key, by=priya, at=at)
    change_person(person.key, by=priya, at=at, mails=[])
    heard()
    assert not stands(lead).flags & Flag.REACHABLE
    forbid_contact(person.key, by=priya, at=at)
    heard()


def test_deals_and_ends_are_heard(cast: dict[str, Any], at: datetime) -> None:
    priya = as_member(cast["priya"])
    person = meet_person(PersonRow(name="Henrik Sørby", mails=("h@nordlys.example",)), by=priya, at=at)
    lead = lead_came(LeadRow(person=(person.id, person.key)), by=as_system("tests"), at=at)
    take_lead(lead.key, by=priya, at=at)
    row = DealRow(
        lead=(lead.id, lead.key),
        name="26 seats",
        amount=2_600_000,
        currency="EUR",
        next_step="Send the price",
        next_step_on=at.date(),
    )
    deal = open_deal(lead.key, row, by=priya, at=at)
    heard()
    assert (stands(lead).outcome, stands(lead).open_amount) == (Outcome.OPEN_DEAL, 2_600_000)
    set_next_step(deal.key, step="Call", on=at.date() + timedelta(days=4), by=priya, at=at)
    heard()
    assert stands(lead).step_until == at.date() + timedelta(days=4)
    end_deal(deal.key, "won", by=priya, at=at)
    heard()
    assert (stands(lead).outcome, stands(lead).won_amount) == (Outcome.WON, 2_600_000)


def test_a_lead_that_is_gone_has_no_standing_and_history_is_heard(cast: dict[str, Any], at: datetime) -> None:
    priya = as_member(cast["priya"])
    person = meet_person(PersonRow(name="Marta Kowalczyk"), by=priya, at=at)
    lead = lead_came(LeadRow(person=(person.id, person.key)), by=as_system("tests"), at=at)
    end_lead(lead.key, "disqualified", reason="A student", by=priya, at=at)
    heard()
    assert stands(lead).outcome == Outcome.DISQUALIFIED
    assert not Clock.objects.filter(about=lead.key, state="running").exists()
    withdraw_leads([lead.key], by=as_system("tests"), at=at, why="import undone")
    heard()
    assert not Standing.objects.filter(lead=lead).exists()
    assert standing.position() > 0
