"""The API from outside: create, read, change, clear, batches with verdicts, versions, rights, rates."""

from typing import Any

import pytest
from django.test import Client

from songsheet.buyers.models import Company, Person
from songsheet.clocks.models import Clock
from songsheet.deals.models import Deal
from songsheet.journal.testing import assert_recorded
from songsheet.leads.events import LeadPutBack
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member
from songsheet.team.actions import issue_key
from songsheet.team.models import CustomField


class Caller:
    """A program with a key."""

    def __init__(self, secret: str) -> None:
        self.client = Client(raise_request_exception=True)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        given = {} if method == "get" else {"data": body or {}, "content_type": "application/json"}
        return getattr(self.client, method)(f"/api/v1{path}", headers={**self.headers, **headers}, **given)


def caller_of(member: Any, at: Any, *scopes: str) -> Caller:
    _, secret = issue_key(member=member, scopes=list(scopes or ("admin",)), by=as_member(member), at=at)
    return Caller(secret)


@pytest.fixture
def ask(cast: dict[str, Any], at: Any) -> Caller:
    return caller_of(cast["ruth"], at)


def test_a_person_is_known_read_by_external_id_and_known_again(ask: Caller) -> None:
    body: dict[str, Any] = {"name": "Suzanne Okafor", "mails": ["s.okafor@brightwater.example"]}
    body |= {"external": {"system": "zoho", "id": "7"}, "consents": [{"purpose": "mail", "granted": True}]}
    made = ask("post", "/people", body)
    assert made.status_code == 201, made.content
    person = made.json()
    assert person["consents"] == {"mail": True}
    assert ask("post", "/people", body).status_code == 200
    assert Person.objects.count() == 1
    assert ask("get", "/people/external?system=zoho&id=7").json() == person
    assert ask("get", f"/people/{person['key']}")["ETag"] == f'"{person["version"]}"'
    assert ask("get", "/people/external?system=zoho&id=8").status_code == 404


def test_null_clears_owner_company_and_texts(ask: Caller, cast: dict[str, Any]) -> None:
    person = ask("post", "/people", {"name": "Ida", "mails": ["ida@firm.example"], "title": "CEO"}).json()
    changed = ask("patch", f"/people/{person['key']}", {"owner": cast["priya"].key}).json()
    assert changed["owner"] == cast["priya"].key
    assert changed["company"] == Company.objects.get().key
    gone = ask("patch", f"/people/{person['key']}", {"owner": None, "company": None, "title": None}).json()
    assert (gone["owner"], gone["company"], gone["title"]) == (None, None, "")
    company = Company.objects.get().key
    ask("patch", f"/companies/{company}", {"owner": cast["priya"].key})
    assert ask("patch", f"/companies/{company}", {"owner": None}).json()["owner"] is None


def test_a_change_from_a_stale_version_is_refused(ask: Caller) -> None:
    person = ask("post", "/people", {"name": "Ida"}).json()
    etag = f'"{person["version"]}"'
    assert ask("patch", f"/people/{person['key']}", {"title": "CEO"}, **{"If-Match": etag}).status_code == 200
    stale = ask("patch", f"/people/{person['key']}", {"title": "CTO"}, **{"If-Match": etag})
    assert stale.status_code == 409
    assert stale["Content-Type"] == "application/problem+json"
    assert ask("patch", f"/people/{person['key']}", {}, **{"If-Match": "x"}).status_code == 400


def test_a_lead_comes_with_its_person_and_can_be_given_and_freed(ask: Caller, cast: dict[str, Any]) -> None:
    body = {"person": {"name": "Ida", "mails": ["ida@firm.example"]}, "source": "Web", "wants": "desks"}
    lead = ask("post", "/leads", body).json()
    assert lead["source"] == "Web"
    assert lead["queue"]
    assert lead["due_at"]
    given = ask("post", f"/leads/{lead['key']}/give", {"member": cast["priya"].key}).json()
    assert given["owner"] == cast["priya"].key
    freed = ask("post", f"/leads/{lead['key']}/give", {"member": None}).json()
    assert (freed["owner"], freed["queue"]) == (None, lead["queue"])
    assert_recorded(LeadPutBack, lead=lead["key"])
    assert Clock.objects.filter(about=lead["key"], state="running").count() == 1
    cleared = ask("patch", f"/leads/{lead['key']}", {"source": None, "wants": None}).json()
    assert (cleared["source"], cleared["wants"]) == ("", "")


