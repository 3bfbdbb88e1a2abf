"""Cells that are changed in the list: by the action of their column, with the version of the row."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.buyers.actions import change_person, meet_person
from songsheet.buyers.adopt_people import PersonRow
from songsheet.buyers.events import CompanyChanged, PersonChanged
from songsheet.buyers.models import Company, Person
from songsheet.config.wiring import LISTINGS
from songsheet.deals.models import Deal
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member
from songsheet.touches.models import Campaign, Task, Touch


@pytest.fixture
def client(cast: dict[str, Any]) -> Client:
    client = Client()
    client.force_login(cast["priya"])
    return client


@pytest.fixture
def suzanne(cast: dict[str, Any], at: datetime) -> Person:
    row = PersonRow(name="Suzanne Okafor", title="Owner", mails=("s@brightwater.example",))
    return meet_person(row, by=as_member(cast["priya"]), at=at)


@pytest.fixture
def deal(suzanne: Person, cast: dict[str, Any], at: datetime) -> Deal:
    lead = Lead.objects.create(person=suzanne, came_at=at, queue=Queue.objects.get(), at_rest=True)
    return Deal.objects.create(
        lead=lead, opened_at=at, at_rest=True, amount=100_000, currency="EUR", owner=cast["priya"]
    )


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_cell_becomes_a_form_and_a_cell_again(client: Client, suzanne: Person) -> None:
    address = f"/lists/people/{suzanne.key}/title"
    assert f'hx-get="{address}?edit"' in text(client.get("/buyers"))
    assert 'value="Owner"' in text(client.get(f"{address}?edit"))
    answer = client.post(address, {"value": " Head of practice ", "version": suzanne.version})
    assert answer.status_code == 200
    assert "Head of practice" in text(answer)
    assert text(answer).startswith('<td id="cell-')
    assert_recorded(PersonChanged, person=suzanne.key, fields="title")


@pytest.mark.parametrize(
    ("column", "field", "theirs", "mine"),
    [
        ("title", {"title": "Dentist"}, "Dentist", "Surgeon"),
        (
            "mail",
            {"mails": ["new@brightwater.example"]},
            "new@brightwater.example",
            "old@brightwater.example",
        ),
        ("phone", {"phones": ["+442079460000"]}, "+442079460000", "+442079460001"),
    ],
)
def test_a_stale_cell_shows_both_values_and_keeps_what_was_typed(  # noqa: PLR0917
    column: str, field: dict[str, Any], theirs: str, mine: str,
    client: Client, suzanne: Person, cast: dict[str, Any], at: datetime,
) -> None:  # fmt: skip
    read_at = suzanne.version
    change_person(suzanne.key, by=as_member(cast["ruth"]), at=at, version=read_at, **field)
    address = f"/lists/people/{suzanne.key}/{column}"
    answer = client.post(address, {"value": mine, "version": read_at})
    assert answer.status_code == 409
    assert f'value="{mine}"' in text(answer)
    assert f"Meanwhile somebody wrote: {theirs}" in text(answer)
    fresh = Person.objects.get().version
    assert f'name="version" value="{fresh}"' in text(answer)
    assert client.post(address, {"value": mine, "version": fresh}).status_code == 200


def test_two_change_two_cells_of_one_row(
    client: Client, suzanne: Person, cast: dict[str, Any], at: datetime
) -> None:
    change_person(suzanne.key, title="Dentist", by=as_member(cast["ruth"]), at=at, version=suzanne.version)
    sent = {"value": "+442079460001", "version": suzanne.version}
    assert client.post(f"/lists/people/{suzanne.key}/phone", sent).status_code == 200


def test_what_cannot_be_is_told_in_the_cell(client: Client, suzanne: Person) -> None:
    answer = client.post(
        f"/lists/people/{suzanne.key}/mail", {"value": "not a mail", "version": suzanne.version}
    )
    assert answer.status_code == 422
    assert 'value="not a mail"' in text(answer)
    assert 'aria-invalid="true"' in text(answer)
    assert not recorded(PersonChanged)


def test_companies_and_deals_are_changed_too(client: Client, deal: Deal, at: datetime) -> None:
    company = Company.objects.create(name="Brightwater", name_folded="brightwater", met_at=at)
    for column, typed in (
        ("industry", "Dental"),
        ("country", "gb"),
        ("people_count", "1,250"),
        ("domain", "b.co.uk"),
    ):
        company.refresh_from_db()
        sent = {"value": typed, "version": company.version}
        assert client.post(f"/lists/companies/{company.key}/{column}", sent).status_code == 200
    company.refresh_from_db()
    assert (company.industry, company.country, company.people_count, company.domain) == (
        "Dental", "GB", 1250, "b.co.uk",
    )  # fmt: skip
    assert len(recorded(CompanyChanged)) == 4
    for column, typed in (("amount", "22,700.50"), ("expected", "2026-07-01")):
        deal.refresh_from_db()
        answer = client.post(f"/lists/deals/{deal.key}/{column}", {"value": typed, "version": deal.version})
        assert answer.status_code == 200, text(answer)
    deal.refresh_from_db()
    assert (deal.amount, deal.currency, deal.expected_on) == (2_270_050, "EUR", date(2026, 7, 1))


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("amount", "a lot"),
        ("amount", "1.5.2"),
        ("amount", "-5"),
        ("expected", "soon"),
        ("expected", "2026-13-01"),
    ],
)
def test_a_deal_takes_no_amount_or_day_that_is_none(
    column: str, typed: str, client: Client, deal: Deal
) -> None:
    answer = client.post(f"/lists/deals/{deal.key}/{column}", {"value": typed, "version": deal.version})
    assert answer.status_code == 422
    assert f'value="{typed}"' in text(answer)


def test_who_may_only_look_gets_no_form(cast: dict[str, Any], suzanne: Person) -> None:
    looking = next(
        one for one in cast.values() if one.role in ("finance", "service", "operations", "metrics")
    )
    client = Client()
    client.force_login(looking)
    address = f"/lists/people/{suzanne.key}/title"
    assert address not in text(client.get("/buyers"))
    assert "<form" not in text(client.get(f"{address}?edit"))
    assert client.post(address, {"value": "X", "version": 1}).status_code == 403
    assert Person.objects.get().title == "Owner"


@pytest.mark.parametrize(
    "address",
    ["people/nothing/title", "shoes/x/title", "people/{}/name", "people/{}/owner", "people/{}/version"],
)
def test_what_cannot_be_changed_is_not_there(address: str, client: Client, suzanne: Person) -> None:
    answer = client.post(f"/lists/{address.format(suzanne.key)}", {"value": "x", "version": 1})
    assert answer.status_code == 404


def test_every_column_that_can_be_changed_reads_as_one_types_it(
    deal: Deal, suzanne: Person, at: datetime
) -> None:
    Company.objects.create(name="Brightwater", name_folded="brightwater", met_at=at)
    Touch.objects.create(kind="call", person=suzanne, at=at)
    Task.objects.create(subject="Call", person=suzanne, made_at=at, due_at=at)
    Campaign.objects.create(name="Webinar", cost=5_000, currency="EUR")
    viewer = as_member(deal.owner)  # type: ignore[arg-type]
    for listing in LISTINGS.values():
        edits = [column.edit for column in listing.columns if column.edit]
        for row in listing.page(viewer, {}).rows[:1] if edits else ():
            assert all(isinstance(edit.read(row), str) for edit in edits)
