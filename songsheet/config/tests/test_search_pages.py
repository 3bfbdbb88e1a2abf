"""The page of search and the palette: what is found, what may be done with it, and in how few statements."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from songsheet.buyers.actions import meet_person
from songsheet.buyers.adopt import PersonRow
from songsheet.config.find import ACTS
from songsheet.deals.actions import open_deal
from songsheet.deals.adopt import DealRow
from songsheet.find.kinds import KINDS
from songsheet.find.reader import hear
from songsheet.leads.actions import lead_came
from songsheet.leads.adopt import LeadRow
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member, as_system
from songsheet.touches.actions import log_touch, plan_task
from songsheet.touches.adopt import CampaignRow, TaskRow, TouchRow, adopt_campaigns
from songsheet.ui.components.html import icon


@pytest.fixture
def lead(cast: dict[str, Any], at: datetime) -> Lead:
    """Something of every kind that holds the word Raman, a member among them."""
    priya = as_member(cast["priya"])
    person = meet_person(PersonRow(name="Ada Raman", mails=("ada@raman-fittings.example",)), by=priya, at=at)
    them = (person.id, person.key)
    other = lead_came(LeadRow(person=them), by=priya, at=at)
    open_deal(
        other.key,
        DealRow(
            lead=(other.id, other.key),
            amount=120_000,
            currency="EUR",
            next_step="Call",
            next_step_on=at.date(),
        ),
        by=priya,
        at=at,
    )
    text = "Long before this <b>Raman</b> spoke. " * 20
    log_touch(TouchRow(kind="call", direction="out", person=them, text=text), by=priya, at=at)
    plan_task(TaskRow(subject="Write to Raman", person=them), by=priya, at=at)
    adopt_campaigns([CampaignRow(name="Raman fair")], by=as_system("tests"), at=at)
    free = lead_came(LeadRow(person=them, wants="Forty desks"), by=as_system("tests"), at=at)
    hear()
    return free


def asked(member: Any, address: str) -> str:
    client = Client()
    client.force_login(member)
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    statements = [one["sql"] for one in seen if "SAVEPOINT" not in one["sql"]]
    assert answer.status_code == 200
    assert len(statements) <= 10, "\n".join(statements)
    return answer.content.decode()


def test_the_page_shows_every_kind_and_marks_what_was_found(lead: Lead, cast: dict[str, Any]) -> None:
    page = asked(cast["priya"], "/search?q=raman")
    for kind in KINDS:
        assert f"kind={kind.name}" in page, kind.name
        assert icon(kind.icon)
    assert "<mark>Raman</mark>" in page
    assert "&lt;b&gt;<mark>Raman</mark>&lt;/b&gt;" in page
    one = asked(cast["priya"], "/search?q=raman&kind=leads&page=1")
    assert one.count("<li data-row>") == 2
    assert "Nothing holds" in asked(cast["priya"], "/search?q=zzzz&page=999&kind=cats")
    assert "What are you looking for" in asked(cast["priya"], "/search")


def test_another_spelling_is_said_and_both_can_be_chosen(lead: Lead, cast: dict[str, Any]) -> None:
    page = asked(cast["priya"], "/search?q=rahman")
    assert "Showing results for" in page
    assert "/search?q=raman" in page
    assert "/search?q=rahman&amp;as=typed" in page
    assert "Nothing holds" in asked(cast["priya"], "/search?q=rahman&as=typed")
    assert "Showing results for “raman”" in asked(cast["priya"], "/find?q=rahman")


def test_the_palette_finds_acts_and_goes_as_far_as_one_may(lead: Lead, cast: dict[str, Any]) -> None:
    hits = asked(cast["priya"], "/find?q=raman")
    assert f"/buyers/{lead.person.key}#log" in hits
    assert f'action="/leads/{lead.key}/take"' in hits
    assert 'name="version"' in hits
    assert f'hx-get="/buyers/{lead.person.key}/tasks"' in hits
    assert "/leads/" not in asked(cast["jonas"], "/find?q=raman"), "who may not work takes nothing"
    assert "/webhooks/add" in asked(cast["ruth"], "/find?q=webh add")
    assert "/webhooks" not in asked(cast["priya"], "/find?q=webh")
    assert 'href="/letters"' in asked(cast["priya"], "/find?q=lett")
    assert "Nothing holds" in asked(cast["priya"], "/find?q=%25_'%5C:*%26%7C!")
    assert asked(cast["priya"], "/find")


def test_what_the_palette_offers_to_do_is_there(cast: dict[str, Any]) -> None:
    client = Client()
    client.force_login(cast["ruth"])
    for _, _, url, shape, *_ in ACTS:
        assert icon(shape)
        assert client.get(url, follow=True).status_code == 200, url