def test_a_lead_that_is_refused_leaves_no_person_behind(ask: Caller) -> None:
    person = {"name": "Petra Bauer", "mails": ["petra@bauer.example"]}
    refused = {"person": person, "state": "nurturing"}
    assert ask("post", "/leads", refused).status_code == 422
    assert not Person.objects.exists()
    assert not Company.objects.exists()


def test_a_deal_is_opened_on_a_lead_moved_and_won(ask: Caller) -> None:
    lead = ask("post", "/leads", {"person": {"name": "Ida"}}).json()
    missing = ask("post", "/deals", {"lead": lead["key"], "name": "Desks"})
    assert missing.status_code == 422
    assert Lead.objects.get().is_open
    step = {"next_step": "Call", "next_step_on": "2026-12-01"}
    deal = ask("post", "/deals", {"lead": lead["key"], "amount": 500, "currency": "EUR", **step})
    assert deal.status_code == 201, deal.content
    key = deal.json()["key"]
    assert deal.json()["amount"] == {"EUR": 500}
    assert Lead.objects.get().state == "converted"
    assert ask("post", f"/deals/{key}/move", {"stage": "Offer"}).json()["stage"] == "Offer"
    assert ask("patch", f"/deals/{key}", {"owner": None}).json()["code"] == "owner_missing"
    assert ask("post", f"/leads/{lead['key']}/archive", {}).status_code == 409
    assert ask("post", f"/deals/{key}/end", {"state": "won"}).json()["state"] == "won"
    assert ask("patch", f"/deals/{key}", {"owner": None, "amount": None}).json()["owner"] is None
    assert ask("post", f"/deals/{key}/archive", {}).status_code == 200
    assert not Deal.objects.filter(gone_at=None).exists()


def test_touches_tasks_and_campaigns(ask: Caller, cast: dict[str, Any]) -> None:
    person = ask("post", "/people", {"name": "Ida"}).json()["key"]
    touch = ask("post", "/touches", {"kind": "call", "direction": "out", "person": person}).json()
    assert touch["member"] == cast["ruth"].key
    assert ask("get", "/activities").json()["items"][0]["key"] == touch["key"]
    assert ask("patch", f"/touches/{touch['key']}", {"person": None}).json()["person"] is None
    assert ask("patch", f"/touches/{touch['key']}", {"at": None}).status_code == 422
    moved = ask("patch", f"/touches/{touch['key']}", {"at": "2026-01-02T10:00:00Z"}).json()
    assert moved["at"].startswith("2026-01-02T10:00")
    assert ask("post", f"/touches/{touch['key']}/archive", {}).json()["archived"]
    assert ask("get", f"/touches/{touch['key']}").status_code == 404
    task = ask("post", "/tasks", {"subject": "Call", "due_at": "2026-12-01T10:00:00Z"}).json()
    assert ask("patch", f"/tasks/{task['key']}", {"due_at": None}).json()["due_at"] is None
    assert ask("post", f"/tasks/{task['key']}/done").json()["done_at"]
    assert ask("get", "/tasks?done=yes").json()["total"] == 1
    fair = ask("post", "/campaigns", {"name": "Fair", "source": "Shows", "cost": 10, "currency": "EUR"})
    assert fair.status_code == 201
    assert (
        ask("patch", f"/campaigns/{fair.json()['key']}", {"cost": None, "source": None}).json()["cost"]
        is None
    )
    assert ask("get", "/sources").json() == [{"name": "Shows"}]


def test_a_touch_sent_again_without_a_time_stays_where_it_was(ask: Caller) -> None:
    body = {"kind": "call", "at": "2026-05-01T10:00:00Z", "external": {"system": "dialer", "id": "9"}}
    assert ask("post", "/touches", body).status_code == 201
    again = ask("post", "/touches", {**body, "at": None, "subject": "First call"})
    assert (again.status_code, again.json()["subject"]) == (200, "First call")
    assert again.json()["at"] == "2026-05-01T10:00:00Z"


def test_a_method_or_an_address_that_is_not_there_is_a_problem(ask: Caller) -> None:
    for method, path, status in (("delete", "/leads", 405), ("put", "/people/x", 405), ("get", "/x/y", 404)):
        answer = ask(method, path)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert answer.json()["status"] == status
    assert "POST" in ask("delete", "/leads")["Allow"]


