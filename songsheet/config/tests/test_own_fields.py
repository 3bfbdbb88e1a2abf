"""Fields of the house's own: declared once, they stand in every door; each type on each kind."""

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from django.test import Client
from django.utils.html import escape

from songsheet.base.refusals import Stale
from songsheet.buyers.actions import change_company, meet_company, meet_person
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.buyers.events import CompanyChanged
from songsheet.buyers.models import Company, Person
from songsheet.config.tests.test_api import Caller, caller_of
from songsheet.config.wiring import LISTINGS
from songsheet.deals.models import Deal
from songsheet.flows.erase_person import erase_person
from songsheet.flows.export_person import export_person
from songsheet.imports.choosing import guessed
from songsheet.imports.tests.small import run_files
from songsheet.journal.testing import assert_recorded
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import Acting, as_member
from songsheet.team.errors import FieldIsThere
from songsheet.team.events import FieldChanged
from songsheet.team.field_actions import declare_field
from songsheet.team.models import CustomField
from songsheet.touches.models import Campaign

#: Type → what is sent, what a filter finds it by, what one types instead, and that as it is kept.
TYPES: dict[str, tuple[Any, dict[str, str], str, Any]] = {
    "text": ("Hot & cold", {"": "hot & COLD", ".has": "col", ".empty": "no"}, "Warm", "Warm"),
    "number": (12.5, {"": "12.5", ".from": "12", ".until": "13", ".empty": "no"}, "1,250", 1250),
    "money": ({"EUR": 2_270_050}, {"": "22,700.50 eur", ".from": "22000", ".until": "22,700.50"},
              "-1,000 USD", {"USD": -100_000}),
    "date": ("2026-05-12", {"": "2026-05-12", ".from": "2026-05-12", ".until": "2026-05-12"}, "2027-01-01",
             "2027-01-01"),
    "yes_no": (True, {"": "yes"}, "no", False),
    "choice": ("north", {"": "NORTH", ".not": "South"}, "South", "south"),
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
        shown = {"yes_no": "yes", "choice": "North", "money": "22700.50 EUR"}.get(type, str(sent))
        assert lines[1].split(",")[-1].strip('"') == shown
        file = BytesIO(b"".join(client.get(f"{listing.path}.parquet?columns={column}")))
        value = pyarrow.parquet.read_table(file).to_pylist()[0][column]
        assert str(value) == {"choice": "North", "money": "2270050"}.get(type, str(sent))
        # a cell, as one types it
        cell = f"/lists/{what}/{record.key}/{column}"
        assert client.get(f"{cell}?edit").status_code == 200
        answer = client.post(cell, {"value": typed, "version": type_version(record)})
        assert answer.status_code == 200, answer.content.decode()
        assert kept(record)[name] == after
        # many at once, and back
        value = {"text": "Cold", "number": "7", "date": "2028-02-02", "yes_no": "yes", "choice": "north",
                 "url": "example.net", "money": "5"}[type]  # fmt: skip
        body = {"what": what, "act": "set", "field": f"custom.{name}", "value": value, "keys": [record.key]}
        changed = ask("post", "/bulk", body)
        assert changed.json()["changed"] == 1, changed.content
        assert kept(record)[name] != after
        undone = ask("post", f"/bulk/{changed.json()['key']}/undo")
        assert undone.status_code == 200, undone.content
        assert kept(record)[name] == after


def test_amounts_are_compared_in_their_currency_alone(declare: Declare, boss: Acting, at: datetime) -> None:
    name = declare("company", "money", "Budget").name
    for number, held in enumerate(
        ({"EUR": -5_000}, {"EUR": 90_000}, {"EUR": 1_000_000}, {"USD": 95_000}, None)
    ):
        company = meet_company(CompanyRow(name=f"Firm {number}"), by=boss, at=at)
        change_company(company.key, custom={name: held}, by=boss, at=at)
    listing = LISTINGS["companies"]
    for end, value, firms in (
        (".from", "900 EUR", "12"), (".from", "900", "12"), (".until", "900", "01"),
        (".until", "950 USD", "3"),
        (".empty", "no", "0123"), (".empty", "yes", "4"), ("", "-50", "0"),
    ):  # fmt: skip
        found = listing.narrowed(boss, {f"custom_budget{end}": value}).rows
        assert {one.name for one in found} == {f"Firm {number}" for number in firms}, (end, value)


def type_version(record: Any) -> int:
    return int(type(record).objects.get(pk=record.pk).version)


def test_two_who_change_the_same_declaration_are_told(declare: Declare, client: Client) -> None:
    field = declare("company", "choice")
    address, typed = f"/settings/fields/{field.key}", {"label": "Region", "is_filtered": "on", "version": 1}
    options = {"option:north": "The north", "option:south": "", "more": "West\nEast"}
    assert client.post(address, {**typed, **options}).status_code == 302
    late = client.post(address, {**typed, **options, "label": "Area"})
    assert late.status_code == 409
    assert b"Region" in late.content
    field.refresh_from_db()
    said = [(one["key"], one["label"], one.get("gone", False)) for one in field.options]
    assert said == [
        ("north", "The north", False), ("west", "West", False), ("east", "East", False),
        ("south", "South", True),
    ]  # fmt: skip
    assert (field.label, field.version) == ("Region", 2)
    assert_recorded(FieldChanged, field=field.key, fields="label, options", version=2)


def test_two_values_by_two_people_both_stand(
    declare: Declare, records: dict[str, Any], boss: Acting, at: datetime
) -> None:
    company = records["company"]
    names = [declare("company", "text", label).name for label in ("One", "Two")]
    for name in names:
        change_company(company.key, custom={name: "x"}, version=company.version, by=boss, at=at)
    with pytest.raises(Stale) as told:
        change_company(company.key, custom={"one": "y"}, version=company.version, by=boss, at=at)
    assert told.value.extra["theirs"] == {"custom.one": "x"}
    assert_recorded(CompanyChanged, company=company.key, fields="custom.two")


def test_what_is_archived_is_hidden_everywhere_and_comes_back(
    declare: Declare, ask: Caller, client: Client, records: dict[str, Any]
) -> None:
    there = f"/people/{records['person'].key}"
    field = declare("person", "text", "Shoe size")
    assert ask("patch", there, {"custom": {"shoe_size": "44"}}).status_code == 200
    view = ask(
        "post", "/views", {"listing": "people", "name": "By shoe", "columns": ["name", "custom_shoe_size"]}
    )
    assert ask("post", f"/custom-fields/{field.key}/archive", {}).status_code == 200
    assert ask("get", there).json()["custom"] == {}
    assert ask("get", "/people?custom_shoe_size=44").status_code == 422
    assert ask("patch", there, {"custom": {"shoe_size": "45"}}).status_code == 422
    page = client.get(f"/buyers?view={view.json()['key']}&columns=name,custom_shoe_size").content.decode()
    assert "left out: custom_shoe_size" in page
    assert client.post(f"/settings/fields/{field.key}/bring-back").status_code == 302
    assert ask("get", "/people?custom_shoe_size.has=4").json()["items"][0]["custom_shoe_size"] == "44"


HOSTILE = ["{{7*7}}", "<script>alert(1)</script>", "=1+1", "100% “off”, 'quoted' \\ %s"]


def test_labels_and_options_are_words_and_nothing_else(
    boss: Acting, client: Client, records: dict[str, Any], at: datetime
) -> None:
    record, lines = records["company"], []
    for label in HOSTILE:
        field = declare_field("company", label=label, type="choice", options=HOSTILE, by=boss, at=at)
        assert re.fullmatch("[a-z0-9_]+", field.slug)
        key = field.options[HOSTILE.index(label)]["key"]
        change_company(record.key, custom={field.name: key}, by=boss, at=at)
        path = f"/companies?custom_{field.slug}={key}&columns=name,custom_{field.slug}"
        pages = [path, "/settings/fields", f"/settings/fields/{field.key}", f"/lists/companies/{record.key}"]
        for page in (client.get(one).content.decode() for one in pages):
            assert escape(label) in page
            assert "<script>alert" not in page
            assert ">49<" not in page
        lines.append(b"".join(client.get(path.replace("/companies?", "/companies.csv?"))).decode())
    assert "'=1+1" in lines[2]
    assert (
        client.post("/settings/fields/on/company/add", {"label": "x" * 300, "type": "text"}).status_code
        == 422
    )
    with pytest.raises(FieldIsThere):
        declare_field("company", label=" =1+1 ", type="text", by=boss, at=at)


def test_a_file_fills_declared_fields_by_label_and_type(
    declare: Declare, boss: Acting, at: datetime, tmp_path: Path
) -> None:
    fields = {type: declare("person", type, f"Their {type}") for type in TYPES}
    path = tmp_path / "contacts.csv"
    path.write_text(
        "Contact ID,Name,Email,Their number,their_date,THEIR YES_NO,Their choice,custom_their_url,"
        "Their text,Hat,Their money\n"
        '1,Ada,ada@example.com,"1.250,5",31.12.2026,ja,south,example.com/a,Hello,red,"1.250,50 USD"\n'
        '2,Bo,bo@example.com,"7,25",13.01.2027,no,west,,,,\n'
    )
    chosen = guessed([path])
    becomes = {one.column: one.becomes for one in chosen.guesses[0].columns}
    assert becomes["THEIR YES_NO"] == f"custom.{fields['yes_no'].slug}"
    run = run_files([path], at, chosen.mapping)
    assert (run.created, run.rejected) == (1, 1)
    assert Person.objects.get(name="Ada").custom == {
        "their_number": 1250.5, "their_date": "2026-12-31", "their_yes_no": True, "their_choice": "south",
        "their_url": "https://example.com/a", "their_text": "Hello", "Hat": "red",
        "their_money": {"USD": 125_050},
    }  # fmt: skip
    brought = CustomField.objects.get(on="person", name="Hat")
    assert (brought.slug, brought.is_filtered, brought.type) == ("hat", False, "text")


def test_personal_values_are_taken_out_and_erased_with_the_person(
    declare: Declare, records: dict[str, Any], boss: Acting, ask: Caller, at: datetime
) -> None:
    for on in ("person", "lead", "deal"):
        name = declare(on, "text", "Secret").name
        there = f"/{KINDS[on]}/{records[on].key}"
        assert ask("patch", there, {"custom": {name: f"marker of a {on}"}}).status_code == 200
    taken = str(export_person(records["person"].key, by=boss, at=at))
    assert all(f"marker of a {on}" in taken for on in ("person", "lead", "deal"))
    hidden = {one.name for one in LISTINGS["people"].filters if one.personal}
    assert {"custom_secret", "custom_secret.has", "custom_secret.not"} <= hidden
    erase_person(records["person"].key, by=boss, at=at)
    assert [kept(records[on]) for on in ("person", "lead", "deal")] == [{}, {}, {}]


def test_somebody_new_is_typed_in_with_them(declare: Declare, client: Client) -> None:
    for type in TYPES:
        declare("company", type, is_required=type == "number")
    assert client.get("/companies/new").content.count(b'name="custom_my_') == len(TYPES)
    typed = {f"custom_my_{type}": said for type, (_sent, _asked, said, _kept) in TYPES.items()}
    company = {"name": "Brightwater"}
    late = client.post("/companies/new", {**company, **typed, "custom_my_number": ""})
    assert late.status_code == 422
    assert b"cannot be emptied" in late.content
    assert client.post("/companies/new", {**company, **typed}).status_code == 302
    assert Company.objects.get().custom == {f"my_{type}": of[3] for type, of in TYPES.items()}
