"""A file nobody knows gets a first mapping, and shows its first rows through it."""

from pathlib import Path

import pytest

from songsheet.imports.guessing import guess
from songsheet.imports.mapping import House
from songsheet.imports.planning import plan, read_records
from songsheet.imports.preview import preview
from songsheet.imports.reading import open_table

#: Which fields the house declared is read while planning.
pytestmark = pytest.mark.django_db

GERMAN = (
    "Vorname;Nachname;E-Mail-Adresse;Firma;Telefon;Eingangsdatum;Status;Quelle;Farbe\n"
    "Jürgen;Müller;jm@x.example;X GmbH;030 1234567;13.04.2021;Neu;Messe;rot\n"
    "Ute;Weiß;kaputt;Y AG;;14.04.2021;Kontaktiert;Web;\n"
)


def written(folder: Path, text: str, name: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def became(path: Path) -> dict[str, str | None]:
    return {one.column: one.becomes for one in guess(open_table(path), country="DE").columns}


def test_headers_of_another_language_are_understood(tmp_path):
    path = written(tmp_path, GERMAN, "Anfragen.csv")
    found = guess(open_table(path), country="DE")
    assert found.kind == "lead"
    assert {one.column: one.becomes for one in found.columns} == {
        "Vorname": "given_name",
        "Nachname": "family_name",
        "E-Mail-Adresse": "mails",
        "Firma": "company",
        "Telefon": "phones",
        "Eingangsdatum": "came_at",
        "Status": "state",
        "Quelle": "source",
        "Farbe": None,
    }
    assert all(one.confidence >= 75 for one in found.columns if one.becomes)
    (chunk,) = read_records(made := plan([path], found.mapping, House(country="DE")), made.steps[0])
    assert chunk.parts[0].fields["phones"] == [["+49301234567"]]
    assert [rejection.row for rejection in chunk.rejections] == [3]


def test_the_first_rows_are_shown_with_their_problems(tmp_path):
    table = open_table(written(tmp_path, GERMAN, "leads.csv"))
    said = guess(table, country="DE").mapping
    good, bad = preview(table, said, said.files[0], House(country="DE"))
    assert good.records["lead"]["company"] == "X GmbH"
    assert (good.records["lead"]["state"], good.problems) == ("new", [])
    assert [problem.column for problem in bad.problems] == ["E-Mail-Adresse"]
    assert bad.cells[2] == "kaputt"


@pytest.mark.parametrize(
    ("name", "header", "kind"),
    [
        ("export.csv", "id,email,lead source,message", "lead"),
        ("export.csv", "id,name,amount,close date,stage", "deal"),
        ("Oportunidades.csv", "a,b", "deal"),
        ("contacts-2021.csv", "a,b", "person"),
        ("export.csv", "account name,employees,website", "company"),
        ("Rechnungen.csv", "a,b", "invoice"),
        ("export.csv", "task id,subject,due date", "task"),
    ],
)
def test_what_the_rows_are_is_guessed(tmp_path, name, header, kind):
    path = written(tmp_path, header + "\n" + ",".join("x" for _ in header.split(",")) + "\n", name)
    assert guess(open_table(path)).kind == kind


def test_values_speak_where_headers_do_not(tmp_path):
    path = written(tmp_path, "a,b,c\nx@y.example,www.x.example,+49 30 1234567\n", "leads.csv")
    assert became(path) == {"a": "mails", "b": "website", "c": "phones"}


def test_a_header_is_not_believed_against_its_cells(tmp_path):
    path = written(tmp_path, "email,country,amount\nred,hot,many\nblue,cold,few\n", "deals.csv")
    assert became(path) == {"email": None, "country": None, "amount": None}


def test_the_real_sets_are_guessed_well_enough_to_start_from(zoho, olist, maven):
    leads = became(zoho / "Leads.csv")
    assert (leads["LEADID"], leads["Email"], leads["Lead Status"]) == ("id", "mails", "state")
    assert became(olist / "olist_marketing_qualified_leads_dataset.csv")["mql_id"] == "id"
    pipeline = became(maven / "sales_pipeline.csv")
    assert (pipeline["close_value"], pipeline["account"], pipeline["deal_stage"]) == (
        "amount",
        "company",
        "state",
    )
