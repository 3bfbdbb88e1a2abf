"""What programs ask for beside records: changes, webhooks and their pages, search, mending a leak."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.beside.models import Delivery, Webhook
from songsheet.config.tests.test_api import Caller, caller_of
from songsheet.desk.standing import refresh_all
from songsheet.find.reader import hear
from songsheet.leads.models import Lead


@pytest.fixture
def ask(cast: dict[str, Any], at: datetime) -> Caller:
    return caller_of(cast["ruth"], at)


def test_changes_come_in_order_once_and_without_personal_values(ask: Caller) -> None:
    ask("post", "/leads", {"person": {"name": "Ida Marker", "mails": ["ida@marker.example"]}})
    met, position = [], 0
    while True:
        page = ask("get", f"/changes?after={position}&limit=3").json()
        met += page["items"]
        position = page["position"]
        if not page["more"]:
            break
    positions = [one["position"] for one in met]
    assert positions == sorted(set(positions))
    assert {"buyers.person_met", "buyers.company_met", "leads.lead_came"} <= {one["type"] for one in met}
    assert "marker" not in str(met).lower()
    again = ask("get", f"/changes?after={position}").json()
    assert again == {"items": [], "position": position, "more": False}


def test_changes_of_keys_and_settings_are_for_who_may_know(cast: dict[str, Any], at: datetime) -> None:
    def kinds(name: str) -> set[str]:
        items = caller_of(cast[name], at)("get", "/changes?limit=1000").json()["items"]
        return {one["type"] for one in items}

    assert "team.key_issued" in kinds("ruth")
    seen = kinds("priya")
    assert "team.member_joined" in seen
    assert "team.key_issued" not in seen


def test_a_webhook_by_the_api_tells_its_secret_once(ask: Caller) -> None:
    given = {"url": "https://example.com/hook", "kinds": ["leads.lead_came"]}
    made, again = (ask("post", "/webhooks", given, **{"Idempotency-Key": "k1"}) for _ in range(2))
    assert made.status_code == again.status_code == 201
    assert again.json() == {**made.json(), "secret": None}
    key = made.json()["key"]
    assert made.json()["secret"].startswith("whsec_")
    assert ask("get", f"/webhooks/{key}").json()["secret"] is None
    assert ask("post", "/webhooks", {"url": "http://10.0.0.1/"}).json()["code"] == "not_a_target"
    assert ask("post", "/webhooks", {"url": "https://a.example", "kinds": ["x.y"]}).status_code == 422
    assert ask("post", f"/webhooks/{key}/ping", {}).status_code == 201
    assert ask("get", f"/webhooks/{key}/deliveries").json()[0]["kind"] == "beside.ping"
    renewed = ask("post", f"/webhooks/{key}/secret", {}).json()["secret"]
    assert renewed != made.json()["secret"]
    assert ask("patch", f"/webhooks/{key}", {"state": "off"}).json()["state"] == "off"
    assert ask("post", f"/webhooks/{key}/ping", {}).status_code == 409
    assert ask("delete", f"/webhooks/{key}").json()["archived"]
    assert ask("get", f"/webhooks/{key}").status_code == 404


def test_the_pages_of_webhooks(cast: dict[str, Any], at: datetime) -> None:
    client = Client()
    client.force_login(cast["ruth"])
    assert "Nothing is told elsewhere yet" in client.get("/webhooks").content.decode()
    refused = client.post("/webhooks/add", {"url": "http://localhost/"})
    assert refused.status_code == 422
    assert "private addresses" in refused.content.decode()
    added = client.post("/webhooks/add", {"url": "https://example.com/hook", "kinds": ["leads.lead_came"]})
    assert "whsec_" in added.content.decode()
    hook = Webhook.objects.get()
    assert "whsec_" not in client.get(f"/webhooks/{hook.key}").content.decode()
    client.post(f"/webhooks/{hook.key}/ping")
    Delivery.objects.update(
        state="delivered", attempts=1, code=200, ended_at=at, tries=[{"at": "x", "code": 200}]
    )
    page = client.get(f"/webhooks/{hook.key}").content.decode()
    assert "Send again" in page
    assert (
        client.post(f"/webhooks/{hook.key}/deliveries/{Delivery.objects.get().key}/resend").status_code == 302
    )
    for act in ("pause", "resume", "end"):
        assert client.post(f"/webhooks/{hook.key}/{act}").status_code == 302
    assert Webhook.objects.get().gone_at is not None


def test_search_finds_by_words_and_says_what_it_showed(ask: Caller) -> None:
    person = ask("post", "/people", {"name": "Ida Märker", "mails": ["ida@marker.example"]}).json()["key"]
    hear()
    for words, showing in (
        ("marker id", "marker id"),
        ("ida@marker.example", "ida@marker.example"),
        ("marekr", "marker"),
    ):
        found = ask("get", f"/search?q={words}&kind=people").json()
        (group,) = found["groups"]
        assert (found["showing"], group["kind"], group["total"]) == (showing, "people", 1)
        assert group["hits"][0]["key"] == person
        assert group["hits"][0]["url"].endswith(person)
    assert ask("get", "/search?q=%25_'%5C:*%26%7C!").json()["groups"] == []
    for wrong in ("q=", "q=a%00", "q=" + "a" * 201, "q=ida&kind=cats", "q=ida&limit=0"):
        assert ask("get", f"/search?{wrong}").status_code == 422


def test_a_leak_is_mended_and_undone_by_a_program(ask: Caller, cast: dict[str, Any], at: datetime) -> None:
    body = {"person": {"name": "Ida", "mails": ["ida@firm.example"]}, "came_at": "2025-01-02T00:00:00Z"}
    lead = ask("post", "/leads/batch", {"items": [body], "history": True}).json()["verdicts"][0]["key"]
    refresh_all()
    plan = ask("get", "/leaks/never_contacted").json()
    assert (plan["act"], plan["leads"], plan["to"]) == ("offer", 1, {cast["priya"].key: 1})
    mended = ask("post", "/leaks/never_contacted/mend", {}).json()
    assert (mended["kind"], mended["count"]) == ("offer", 1)
    assert Lead.objects.get(key=lead).owner == cast["priya"]
    assert ask("post", f"/mendings/{mended['key']}/undo", {}).json()["undone"]
    assert Lead.objects.get(key=lead).owner is None
    assert ask("post", f"/mendings/{mended['key']}/undo", {}).status_code == 409
    assert ask("get", "/leaks/nothing").status_code == 404
