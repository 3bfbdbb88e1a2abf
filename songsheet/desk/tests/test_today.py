"""Today: the queue in order of due time, one line a buyer; each role's own question; few statements."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from songsheet.buyers.models import Person
from songsheet.desk.today.queue import free_leads, queue_of
from songsheet.leads.actions import take_lead
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member
from songsheet.touches.models import Task


def free_lead(name: str, at: datetime, **given: Any) -> Lead:
    person = Person.objects.create(name=name, met_at=at)
    return Lead.objects.create(person=person, came_at=at, queue=Queue.objects.get(), at_rest=True, **given)


def plan(lead: Lead, member: Any, subject: str, due: datetime) -> Task:
    return Task.objects.create(person=lead.person, member=member, subject=subject, made_at=due, due_at=due)


def test_the_queue_is_in_order_of_due_time_and_nothing_else(cast: dict[str, Any], at: datetime) -> None:
    priya = cast["priya"]
    leads = [free_lead(name, at) for name in ("Henrik Sørby", "Suzanne Okafor", "Noor Haddad")]
    for lead, hours in zip(leads, (3, 1, 30), strict=True):
        plan(lead, priya, f"Call in {hours} hours", at + timedelta(hours=hours))
    queue = queue_of(priya, at=at, zone="Europe/London")
    assert [one.name for one in queue.today] == ["Suzanne Okafor", "Henrik Sørby"]
    assert [one.name for one in queue.later] == ["Noor Haddad"]


def test_a_buyer_has_one_line_the_first_thing_that_is_due(cast: dict[str, Any], at: datetime) -> None:
    lead = free_lead("Suzanne Okafor", at)
    take_lead(lead.key, by=as_member(cast["priya"]), at=at)
    plan(lead, cast["priya"], "Send the plan", at + timedelta(hours=2))
    plan(lead, cast["priya"], "Ask about September", at + timedelta(hours=5))
    queue = queue_of(cast["priya"], at=at, zone="UTC")
    assert [one.want for one in queue.today] == ["Send the plan"]
    assert queue.count == 1


def test_what_somebody_else_owes_is_not_mine(cast: dict[str, Any], at: datetime) -> None:
    take_lead(free_lead("Suzanne Okafor", at).key, by=as_member(cast["diane"]), at=at)
    assert queue_of(cast["priya"], at=at, zone="UTC").count == 0


def test_free_leads_are_those_that_nobody_has(cast: dict[str, Any], at: datetime) -> None:
    free = free_lead("Suzanne Okafor", at)
    take_lead(free_lead("Henrik Sørby", at).key, by=as_member(cast["diane"]), at=at)
    free_lead("Noor Haddad", at, state="disqualified", ended_at=at)
    assert [lead.key for lead in free_leads()] == [free.key]


@pytest.mark.parametrize("who", ["ruth", "amara", "jonas", "priya", "diane", "tom", "ines"])
def test_each_role_has_a_today_of_at_most_ten_statements(
    who: str, cast: dict[str, Any], at: datetime
) -> None:
    for number in range(60):
        lead = free_lead(f"Buyer {number}", at - timedelta(days=3))
        plan(lead, cast[who], "Call", at + timedelta(hours=number))
    client = Client()
    client.force_login(cast[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get("/")
    ours = [
        one["sql"] for one in asked if "django_session" not in one["sql"] and "SAVEPOINT" not in one["sql"]
    ]
    ours = [sql for sql in ours if 'FROM "team_member" WHERE "team_member"."id"' not in sql]
    assert answer.status_code == 200
    assert len(ours) <= 10, "\n".join(ours)
