"""The mappings that come with the house know the exports they are for."""

import csv
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from songsheet.base.money import Money
from songsheet.imports.errors import NothingToRead, PresetUnknown
from songsheet.imports.mapping import House, Mapping
from songsheet.imports.planning import Plan, plan, read_records
from songsheet.imports.presets import load_preset, preset_names, recognise
from songsheet.imports.records import Chunk

#: Which fields the house declared is read while planning.
pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "mappings"
HOUSE = House(zone="Europe/Berlin", currency="EUR", country="DE")


def chunks(made: Plan) -> list[Chunk]:
    return [chunk for step in made.steps for chunk in read_records(made, step)]


def test_a_mapping_survives_being_saved(tmp_path):
    for said in [*map(load_preset, preset_names()), *map(Mapping.load, EXAMPLES.glob("*.toml"))]:
        said.save(tmp_path / "saved.toml")
        assert Mapping.load(tmp_path / "saved.toml") == said
        assert tomllib.loads(said.dumps())["system"] == said.system


def totals(made: Plan) -> tuple[Counter[str], int]:
    kinds: Counter[str] = Counter()
    rejected = 0
    for chunk in chunks(made):
        rejected += len(chunk.rejections)
        for part in chunk.parts:
            kinds[part.record.kind] += len(part.rows)
    return kinds, rejected


def test_the_whole_zoho_export_is_known_and_read(zoho):
    found = recognise([zoho])
    assert found.mapping.name == "zoho"
    assert {one.name for one in found.not_read} == {
        f"{name}.csv"
        for name in (
            *["Cases", "Invoice_Line_Items", "Price_Books", "Products", "Purchase_Order_Line_Items"],
            *["Purchase_Orders", "Quotes", "Sales_Order_Line_Items", "Sales_Orders", "Vendors"],
        )
    }
    made = plan([zoho], found.mapping)
    kinds, rejected = totals(made)
    assert (made.rows, rejected) == (26_403, 0)
    assert kinds == {
        "member": 11, "campaign": 110, "company": 2229, "person": 1265, "lead": 3900 + 3632, "deal": 3632,
        "call": 4100, "meeting": 2978, "task": 2978, "campaign_member": 3900, "invoice": 1300,
    }  # fmt: skip


def test_the_example_mappings_read_their_sets(olist, maven):
    kinds, rejected = totals(plan([olist], Mapping.load(EXAMPLES / "olist.toml")))
    assert (kinds, rejected) == ({"lead": 8842, "deal": 842}, 0)
    kinds, rejected = totals(plan([maven], Mapping.load(EXAMPLES / "maven.toml")))
    assert (kinds, rejected) == ({"member": 35, "company": 85, "lead": 8800, "deal": 8800}, 0)


def exported(folder: Path, headers: list[str], row: dict[str, str], name: str) -> Path:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, headers, restval="")
        out.writeheader()
        out.writerow(row)
    return path


def test_what_a_person_exports_from_hubspot_is_known(tmp_path):
    headers = [
        *["Record ID", "Email", "First Name", "Last Name", "Create Date", "Company Name", "Original Source"],
        *["Lifecycle Stage", "Lead Status", "Contact owner"],
    ]
    row = {
        "Record ID": "7",
        "Email": "a@b.example",
        "Create Date": "2021-04-15 10:00",
        "Lead Status": "Connected",
    }
    path = exported(tmp_path, headers, row | {"Lifecycle Stage": "Lead"}, "contacts.csv")
    found = recognise([path])
    person, lead = chunks(plan([path], found.mapping, HOUSE))[0].parts
    assert found.mapping.name == "hubspot"
    assert (person.ids, lead.ids, lead.links["person"]) == (["7"], ["7"], ["7"])
    assert lead.fields["state"] == ["working"]


def test_what_a_person_exports_from_pipedrive_is_known(tmp_path):
    headers = ["Deal - ID", "Deal - Title", "Deal - Value", "Deal - Currency of Value", "Deal - Status"]
    row = dict(zip(headers, ["3", "Chairs", "1200", "EUR", "Won"], strict=True))
    path = exported(tmp_path, headers, row, "deals.csv")
    found = recognise([path])
    lead, deal = chunks(plan([path], found.mapping, HOUSE))[0].parts
    assert found.mapping.name == "pipedrive"
    assert (lead.ids, deal.ids, deal.links["lead"]) == (["deal:3"], ["3"], ["deal:3"])
    assert (deal.fields["amount"], deal.fields["state"]) == ([Money(120000, "EUR")], ["won"])


def test_what_a_person_exports_from_salesforce_is_known(tmp_path):
    headers = [
        "Lead ID",
        "First Name",
        "Last Name",
        "Company / Account",
        "Lead Status",
        "Lead Source",
        "Email",
    ]
    row = {"Lead ID": "00Q1", "Last Name": "Okafor", "Lead Status": "Open - Not Contacted"}
    path = exported(tmp_path, headers, row, "report.csv")
    found = recognise([path])
    (lead,) = chunks(plan([path], found.mapping, HOUSE))[0].parts
    assert (found.mapping.name, lead.ids, lead.fields["state"]) == ("salesforce", ["00Q1"], ["new"])


def test_files_no_preset_knows_are_refused(tmp_path):
    (tmp_path / "other.csv").write_text("x,y\n1,2\n")
    with pytest.raises(NothingToRead):
        recognise([tmp_path / "other.csv"])


def test_a_preset_that_is_not_there_is_refused():
    with pytest.raises(PresetUnknown, match="zoho"):
        load_preset("../zoho")
