"""Idempotency: sent twice is done once; another body is told; what was refused is not kept."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.models.functions import Now
from django.test import Client

from songsheet.buyers.models import Person
from songsheet.doors.idempotency import forget_old_answers
from songsheet.doors.models import KeptAnswer
from songsheet.journal.testing import recorded
from songsheet.leads.events import LeadTaken
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_system
from songsheet.team.actions import issue_key


@pytest.fixture
def lead(cast: dict[str, Any], at: datetime) -> Lead:
    person = Person.objects.create(name="Suzanne Okafor", met_at=at)
    return Lead.objects.create(person=person, came_at=at, queue=Queue.objects.get(), at_rest=True)


@pytest.fixture
def secret(cast: dict[str, Any], at: datetime) -> str:
    return issue_key(member=cast["priya"], scopes=["write"], by=as_system("tests"), at=at)[1]


def take(secret: str, lead: Lead, key: str, body: str = "") -> Any:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
    path = f"/api/v1/leads/{lead.key}/take"
    return Client().post(path, data=body, content_type="application/json", headers=headers)


def test_the_same_request_gets_the_same_answer_and_is_done_once(lead: Lead, secret: str) -> None:
    first, second = take(secret, lead, "one"), take(secret, lead, "one")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"
    assert len(recorded(LeadTaken, lead=lead.key)) == 1


def test_another_body_with_the_same_key_is_told(lead: Lead, secret: str) -> None:
    take(secret, lead, "one")
    answer = take(secret, lead, "one", body='{"other": 1}')
    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency_key_used_for_another_request"


def test_another_path_with_the_same_key_is_told(lead: Lead, secret: str, at: datetime) -> None:
    take(secret, lead, "one")
    person = Person.objects.create(name="Henrik Sørby", met_at=at)
    other = Lead.objects.create(person=person, came_at=at, queue=Queue.objects.get(), at_rest=True)
    assert take(secret, other, "one").status_code == 422


def test_what_was_refused_is_not_kept(lead: Lead, secret: str, cast: dict[str, Any]) -> None:
    Lead.objects.filter(id=lead.id).update(owner=cast["tom"], queue=None)
    assert take(secret, lead, "one").status_code == 409
    assert not KeptAnswer.objects.exists()
    Lead.objects.filter(id=lead.id).update(owner=None, queue=Queue.objects.get())
    assert take(secret, lead, "one").status_code == 200


def test_a_key_of_another_holder_is_another_key(
    lead: Lead, secret: str, cast: dict[str, Any], at: datetime
) -> None:
    take(secret, lead, "one")
    _, other = issue_key(member=cast["diane"], scopes=["write"], by=as_system("tests"), at=at)
    assert take(other, lead, "one").status_code == 409


@pytest.mark.parametrize("key", ["x" * 201])
def test_a_key_that_is_too_long_is_told(lead: Lead, secret: str, key: str) -> None:
    assert take(secret, lead, key).status_code == 422
    assert not recorded(LeadTaken)


def test_after_seven_days_the_answer_is_forgotten(lead: Lead, secret: str) -> None:
    take(secret, lead, "one")
    KeptAnswer.objects.update(at=Now() - timedelta(days=6, hours=23))
    assert forget_old_answers() == 0
    assert take(secret, lead, "one").status_code == 200
    KeptAnswer.objects.update(at=Now() - timedelta(days=7, seconds=1))
    assert take(secret, lead, "one").status_code == 409
    assert forget_old_answers() == 1


def test_while_the_first_still_runs_the_second_is_told(own_database: str, lead: Lead, secret: str) -> None:
    statuses: list[int] = []

    def second() -> None:
        statuses.append(take(secret, lead, "one").status_code)
        connections.close_all()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select 1 from leads_lead where id = %s for update", [lead.id])
        first = threading.Thread(target=second)
        first.start()
        first.join(1.5)
        other = threading.Thread(target=second)
        other.start()
        other.join(10)
        assert statuses == [409]
    first.join(10)
    assert statuses == [409, 200]
