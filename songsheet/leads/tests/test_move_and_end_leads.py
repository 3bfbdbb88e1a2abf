"""Moving and ending leads, changing them, asking who has them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.base.refusals import Stale
from songsheet.clocks.models import Clock
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.leads.actions import (
    ask_owner,
    ask_owners,
    change_lead,
    end_lead,
    give_reason,
    lead_came,
    move_lead,
    take_lead,
)
from songsheet.leads.adopt import LeadRow, withdraw_leads
from songsheet.leads.errors import (
    LeadHasEnded,
    NobodyToAsk,
    NoSuchLead,
    NoSuchState,
    NurturingNeeds,
    ReasonMissing,
)
from songsheet.leads.events import LeadCame, LeadChanged, LeadEnded, LeadGone, LeadMoved, OwnerAsked
from songsheet.leads.models import Lead, Queue
from songsheet.leads.tests.rows import imported, person, ref, sound
from songsheet.team.acting import as_member
from songsheet.touches.events import TaskPlanned
from songsheet.touches.models import Task


def test_a_lead_that_comes_live_waits_in_the_queue_under_a_clock(cast: dict[str, Any], at: datetime) -> None:
    lead = lead_came(LeadRow(person=person(at), wants="Desks for forty"), by=as_member(cast["tom"]), at=at)
    assert (lead.queue, lead.owner, lead.state, lead.at_rest) == (Queue.objects.get(), None, "new", False)
    assert lead.clock is not None
    assert (lead.clock.about, lead.clock.due_at) == (lead.key, at + timedelta(days=1))
    entry = assert_recorded(LeadCame, lead=lead.key)
    assert entry.lane == "live"
    assert sound() == []


def test_a_lead_that_comes_to_somebody_is_theirs(cast: dict[str, Any], at: datetime) -> None:
    row = LeadRow(person=person(at), owner=ref(cast["priya"]))
    lead = lead_came(row, by=as_member(cast["tom"]), at=at)
    assert (lead.owner, lead.queue, lead.owned_since) == (cast["priya"], None, at)
    assert sound() == []


def test_an_open_lead_moves_and_nurturing_needs_a_day_to_look_again(
    cast: dict[str, Any], at: datetime
) -> None:
    by = as_member(cast["priya"])
    lead = imported(at)
    take_lead(lead.key, by=by, at=at)
    with pytest.raises(NurturingNeeds):
        move_lead(lead.key, "nurturing", by=by, at=at)
    with pytest.raises(NoSuchState):
        move_lead(lead.key, "converted", by=by, at=at)
    moved = move_lead(lead.key, "nurturing", look_again_on=at.date() + timedelta(days=30), by=by, at=at)
    assert moved.state == "nurturing"
    assert_recorded(LeadMoved, lead=lead.key, state="nurturing", before="working")
    assert sound() == []


def test_a_lead_ends_with_a_reason_and_its_clock_stops(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    lead = imported(at)
    take_lead(lead.key, by=by, at=at)
    with pytest.raises(ReasonMissing):
        end_lead(lead.key, "released", by=by, at=at)
    ended = end_lead(lead.key, "released", reason="We do not ship to islands", by=by, at=at)
    assert (ended.state, ended.ended_at, ended.clock, ended.end_reason) == (
        "released", at, None, "We do not ship to islands",
    )  # fmt: skip
    assert not Clock.objects.filter(about=lead.key, state="running").exists()
    assert_recorded(LeadEnded, lead=lead.key, state="released")
    with pytest.raises(LeadHasEnded):
        move_lead(lead.key, "working", by=by, at=at)
    assert sound() == []


def test_a_reason_can_be_given_for_an_end_that_had_none(cast: dict[str, Any], at: datetime) -> None:
    lead = imported(at, state="disqualified")
    assert lead.end_reason == ""
    assert (
        give_reason(lead.key, "Wrong target", by=as_member(cast["priya"]), at=at).end_reason == "Wrong target"
    )
    assert_recorded(LeadChanged, lead=lead.key, fields="end_reason")


def test_two_fields_by_two_people_both_stand_and_the_same_field_is_told(
    cast: dict[str, Any], at: datetime
) -> None:
    lead = imported(at)
    change_lead(lead.key, wants="Desks", version=1, by=as_member(cast["priya"]), at=at)
    both = change_lead(lead.key, tier="hot", version=1, by=as_member(cast["diane"]), at=at)
    assert (both.wants, both.tier, both.version) == ("Desks", "hot", 3)
    with pytest.raises(Stale) as refused:
        change_lead(lead.key, wants="Chairs", version=1, by=as_member(cast["diane"]), at=at)
    assert (refused.value.extra["theirs"], refused.value.extra["yours"]) == (
        {"wants": "Desks"},
        {"wants": "Chairs"},
    )
    assert len(recorded(LeadChanged, lead=lead.key)) == 2


def test_who_has_a_lead_is_asked_and_finds_a_task(cast: dict[str, Any], at: datetime) -> None:
    lead = imported(at, owner=ref(cast["priya"]))
    key = ask_owner(lead.key, about="silent", by=as_member(cast["tom"]), at=at)
    task = Task.objects.get(key=key)
    assert (task.member, task.lead_key, task.due_at) == (cast["priya"], lead.key, at)
    assert_recorded(OwnerAsked, lead=lead.key, member=cast["priya"].key, about="silent")
    assert_recorded(TaskPlanned, task=key, lead=lead.key)
    assert sound() == []


def test_many_are_asked_at_once_and_who_cannot_be_is_named(cast: dict[str, Any], at: datetime) -> None:
    queued, owned = imported(at), imported(at, owner=ref(cast["priya"]))
    nobodys = imported(at, state="disqualified")
    asked = ask_owners(
        [queued.key, owned.key, nobodys.key, "lead_0000"], about="reason", by=as_member(cast["tom"]), at=at
    )
    assert [type(one) for one in asked] == [str, str, NobodyToAsk, NoSuchLead]
    assert Task.objects.get(key=asked[0]).member == Queue.objects.get().responsible
    assert len(recorded(OwnerAsked)) == 2


def test_a_lead_that_is_withdrawn_leaves_no_clock_behind(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    lead = imported(at)
    take_lead(lead.key, by=by, at=at)
    withdraw_leads([lead.key, lead.key], by=by, at=at, why="undone")
    withdraw_leads([lead.key], by=by, at=at, why="undone")
    assert Lead.objects.get(key=lead.key).gone_at == at
    assert_recorded(LeadGone, lead=lead.key, why="undone")
    with pytest.raises(NoSuchLead):
        move_lead(lead.key, "new", by=by, at=at)
    assert sound() == []


def test_nothing_is_recorded_when_nothing_changes(cast: dict[str, Any], at: datetime) -> None:
    lead = imported(at)
    move_lead(lead.key, "new", by=as_member(cast["priya"]), at=at)
    change_lead(lead.key, wants="", by=as_member(cast["priya"]), at=at)
    assert_nothing_recorded(LeadMoved)
    assert_nothing_recorded(LeadChanged)