def test_a_batch_has_a_verdict_for_each_item(ask: Caller) -> None:
    items = [
        {"person": {"name": "Ida", "mails": ["ida@firm.example"]}, "external": {"system": "x", "id": "1"}},
        {"person": {"name": "Bo", "mails": ["not an address"]}},
        {"person": "person_00000000000000000000000000"},
        {"person": {"name": "Di"}, "came_at": "yesterday"},
        {"person": {"name": "Cy"}, "custom": {"color": "red"}},
    ]
    done = ask("post", "/leads/batch", {"items": items}).json()
    assert [one["outcome"] for one in done["verdicts"]] == ["created"] + ["rejected"] * 4
    assert [one["field"] for one in done["verdicts"]][1:] == ["mails", "person", "came_at", "custom"]
    assert (done["created"], done["rejected"]) == (1, 4)
    lead = Lead.objects.get()
    assert not lead.at_rest
    again = ask("post", "/leads/batch", {"items": items[:1]}).json()
    assert again["verdicts"][0]["outcome"] == "unchanged"
    CustomField.objects.create(on="lead", name="color", label="Color")
    assert ask("post", "/leads/batch", {"items": items[4:]}).json()["created"] == 1


def test_a_batch_of_history_rests(ask: Caller) -> None:
    item = {"person": {"name": "Ida"}, "state": "disqualified", "came_at": "2024-01-02T00:00:00Z"}
    assert ask("post", "/leads/batch", {"items": [item]}).json()["rejected"] == 1
    assert ask("post", "/leads/batch", {"items": [item], "history": True}).json()["created"] == 1


def test_a_batch_sent_twice_with_its_key_is_done_once(ask: Caller) -> None:
    items = [{"person": {"name": f"Person {number}"}} for number in range(700)]
    first = ask("post", "/leads/batch", {"items": items}, **{"Idempotency-Key": "k1"})
    assert first.json()["created"] == 700
    assert ask("post", "/leads/batch", {"items": items}, **{"Idempotency-Key": "k1"}).json() == first.json()
    assert Lead.objects.count() == 700
    other = ask("post", "/leads/batch", {"items": items[:1]}, **{"Idempotency-Key": "k1"})
    assert other.status_code == 422


def test_a_create_sent_twice_with_its_key_is_done_once(ask: Caller) -> None:
    for _ in range(2):
        made = ask("post", "/leads", {"person": {"name": "Ida"}}, **{"Idempotency-Key": "k2"})
        assert made.status_code == 201
    assert Lead.objects.count() == 1


def test_who_may_only_look_writes_nothing(cast: dict[str, Any], at: Any) -> None:
    looking = caller_of(cast["jonas"], at)
    for path in ("people", "companies", "leads", "touches", "tasks"):
        body = {"name": "Ida"} if path in ("people", "companies") else {"person": {"name": "Ida"}}
        body = {"touches": {"kind": "call"}, "tasks": {"subject": "x"}}.get(path, body)
        assert looking("post", f"/{path}", body).status_code == 403, path
        assert looking("post", f"/{path}/batch", {"items": [body]}).status_code == 403, path
    assert Person.objects.count() == 0


def test_margins_are_for_who_may_see_them(ask: Caller, cast: dict[str, Any], at: Any) -> None:
    lead = ask("post", "/leads", {"person": {"name": "Ida"}}).json()["key"]
    step = {"next_step": "Call", "next_step_on": "2026-12-01", "currency": "EUR", "margin": 10}
    deal = ask("post", "/deals", {"lead": lead, **step}).json()
    assert deal["margin"] == {"EUR": 10}
    priya = caller_of(cast["priya"], at, "read", "write")
    assert priya("get", f"/deals/{deal['key']}").json()["margin"] is None
    assert priya("patch", f"/deals/{deal['key']}", {"margin": 1}).status_code == 403


def test_a_key_that_asks_too_often_is_told_when_to_go_on(ask: Caller, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    answers = [ask("get", "/members") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert [one["RateLimit-Remaining"] for one in answers] == ["2", "1", "0", "0"]
    assert 1 <= int(answers[3]["Retry-After"]) <= 60
    assert answers[3]["RateLimit-Limit"] == "3, 3;w=60"
