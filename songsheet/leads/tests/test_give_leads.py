"""Giving leads, one or a whole leak, and putting them back exactly as they were."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.base.adopting import TooManyRows
from songsheet.clocks.models import Clock
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.leads.actions import (
    change_lead,
    end_lead,
    give_lead,
    give_leads,
    put_back,
    put_back_leads,
    take_lead,
    take_up,
)
from songsheet.leads.errors import HasItAlready, LeadHasEnded, NoSuchLead, NotAtRest, NothingToUndo
from songsheet.leads.events import LeadGiven, LeadPutBack, LeadTakenUp
from songsheet.leads.models import Lead, Queue
from songsheet.leads.tests.rows import imported, ref, sound
from songsheet.team.acting import as_member
from songsheet.team.errors import RightMissing

KEPT = ("owner_id", "queue_id", "owned_since", "clock_id", "state", "at_rest", "look_again_on")


def stands(lead: Lead) -> dict[str, Any]:
    fresh = Lead.objects.get(id=lead.id)
    clocks = list(
        Clock.objects.filter(about=lead.key, state="running").values_list("id", "due_at", "member_id")
    )
    return {**{name: getattr(fresh, name) for name in KEPT}, "clocks": clocks}


def test_who_is_given_a_lead_has_it_with_a_running_clock(cast: dict[str, Any], at: datetime) -> None:
    lead = imported(at)
    given = give_lead(lead.key, cast["priya"], by=as_member(cast["diane"]), at=at)
    assert (given.owner, given.queue, given.state, given.at_rest) == (cast["priya"], None, "offered", False)
    assert given.clock is not None
    assert (given.clock.member, given.clock.due_at) == (cast["priya"], at + timedelta(days=1))
    entry = assert_recorded(LeadGiven, lead=lead.key, member=cast["priya"].key)
    assert entry.event.before == Queue.objects.get().key
    assert sound() == []


def test_putting_back_restores_exactly_what_was_before(cast: dict[str, Any], at: datetime) -> None:
    at_rest = imported(at)
    owned = imported(at, owner=ref(cast["tom"]))
    working = imported(at)
    take_lead(working.key, by=as_member(cast["priya"]), at=at)
    for lead in (at_rest, owned, working):
        before = stands(lead)
        give_lead(lead.key, cast["diane"], by=as_member(cast["amara"]), at=at + timedelta(hours=1))
        assert stands(lead) != before
        put_back(lead.key, by=as_member(cast["amara"]), at=at + timedelta(hours=2))
        assert stands(lead) == before
        assert_recorded(LeadPutBack, lead=lead.key, state=before["state"])
    assert sound() == []


def test_taking_is_put_back_by_who_took_but_not_by_somebody_else(cast: dict[str, Any], at: datetime) -> None:
    lead = imported(at)
    before = stands(lead)
    take_lead(lead.key, by=as_member(cast["priya"]), at=at)
    with pytest.raises(NothingToUndo):
        put_back(lead.key, by=as_member(cast["ines"]), at=at)
    put_back(lead.key, by=as_member(cast["priya"]), at=at)
    assert stands(lead) == before


def test_what_happened_since_is_never_undone(cast: dict[str, Any], at: datetime) -> None:
    lead = imported(at)
    with pytest.raises(NothingToUndo):
        put_back(lead.key, by=as_member(cast["amara"]), at=at)
    give_lead(lead.key, cast["priya"], by=as_member(cast["amara"]), at=at)
    change_lead(lead.key, wants="Desks", by=as_member(cast["priya"]), at=at)
    with pytest.raises(NothingToUndo):
        put_back(lead.key, by=as_member(cast["amara"]), at=at)
    assert_nothing_recorded(LeadPutBack)


def test_a_whole_leak_is_given_and_what_cannot_be_is_named(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["amara"])
    leads = [imported(at) for _ in range(25)]
    ended = imported(at)
    end_lead(ended.key, "disqualified", reason="A student", by=by, at=at)
    mine = imported(at)
    give_lead(mine.key, cast["priya"], by=by, at=at)
    before = [stands(lead) for lead in leads]
    to = {one.key: cast["priya"] for one in [*leads, ended, mine]} | {"lead_0000": cast["priya"]}
    hands = give_leads(to, by=by, at=at)
    refused = {hand.key: type(hand.refusal) for hand in hands if hand.refusal}
    assert refused == {ended.key: LeadHasEnded, mine.key: HasItAlready, "lead_0000": NoSuchLead}
    assert len(recorded(LeadGiven)) == 26
    due = (
        Clock.objects.filter(member=cast["priya"], state="running")
        .order_by("due_at")
        .values_list("due_at", flat=True)
    )
    assert sorted({(one - at).days for one in due}) == [1, 2, 3]
    assert sound() == []
    back = put_back_leads([lead.key for lead in leads], by=by, at=at)
    assert [hand.refusal for hand in back] == [None] * 25
    assert [stands(lead) for lead in leads] == before
    assert sound() == []


def test_more_than_one_act_may_hold_are_a_mistake_of_the_caller(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(TooManyRows):
        give_leads({f"lead_{n}": cast["priya"] for n in range(2_001)}, by=as_member(cast["amara"]), at=at)


def test_giving_takes_the_right_to_offer(cast: dict[str, Any], at: datetime) -> None:
    lead = imported(at)
    with pytest.raises(RightMissing):
        give_lead(lead.key, cast["diane"], by=as_member(cast["priya"]), at=at)


def test_what_was_offered_to_oneself_is_accepted_by_taking_it(cast: dict[str, Any], at: datetime) -> None:
    lead = imported(at)
    give_lead(lead.key, cast["priya"], by=as_member(cast["diane"]), at=at)
    taken = take_lead(lead.key, by=as_member(cast["priya"]), at=at + timedelta(minutes=5))
    assert (taken.state, taken.owner) == ("working", cast["priya"])
    assert Clock.objects.filter(about=lead.key, state="running").exclude(kind="verdict").count() == 1
    assert sound() == []


def test_taking_up_what_lay_at_rest_starts_its_clock_for_who_has_it(
    cast: dict[str, Any], at: datetime
) -> None:
    lead = imported(at, owner=ref(cast["priya"]))
    waiting = imported(at)
    taken_up = take_up(lead.key, by=as_member(cast["tom"]), at=at)
    assert (taken_up.owner, taken_up.at_rest, taken_up.state) == (cast["priya"], False, "new")
    assert taken_up.clock is not None
    assert_recorded(LeadTakenUp, lead=lead.key, member=cast["priya"].key)
    queued = take_up(waiting.key, by=as_member(cast["tom"]), at=at)
    assert queued.clock is not None
    assert queued.clock.member == Queue.objects.get().responsible
    with pytest.raises(NotAtRest):
        take_up(lead.key, by=as_member(cast["tom"]), at=at)
    assert sound() == []
