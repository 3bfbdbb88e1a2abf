"""The pages of a change to many: the dialog, its preview, doing it, what was refused, the way back."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.flows.bulk import change_many as bulk
from songsheet.flows.models import BulkChange
from songsheet.flows.tests.many import leads
from songsheet.leads.actions import end_lead
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(cast: dict[str, Any], client: Client) -> Client:
    client.force_login(cast["priya"])
    return client


def test_the_dialog_says_how_many_and_the_preview_what_would_happen(priya: Client, at: datetime) -> None:
    sent = {"what": "leads", "keys": [lead.key for lead in leads(3, at)], "act": "set", "field": "tier"}
    assert "Change 3" in priya.post("/bulk/ask", sent).content.decode()
    seen = priya.post("/bulk/preview", {**sent, "value": "hot"}).content.decode()
    assert "<p>3 will change.</p>" in seen
    assert "is not a value" in priya.post("/bulk/preview", {**sent, "value": "boiling"}).content.decode()
    assert set(Lead.objects.values_list("tier", flat=True)) == {""}


def test_a_preview_counts_nothing_before_a_value_is_given_and_tries_rows_from_all_over(
    priya: Client, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = leads(12, at)
    Lead.objects.filter(key__in=sorted(one.key for one in some)[:6]).update(tier="hot")
    sent = {"what": "leads", "all": "yes", "query": "", "act": "set", "field": "tier"}
    fresh = priya.post("/bulk/preview", {**sent, "value": "", "fresh": "yes"}).content.decode()
    assert "<p>" not in fresh
    emptied = priya.post("/bulk/preview", {**sent, "value": ""}).content.decode()
    assert "6 will change, 6 are so already." in emptied
    monkeypatch.setattr(bulk, "AT_ONCE", 4)
    seen = priya.post("/bulk/preview", {**sent, "value": "hot"}).content.decode()
    assert "12 rows. Tried on 4 of them:" in seen
    assert "<p>2 will change, 2 are so already.</p>" in seen
    first = min(one.key for one in some)
    named = {"what": "leads", "keys": first, "act": "set", "field": "tier", "value": "hot"}
    assert "None will change, 1 is so already." in priya.post("/bulk/preview", named).content.decode()


def test_a_change_goes_back_to_the_list_with_its_undo(priya: Client, at: datetime) -> None:
    leads(3, at)
    sent = {"what": "leads", "all": "yes", "query": "state=open&sort=came", "act": "set"}
    answer = priya.post("/bulk/start", {**sent, "field": "tier", "value": "hot"}, follow=True)
    assert answer.redirect_chain == [("/leads?state=open&sort=came", 302)]
    change = BulkChange.objects.get()
    assert f"/bulk/{change.key}/undo" in answer.content.decode()
    back = priya.post(f"/bulk/{change.key}/undo", {"next": "/leads?state=open"}, follow=True)
    assert back.redirect_chain == [("/leads?state=open", 302)]
    assert set(Lead.objects.values_list("tier", flat=True)) == {""}
    assert "as they were" in priya.get("/bulk").content.decode()


def test_undo_never_leads_elsewhere(priya: Client, at: datetime) -> None:
    sent = {"what": "leads", "keys": leads(1, at)[0].key, "act": "tag", "value": "x"}
    priya.post("/bulk/start", sent)
    change = BulkChange.objects.get()
    answer = priya.post(f"/bulk/{change.key}/undo", {"next": "//evil.example/"})
    assert answer["Location"] == f"/bulk/{change.key}"


def test_what_was_refused_is_shown_with_its_reason(priya: Client, cast: dict[str, Any], at: datetime) -> None:
    some = leads(2, at)
    end_lead(some[0].key, "released", reason="too small", by=as_member(cast["priya"]), at=at)
    sent = {"what": "leads", "keys": ",".join(lead.key for lead in some), "act": "set", "field": "state"}
    shown = priya.post("/bulk/start", {**sent, "value": "qualified"}, follow=True).content.decode()
    assert "What was refused" in shown
    assert some[0].person.name in shown
    assert "has ended" in shown


def test_more_rows_run_in_the_background_and_tell_how_far_they_are(
    priya: Client, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    leads(3, at)
    sent = {"what": "leads", "all": "yes", "query": "", "act": "tag", "value": "Trade show"}
    shown = priya.post("/bulk/start", sent, follow=True).content.decode()
    change = BulkChange.objects.get()
    assert "Being changed" in shown
    assert "0 of 3" in shown
    bulk.run_change(change.key, at=at)
    progress = priya.get(f"/bulk/{change.key}", headers={"HX-Request": "true", "HX-Target": "progress"})
    assert progress["HX-Refresh"] == "true"
    assert "3 leads were tagged Trade show" in priya.get(f"/bulk/{change.key}").content.decode()


def test_a_filter_that_cannot_be_read_changes_nothing(priya: Client, at: datetime) -> None:
    leads(1, at)
    sent = {"what": "leads", "all": "yes", "query": "state=boiling", "act": "tag", "value": "x"}
    assert priya.post("/bulk/start", sent).status_code == 422
    assert not BulkChange.objects.exists()


def test_who_may_not_work_is_refused(client: Client, cast: dict[str, Any], at: datetime) -> None:
    client.force_login(cast["jonas"])
    sent = {"what": "leads", "keys": leads(1, at)[0].key, "act": "tag", "value": "x"}
    for page in ("ask", "preview", "start"):
        assert client.post(f"/bulk/{page}", sent).status_code == 403
    assert not BulkChange.objects.exists()
