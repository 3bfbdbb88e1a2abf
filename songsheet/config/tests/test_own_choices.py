"""What can be chosen in a field of the house's own is asked for and shown as people call it."""

from datetime import datetime
from typing import Any

from django.test import Client

from songsheet.buyers.actions import change_company, meet_company
from songsheet.buyers.adopt import CompanyRow
from songsheet.team.acting import as_member
from songsheet.team.field_actions import change_field, declare_field


def test_an_option_is_asked_for_and_shown_by_its_label(cast: dict[str, Any], at: datetime) -> None:
    boss, client = as_member(cast["ruth"]), Client()
    client.force_login(cast["ruth"])
    field = declare_field(
        "company", label="Region", type="choice", options=["North", "South"], by=boss, at=at
    )
    company = meet_company(CompanyRow(name="Brightwater"), by=boss, at=at)
    change_company(company.key, custom={field.name: "north"}, by=boss, at=at)
    page = client.get("/companies?custom_region=NORTH").content.decode()
    assert "Region: North" in page
    assert '<option value="north" selected>North' in page
    assert "Brightwater" in page
    change_field(field.key, options=[("south", "South")], by=boss, at=at, version=None)
    cell = f"/lists/companies/{company.key}/custom_region"
    form = client.get(f"{cell}?edit").content.decode()
    assert '<option value="north" selected>North</option>' in form  # what is offered no more is not lost
    late = client.post(cell, {"value": "south", "version": company.version})
    assert late.status_code == 409
    assert "Meanwhile somebody wrote: North" in late.content.decode()
