"""Mending a leak: shared out by load, done in one act, undone exactly; what people changed since stays."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.buyers.models import Person
from songsheet.deals.models import Deal
from songsheet.flows import mend_a_leak
from songsheet.flows.errors import NobodyHasRoom, StepMissing, UndoneAlready
from songsheet.journal.testing import recorded
from songsheet.leads.actions import take_lead
from songsheet.leads.events import LeadGiven, LeadPutBack
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import join_team
from songsheet.team.errors import RightMissing
from songsheet.team.models import Member
from songsheet.touches.models import Task


def leads_at_rest(count: int, at: datetime, **given: Any) -> list[Lead]:
    person = Person.objects.create(name="Suzanne Okafor", met_at=at)
    given = {"queue": Queue.objects.get(), **given}
    return [
        Lead.objects.create(person=person, came_at=at - timedelta(days=n), at_rest=True, **given)
        for n in range(count)
    ]


def second_guide(at: datetime) -> Member:
    return join_team(
        name="Owen Pryce", email="owen@aldermoor.example", role="guide", by=as_system("tests"), at=at
    )


def test_leads_are_spread_by_load_and_room(cast: dict[str, Any], at: datetime) -> None:
    owen = second_guide(at)
    Member.objects.filter(id=owen.id).update(capacity=2)
    Member.objects.filter(id=cast["priya"].id).update(capacity=4)
    plan = mend_a_leak.share_out(leads_at_rest(8, at))
    gets = {share.member.name: share.gets for share in plan.shares}
    assert gets == {"Owen Pryce": 2, "Priya Raman": 4}
    assert plan.left == 2


def test_offered_leads_run_a_clock_and_come_back_exactly(cast: dict[str, Any], at: datetime) -> None:
    leads = leads_at_rest(3, at)
    before = [vars(lead) | {"_state": None} for lead in Lead.objects.order_by("id")]
    mending = mend_a_leak.offer_to_guides(leads, by=as_member(cast["diane"]), at=at)
    assert mending.count == 3
    assert len(recorded(LeadGiven)) == 3
    assert all(lead.clock and not lead.at_rest for lead in Lead.objects.all())
    _, stay = mend_a_leak.undo(mending.key, by=as_member(cast["diane"]), at=at + timedelta(minutes=20))
    after = [vars(lead) | {"_state": None} for lead in Lead.objects.order_by("id")]
    for one, other in zip(before, after, strict=True):
        assert {**one, "version": 0} == {**other, "version": 0}
    assert stay == 0
    assert len(recorded(LeadPutBack)) == 3
    with pytest.raises(UndoneAlready):
        mend_a_leak.undo(mending.key, by=as_member(cast["diane"]), at=at)


def test_a_lead_that_was_accepted_meanwhile_stays(cast: dict[str, Any], at: datetime) -> None:
    mending = mend_a_leak.offer_to_guides(leads_at_rest(2, at), by=as_member(cast["diane"]), at=at)
    take_lead(next(iter(mending.done)), by=as_member(cast["priya"]), at=at)
    _, stay = mend_a_leak.undo(mending.key, by=as_member(cast["diane"]), at=at)
    assert stay == 1


def test_nobody_with_room_is_told(cast: dict[str, Any], at: datetime) -> None:
    Member.objects.filter(role="guide").update(capacity=0)
    with pytest.raises(NobodyHasRoom):
        mend_a_leak.offer_to_guides(leads_at_rest(1, at), by=as_member(cast["diane"]), at=at)


def test_a_role_that_gives_no_leads_is_refused(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(RightMissing):
        mend_a_leak.offer_to_guides(leads_at_rest(1, at), by=as_member(cast["priya"]), at=at)


def test_owners_are_asked_by_a_task_that_can_be_taken_back(cast: dict[str, Any], at: datetime) -> None:
    leads = leads_at_rest(2, at, owner=cast["priya"], queue=None)
    mending = mend_a_leak.ask_the_owners(leads, about="silent", by=as_member(cast["tom"]), at=at)
    assert Task.objects.filter(member=cast["priya"], gone_at=None).count() == 2
    mend_a_leak.undo(mending.key, by=as_member(cast["tom"]), at=at)
    assert not Task.objects.filter(gone_at=None).exists()


def test_deals_get_a_dated_step_and_lose_it_again(cast: dict[str, Any], at: datetime) -> None:
    (lead,) = leads_at_rest(1, at, owner=cast["priya"], queue=None)
    Deal.objects.create(lead=lead, opened_at=at, at_rest=True, owner=cast["priya"])
    on = (at + timedelta(days=1)).date()
    priya = as_member(cast["priya"])
    with pytest.raises(StepMissing):
        mend_a_leak.date_next_steps([lead], step=" ", on=on, by=priya, at=at)
    mending = mend_a_leak.date_next_steps([lead], step="Call", on=on, by=priya, at=at)
    deal = Deal.objects.get()
    assert (deal.next_step, deal.next_step_on, deal.at_rest) == ("Call", on, False)
    mend_a_leak.undo(mending.key, by=priya, at=at)
    deal.refresh_from_db()
    assert (deal.next_step, deal.next_step_on, deal.at_rest) == ("", None, True)
