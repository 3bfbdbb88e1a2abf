"""Many leads are routed anew: tried, done, undone, by page and API; why each came to whom is readable."""

from datetime import timedelta
from typing import Any

from django.test import Client

from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.flows.models import BulkChange
from songsheet.leads.actions import lead_came, take_lead
from songsheet.leads.adopt import LeadRow
from songsheet.leads.models import Lead
from songsheet.leads.routing.actions import route
from songsheet.leads.tests.rows import BY, person, sound
from songsheet.team.acting import as_system
from songsheet.team.actions import join_team
from songsheet.team.queries import now

SYSTEM = as_system("routing")


def test_leads_of_who_leaves_are_tried_routed_and_put_back(cast: dict[str, Any], client: Client) -> None:
    at = now()
    team = with_owen(cast, at)
    client.force_login(team["owen"].member)  # type: ignore[arg-type]
    leads = [lead_came(LeadRow(person=person(at), tier="hot"), by=BY, at=at).key for _ in range(4)]
    said = client.get("/routing", {"queue": Lead.objects.get(key=leads[0]).queue.key})  # type: ignore[union-attr]
    assert "Tiers and routing are not in force" in said.content.decode()
    signed(draft_of("tiers_and_routing"), team, at)
    later = now() + timedelta(seconds=1)
    route(leads, by=SYSTEM, at=later)
    assert {one.owner for one in Lead.objects.filter(key__in=leads)} == {cast["priya"]}
    take_lead(leads[0], by=team["priya"], at=later)
    mei = join_team(name="Mei Tanaka", email="mei@aldermoor.example", role="guide", by=SYSTEM, at=at)
    asked = {"owner": cast["priya"].key}
    body = client.get("/routing", asked).content.decode()
    assert "Route 3 leads" in body
    assert "Priya Raman works on this lead" in body
    found = client.post(
        "/api/v1/routing/preview", {"filters": asked, "worked_on": True}, content_type="application/json"
    ).json()
    assert found["counts"] == [
        {"name": "Mei Tanaka", "gets": 4, "has": 0},
        {"name": "Priya Raman", "gets": 0, "has": 4},
    ]
    client.post("/routing/start", {**asked, "worked_on": "1"})
    change = BulkChange.objects.get()
    assert (change.changed, change.refused) == (4, 0)
    assert {one.owner for one in Lead.objects.filter(key__in=leads)} == {mei}
    why = client.get(f"/leads/{leads[0]}/routing").content.decode()
    assert "had it and did not accept it" in why
    items = client.get(f"/api/v1/leads/{leads[0]}/routings").json()["items"]
    assert [(one["cause"], one["member"]) for one in items] == [
        ("hand", mei.key),
        ("judged", cast["priya"].key),
    ]
    assert sound() == []
    client.post(f"/bulk/{change.key}/undo")
    assert {one.owner for one in Lead.objects.filter(key__in=leads)} == {cast["priya"]}
    assert Lead.objects.get(key=leads[0]).state == "working"
    assert sound() == []
    client.force_login(cast["priya"])
    assert client.get("/routing").status_code == 403
