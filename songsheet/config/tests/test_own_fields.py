"""Fields of the house's own: declared once, they stand in every door; each type on each kind."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pyarrow.parquet
import pytest
from django.test import Client

from songsheet.buyers.actions import meet_company, meet_person
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.config.tests.test_api import Caller, caller_of
from songsheet.config.wiring import LISTINGS
from songsheet.deals.models import Deal
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import Acting, as_member
from songsheet.team.field_actions import declare_field
from songsheet.team.models import CustomField
from songsheet.touches.models import Campaign

#: Type → what is sent, what a filter finds it by, what one types instead, and that as it is kept.
TYPES: dict[str, tuple[Any, dict[str, str], str, Any]] = {
    "text": ("Hot & cold", {"": "hot & COLD", ".has": "col", ".empty": "no"}, "Warm", "Warm"),
    "number": (12.5, {"": "12.5", ".from": "12", ".until": "13", ".empty": "no"}, "1,250", 1250),
    "date": ("2026-05-12", {"": "2026-05-12", ".from": "2026-05-12", ".until": "2026-05-12"}, "2027-01-01",
             "2027-01-01"),
    "yes_no": (True, {"": "yes"}, "no", False),
    "choice": ("north", {"": "north", ".not": "south"}, "South", "south"),
    "url": ("https://example.com/a", {"": "HTTPS://example.com/a", ".has": "exam"}, "example.org/b",
            "https://example.org/b"),
}  # fmt: skip
#: Kind → its list.
KINDS = {"person": "people", "company": "companies", "lead": "leads", "deal": "deals"}


@pytest.fixture
def boss(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


@pytest.fixture
def ask(cast: dict[str, Any], at: datetime) -> Caller:
    return caller_of(cast["ruth"], at)


@pytest.fixture
def client(cast: dict[str, Any]) -> Client:
    client = Client()
    client.force_login(cast["ruth"])
    return client


@pytest.fixture
def records(boss: Acting, at: datetime) -> dict[str, Any]:
    """One record of each kind."""
    company = meet_company(CompanyRow(name="Brightwater", domain="brightwater.example"), by=boss, at=at)
    person = meet_person(PersonRow(name="Suzanne Okafor", mails=("s@brightwater.example",)), by=boss, at=at)
    lead = Lead.objects.create(person=person, came_at=at, queue=Queue.objects.get(), at_rest=True)
    deal = Deal.objects.create(lead=lead, opened_at=at, at_rest=True, owner=boss.member)
    campaign = Campaign.objects.create(name="Spring")
    return {"person": person, "company": company, "lead": lead, "deal": deal, "campaign": campaign}


Declare = Callable[..., CustomField]


@pytest.fixture
def declare(boss: Acting, at: datetime) -> Declare:
    """Declares a field of a type on a kind."""

    def made(on: str, type: str, label: str = "", **more: Any) -> CustomField:
        options = ["North", "South"] if type == "choice" else []
        label = label or f"My {type}"
        return declare_field(on, label=label, type=type, options=options, by=boss, at=at, **more)

    return made


def kept(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk).custom


@pytest.mark.parametrize("on", KINDS)
def test_each_type_stands_in_every_door(
    on: str, declare: Declare, ask: Caller, client: Client, records: dict[str, Any]
) -> None:
    record, what = records[on], KINDS[on]
    listing = LISTINGS[what]
    for type, (sent, asked, typed, after) in TYPES.items():
        field = declare(on, type)
        name, column = field.name, f"custom_my_{type}"
        # the API writes, checks and reads
        there = f"/{what}/{record.key}"
        answer = ask("patch", there, {"custom": {name: sent}})
        assert answer.status_code == 200, answer.content
        assert answer.json()["custom"][name] == sent
        bad = ask("patch", there, {"custom": {name: "no such thing" if type != "text" else 5}})
        assert (bad.status_code, list(bad.json()["errors"])) == (422, [f"custom.{name}"])
        # the list filters, in the API and on the page, and shows the column when it is chosen
        for end, value in asked.items():
            found = ask("get", f"/{what}?{column}{end}={value.replace('&', '%26')}").json()
            assert [one["key"] for one in found["items"]] == [record.key], (end, found)
            assert found["items"][0][column] == sent
        assert (
            f'id="cell-{record.key}-{column}"'
            in client.get(f"{listing.path}?columns={column}").content.decode()
        )
        # files
        lines = b"".join(client.get(f"{listing.path}.csv?columns={column}")).decode().splitlines()
        shown = {"yes_no": "yes", "choice": "North"}.get(type, str(sent))
        assert lines[1].split(",")[-1].strip('"') == shown
        file = BytesIO(b"".join(client.get(f"{listing.path}.parquet?columns={column}")))
        value = pyarrow.parquet.read_table(file).to_pylist()[0][column]
        assert str(value) == ("North" if type == "choice" else str(sent))
        # a cell, as one types it
        cell = f"/lists/{what}/{record.key}/{column}"
        assert client.get(f"{cell}?edit").status_code == 200
        answer = client.post(cell, {"value": typed, "version": type_version(record)})
        assert answer.status_code == 200, answer.content.decode()
        assert kept(record)[name] == after
        # many at once, and back
        value = {"text": "Cold", "number": "7", "date": "2028-02-02", "yes_no": "yes", "choice": "north",
                 "url": "example.net"}[type]  # fmt: skip
        body = {"what": what, "act": "set", "field": f"custom.{name}", "value": value, "keys": [record.key]}
        changed = ask("post", "/bulk", body)
        assert changed.json()["changed"] == 1, changed.content
        assert kept(record)[name] != after
        undone = ask("post", f"/bulk/{changed.json()['key']}/undo")
        assert undone.status_code == 200, undone.content
        assert kept(record)[name] == after


def type_version(record: Any) -> int:
    return int(type(record).objects.get(pk=record.pk).version)
