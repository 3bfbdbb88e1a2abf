"""Changing many records over the API: by keys or filters, once per Idempotency-Key, with its way back."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.flows.models import BulkChange
from songsheet.flows.tests.many import leads
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member
from songsheet.team.actions import issue_key

pytestmark = pytest.mark.django_db


class Caller:
    """A program with a key."""

    def __init__(self, client: Client, member: Any, scope: str, at: datetime) -> None:
        self.client = client
        _, secret = issue_key(member=member, scopes=[scope], by=as_member(member), at=at)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def post(self, path: str, body: Any, **headers: str) -> Any:
        given = {**self.headers, **headers}
        return self.client.post(f"/api/v1{path}", body, "application/json", headers=given)

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=self.headers).json()


@pytest.fixture
def ruth(client: Client, cast: dict[str, Any], at: datetime) -> Caller:
    return Caller(client, cast["ruth"], "write", at)


def test_many_are_changed_once_per_key_read_and_undone(ruth: Caller, at: datetime) -> None:
    some = leads(3, at)
    gone = "lead_01k00000000000000000000000"
    body = {"what": "leads", "keys": [*(one.key for one in some), gone], "act": "set"}
    body |= {"field": "tier", "value": "hot"}
    first, again = (ruth.post("/bulk", body, **{"Idempotency-Key": "one"}) for _ in range(2))
    assert (first.status_code, first.json()) == (200, again.json())
    told = first.json()
    assert (told["state"], told["rows"], told["changed"], told["refused"]) == ("finished", 4, 3, 1)
    assert BulkChange.objects.count() == 1
    assert ruth.get(f"/bulk/{told['key']}")["changed"] == 3
    refused = ruth.get(f"/bulk/{told['key']}/rows?state=refused")
    assert [one["key"] for one in refused["items"]] == [gone]
    page = ruth.get(f"/bulk/{told['key']}/rows?limit=3")
    assert len(ruth.get(f"/bulk/{told['key']}/rows?after={page['next']}")["items"]) == 1
    assert ruth.post(f"/bulk/{told['key']}/undo", {}).json()["undone"] == 3
    assert ruth.post(f"/bulk/{told['key']}/undo", {}).status_code == 409
    assert set(Lead.objects.values_list("tier", flat=True)) == {""}


def test_filters_choose_as_the_list_does(ruth: Caller, at: datetime) -> None:
    leads(2, at)
    body = {"what": "leads", "act": "tag", "value": "x"}
    assert ruth.post("/bulk", {**body, "filters": {"state": "new"}}).json()["changed"] == 2
    assert ruth.post("/bulk", {**body, "filters": {"shoe": "44"}}).json()["code"] == "unknown_filter"
    assert ruth.post("/bulk", body).status_code == 422
    assert ruth.post("/bulk", {**body, "filters": {}, "keys": []}).status_code == 422


def test_a_key_that_may_only_read_changes_nothing(client: Client, cast: dict[str, Any], at: datetime) -> None:
    reading = Caller(client, cast["ruth"], "read", at)
    body = {"what": "leads", "keys": [leads(1, at)[0].key], "act": "tag", "value": "x"}
    assert reading.post("/bulk", body).status_code == 403
    assert not BulkChange.objects.exists()
