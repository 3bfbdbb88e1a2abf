"""What nobody could take, and what lies with who left, stands on Today with where it is mended."""

from datetime import timedelta
from typing import Any

from django.test import Client

from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.leads.actions import lead_came, take_lead
from songsheet.leads.adopt import LeadRow
from songsheet.leads.routing.actions import route
from songsheet.leads.tests.rows import BY, person
from songsheet.team.acting import as_system
from songsheet.team.actions import change_member
from songsheet.team.queries import now


def test_what_needs_somebody_is_shown_to_who_answers_and_who_leads(
    cast: dict[str, Any], client: Client
) -> None:
    at = now()
    team = with_owen(cast, at)
    signed(draft_of("tiers_and_routing"), team, at)
    one, other = (lead_came(LeadRow(person=person(at), tier="hot"), by=BY, at=at).key for _ in range(2))
    take_lead(one, by=team["priya"], at=at)
    change_member(cast["priya"].key, state="left", by=team["ruth"], at=at)
    route([other], by=as_system("routing"), at=at + timedelta(seconds=1))
    client.force_login(cast["amara"])
    body = client.get("/").content.decode()
    assert "1 lead waits here that nobody could take" in body
    assert f"/routing?owner={cast['priya'].key}&amp;worked_on=1" in body
    client.force_login(cast["diane"])
    assert "Nobody has these in hand" in client.get("/").content.decode()
    client.force_login(cast["ines"])
    assert "Nobody has these in hand" not in client.get("/").content.decode()
