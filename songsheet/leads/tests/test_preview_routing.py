"""Tiers and routing tried on past leads beside those in force: by tier, to whom, load and due times."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from songsheet.agreements import actions
from songsheet.agreements.kinds.tiers_and_routing import starter
from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.buyers.adopt import PersonRow, adopt_people
from songsheet.leads.adopt import LeadRow, adopt_leads
from songsheet.leads.routing.models import Routing, Turn
from songsheet.leads.tests.rows import BY
from songsheet.team.acting import as_system
from songsheet.team.actions import join_team
from songsheet.team.queries import now


def leads(at: datetime) -> None:
    """Forty in three months, every fourth asks for a quote and every eighth became a customer."""
    people = adopt_people(
        [PersonRow(name=f"Person {n}", mails=(f"p{n}@firm.example",)) for n in range(40)], by=BY, at=at
    )
    rows = [
        LeadRow(
            person=one.ref,  # type: ignore[arg-type]
            came_at=at - timedelta(days=2 * n, hours=3),
            wants="A quote, please" if n % 4 == 0 else "Just looking",
            state="converted" if n % 8 == 0 else "new",
        )
        for n, one in enumerate(people)
    ]
    adopt_leads(rows, by=BY, at=at)


def test_a_version_is_tried_beside_the_one_in_force(cast: dict[str, Any], client: Client) -> None:
    at = now()
    team = with_owen(cast, at)
    leads(at)
    join_team(name="Mei Tanaka", email="mei@aldermoor.example", role="guide", by=as_system("tests"), at=at)
    client.force_login(cast["tom"])
    first = signed(draft_of("tiers_and_routing"), team, at)
    second = actions.propose("tiers_and_routing", by=team["tom"], at=at)
    hot = starter().tiers[0].model_copy(update={"mentions": ["quote", "just looking"]})
    tiers = [one.model_dump() for one in (hot, *starter().tiers[1:])]
    second = actions.edit(second.key, {"tiers": tiers}, seen=second.hash, by=team["tom"], at=at)
    found = client.get(f"/api/v1/agreements/versions/{second.key}/preview").json()
    assert (found["version"], found["other"], found["leads"], found["customers"]) == (
        second.key, first.key, 40, 5
    )  # fmt: skip
    tiers_of = {
        one["name"]: (one["leads"], one["leads_by_other"], one["customers"]) for one in found["tiers"]
    }
    assert tiers_of == {"hot": (40, 10, 5), "ready": (0, 0, 0), "concierge": (0, 30, 0), "nurture": (0, 0, 0)}
    whose = {one["name"]: (one["leads"], one["leads_by_other"]) for one in found["whose"]}
    assert whose == {"Mei Tanaka": (20, 5), "Priya Raman": (20, 5), "Diane Mercer": (0, 30)}
    assert found["whose"][0]["minutes_a_week"] == round(20 * 20 * 7 / 91)
    assert (found["sooner"], found["later"]) == (0, 0)  # without service levels all are due within a day
    signed(draft_of(), team, at)
    again = client.get(f"/api/v1/agreements/versions/{second.key}/preview").json()
    assert (again["sooner"], again["later"]) == (30, 0)
    page = client.get(f"/agreements/versions/{second.key}/preview").content.decode()
    assert "sooner for 30 and later for 0 than by version 1" in page
    assert "Try it on past leads" in client.get(f"/agreements/versions/{second.key}").content.decode()
    assert not Routing.objects.exists()
    assert not Turn.objects.exists()
