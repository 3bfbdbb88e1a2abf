"""Export: exactly what is seen, streamed, safe to open in a spreadsheet."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl.utils.escape import unescape

from songsheet.buyers.models import Person
from songsheet.deals.models import Deal
from songsheet.doors import export
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member
from songsheet.team.actions import change_house
from songsheet.team.events import ListExported


@pytest.fixture
def client(cast: dict[str, Any]) -> Client:
    client = Client()
    client.force_login(cast["ruth"])
    return client


def people(at: datetime, *names: str) -> None:
    Person.objects.bulk_create([Person(name=name, name_folded=name.lower(), met_at=at) for name in names])


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def rows(answer: Any) -> list[dict[str, str]]:
    text = content(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_holds_the_filters_the_order_and_the_columns_of_the_page(
    client: Client, at: datetime
) -> None:
    people(at, "Suzanne Okafor", "Henrik Sørby", "Suzanne Berg")
    answer = client.get("/buyers.csv?q=suzanne&sort=name&columns=name,title")
    assert answer["Content-Disposition"].startswith('attachment; filename="people-')
    found = rows(answer)
    assert [row["name"] for row in found] == ["Suzanne Berg", "Suzanne Okafor"]
    assert list(found[0]) == ["key", "name", "title"]


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|' /C calc'!A0", "+1", "-2", "@sum", "\tx", "=1,2\nnext", "  =1", "\x01=1", "\u00a0@sum",
        "\u200b=1", "\ufeff+1", "\r|cmd", "\u2028-1", "＝1", "\x7f ＠sum",
    ],
)  # fmt: skip
def test_nothing_runs_when_it_is_opened(client: Client, at: datetime, name: str) -> None:
    people(at, name)
    (row,) = rows(client.get("/buyers.csv?columns=name"))
    assert row["name"] == f"'{name}"


def test_money_has_its_currency_and_numbers_stay_numbers(client: Client, at: datetime) -> None:
    person = Person.objects.create(name="Suzanne Okafor", met_at=at)
    lead = Lead.objects.create(person=person, came_at=at, queue=Queue.objects.get(), at_rest=True)
    Deal.objects.create(
        lead=lead, opened_at=at, at_rest=True, amount=-2270050, currency="EUR", probability=4000
    )
    (row,) = rows(client.get("/deals.csv?columns=amount,probability"))
    assert (row["amount"], row["probability"]) == ("-22700.50 EUR", "4000")


def test_many_rows_come_a_thousand_at_a_time(client: Client, at: datetime) -> None:
    people(at, *(f"Person {number}" for number in range(2_500)))
    answer = client.get("/buyers.csv")
    with CaptureQueriesContext(connection) as asked:
        assert len(rows(answer)) == 2_500
    assert len(asked) <= 3 * 4


def test_days_are_those_of_the_house_in_the_file_as_on_the_page(
    client: Client, cast: dict[str, Any], at: datetime
) -> None:
    change_house(version=None, zone="Pacific/Auckland", by=as_member(cast["ruth"]), at=at)
    people(datetime(2026, 5, 12, 20, 0, tzinfo=UTC), "Suzanne Okafor")
    assert [row["name"] for row in rows(client.get("/buyers.csv?from=2026-05-13"))] == ["Suzanne Okafor"]
    assert rows(client.get("/buyers.csv?until=2026-05-12")) == []


def test_what_is_wrong_is_told_before_the_file_begins(client: Client) -> None:
    assert client.get("/buyers.csv?colour=red").status_code == 422


def test_who_may_not_take_data_out_does_not(cast: dict[str, Any]) -> None:
    client = Client()
    client.force_login(cast["priya"])
    assert client.get("/buyers.csv").status_code == 403
    assert "/buyers.csv" not in client.get("/buyers").content.decode()


def test_a_sheet_holds_what_is_seen_as_texts_and_numbers(client: Client, at: datetime) -> None:
    names = ["=1+1", "Suzanne <Okafor> & Co", "a\x01b", "_x0041_", "Sørby 寿司 🦷", "  blank  "]
    people(at, *names)
    answer = client.get("/buyers.xlsx?columns=name&sort=met")
    sheet = openpyxl.load_workbook(io.BytesIO(content(answer))).active
    assert sheet is not None
    found = list(sheet.iter_rows())
    assert [cell.value for cell in found[0]] == ["key", "name"]
    assert [unescape(str(row[1].value)) for row in found[1:]] == names
    assert {row[1].data_type for row in found[1:]} == {"s"}


def test_parquet_holds_money_beside_its_currency(client: Client, at: datetime) -> None:
    person = Person.objects.create(name="Suzanne Okafor", met_at=at)
    lead = Lead.objects.create(person=person, came_at=at, queue=Queue.objects.get(), at_rest=True)
    money = {"amount": -2270050, "currency": "EUR", "probability": 4000}
    Deal.objects.create(lead=lead, opened_at=at, at_rest=True, **money)
    Deal.objects.create(lead=lead, opened_at=at, at_rest=True)
    answer = client.get("/deals.parquet?columns=name,amount,probability,person")
    table = pyarrow.parquet.read_table(io.BytesIO(content(answer)))
    assert table.column_names == ["key", "name", "person", "amount", "amount_currency", "probability"]
    rows = sorted(table.to_pylist(), key=lambda row: row["amount"] or 0)
    assert [(row["amount"], row["amount_currency"], row["probability"]) for row in rows] == [
        (-2270050, "EUR", 4000),
        (None, None, None),
    ]
    assert rows[0]["person"] == "Suzanne Okafor"


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("path", ["/buyers", "/companies", "/leads", "/deals", "/letters/leads"])
def test_each_export_is_written_down_without_a_value(
    path: str, form: str, client: Client, cast: dict[str, Any], at: datetime
) -> None:
    answer = client.get(f"{path}.{form}?owner=nobody")
    assert answer.status_code == 200
    assert content(answer)
    entry = assert_recorded(ListExported, actor=cast["ruth"].key, form=form, filters="owner", count=0)
    assert "nobody" not in str(entry.event.model_dump())


def test_what_a_sheet_cannot_hold_is_refused_before_it_begins(
    client: Client, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(at, "Suzanne Okafor", "Henrik Sørby")
    monkeypatch.setattr(export, "MOST_ROWS", 1)
    answer = client.get("/buyers.xlsx")
    assert answer.status_code == 409
    assert "A sheet holds 1 rows and these are 2" in answer.content.decode()
    assert not recorded(ListExported)
