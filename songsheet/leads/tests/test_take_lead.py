"""Taking a lead: one owner, one clock, whoever else tries is told who has it."""

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from songsheet.buyers.models import Person
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded
from songsheet.leads.actions import take_lead
from songsheet.leads.errors import AlreadyTaken, LeadHasEnded
from songsheet.leads.events import LeadTaken
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member
from songsheet.team.errors import RightMissing


def free_lead(at: datetime, **given: Any) -> Lead:
    person = Person.objects.create(name="Suzanne Okafor", met_at=at)
    given = {"queue": Queue.objects.get(), "at_rest": True, **given}
    return Lead.objects.create(person=person, came_at=at, **given)


def test_whoever_takes_a_free_lead_owns_it_with_a_running_clock(cast: dict[str, Any], at: datetime) -> None:
    lead = free_lead(at)
    taken = take_lead(lead.key, by=as_member(cast["priya"]), at=at)
    assert taken.owner == cast["priya"]
    assert taken.queue is None
    assert taken.clock is not None
    assert taken.clock.due_at > at
    assert_recorded(LeadTaken, lead=lead.key, member=cast["priya"].key)


def test_a_lead_that_somebody_has_is_refused_with_who_and_since_when(
    cast: dict[str, Any], at: datetime
) -> None:
    lead = free_lead(at)
    take_lead(lead.key, by=as_member(cast["priya"]), at=at)
    with pytest.raises(AlreadyTaken) as refused:
        take_lead(lead.key, by=as_member(cast["diane"]), at=at)
    assert "Priya Raman" in refused.value.sentence
    assert refused.value.extra["since"] == at.isoformat()


def test_a_lead_that_has_ended_cannot_be_taken(cast: dict[str, Any], at: datetime) -> None:
    lead = free_lead(at, state="disqualified", ended_at=at)
    with pytest.raises(LeadHasEnded):
        take_lead(lead.key, by=as_member(cast["priya"]), at=at)
    assert_nothing_recorded(LeadTaken)


def test_a_role_that_does_not_work_leads_is_refused(cast: dict[str, Any], at: datetime) -> None:
    lead = free_lead(at)
    with pytest.raises(RightMissing):
        take_lead(lead.key, by=as_member(cast["jonas"]), at=at)


def test_of_fifty_who_try_at_once_exactly_one_has_it(
    own_database: str, cast: dict[str, Any], at: datetime
) -> None:
    lead = free_lead(at)
    members = [cast["priya"], cast["diane"], cast["tom"], cast["amara"], cast["ines"]] * 10
    ended: list[str] = []

    def attempt(member: Any) -> None:
        try:
            take_lead(lead.key, by=as_member(member), at=at)
            ended.append("has it")
        except AlreadyTaken as refusal:
            ended.append(refusal.extra["owner"])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=[member]) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lead.refresh_from_db()
    assert ended.count("has it") == 1
    assert set(ended) == {"has it", lead.owner.name}  # type: ignore[union-attr]
    assert_recorded(LeadTaken, lead=lead.key)
