"""Importing files: everything joined by its ids, every row with one verdict, the same again without
change."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from songsheet.buyers.models import Company, Person
from songsheet.clocks.models import Clock
from songsheet.deals.models import Deal
from songsheet.imports.events import ImportFinished, ImportStarted
from songsheet.imports.tests.small import LEADS, ROWS, changed, counts, run_files, small_crm, write
from songsheet.journal.models import EntryRow
from songsheet.journal.testing import assert_recorded
from songsheet.leads.models import Lead
from songsheet.team.models import CustomField, Member
from songsheet.touches.models import Campaign, Task, Touch

pytestmark = pytest.mark.django_db


def test_files_that_refer_to_each_other_become_one_record_of_the_buyer(tmp_path: Path, at: datetime) -> None:
    run = run_files(small_crm(tmp_path), at)
    assert counts(run) == (ROWS, 0, 0, 0)
    lead = Lead.objects.get(external_id="l1")
    assert [str(one) for one in (lead.person, lead.company, lead.owner, lead.source, lead.campaign)] == [
        "Suzanne Okafor",
        "Brightwater Dental",
        "Olga Berg",
        "Fair",
        "Spring fair",
    ]
    assert lead.came_at.date().isoformat() == "2026-03-01"
    assert lead.custom == {"Shoe size": "38"}
    deal = Deal.objects.get(external_id="d1")
    assert (deal.lead, deal.person, deal.amount, deal.currency, deal.state) == (
        lead,
        lead.person,
        200_000,
        "EUR",
        "won",
    )
    assert Touch.objects.get(external_id="c1").lead_key == lead.key
    assert Task.objects.count() == 2
    assert Campaign.objects.get().cost == 120_000


def test_the_order_of_the_files_makes_no_difference(tmp_path: Path, at: datetime) -> None:
    run = run_files(small_crm(tmp_path)[::-1], at)
    assert counts(run) == (ROWS, 0, 0, 0)
    assert Deal.objects.get(external_id="d1").lead.external_id == "l1"


def test_the_same_files_again_change_nothing(tmp_path: Path, at: datetime) -> None:
    paths = small_crm(tmp_path)
    run_files(paths, at)
    entries = EntryRow.objects.count()
    again = run_files(paths, at)
    assert counts(again) == (0, 0, ROWS, 0)
    assert EntryRow.objects.count() == entries + 2  # that it started and that it finished


def test_what_people_changed_since_stays_when_the_same_file_comes_again(tmp_path: Path, at: datetime) -> None:
    paths = small_crm(tmp_path)
    run_files(paths, at)
    Person.objects.filter(name="Suzanne Okafor").update(title="Owner")
    assert counts(run_files(paths, at)) == (0, 0, ROWS, 0)
    assert Person.objects.get(name="Suzanne Okafor").title == "Owner"


def test_a_changed_row_updates_just_what_the_file_changed(tmp_path: Path, at: datetime) -> None:
    run_files(small_crm(tmp_path), at)
    Person.objects.filter(name="Suzanne Okafor").update(title="Owner")
    Company.objects.filter(name="Brightwater Dental").update(name="Brightwater Group")
    paths = small_crm(
        tmp_path,
        leads=changed("leads", "l1", "Status", "Working"),
        accounts=changed("accounts", "a1", "Industry", "Dental"),
    )
    again = run_files(paths, at)
    assert counts(again) == (0, 2, ROWS - 2, 0)
    assert Lead.objects.get(external_id="l1").state == "working"
    assert Person.objects.get(name="Suzanne Okafor").title == "Owner"
    company = Company.objects.get(domain="brightwater.example")
    assert (company.name, company.industry) == ("Brightwater Group", "Dental")


def test_half_a_name_that_changed_keeps_the_other_half(tmp_path: Path, at: datetime) -> None:
    from songsheet.imports.mapping import Mapping

    mapping = Mapping.of({
        "name": "people", "system": "people",
        "files": [{"name": "people", "headers": ["Id"], "records": [
            {"kind": "person", "id": "Id", "fields": {"given_name": "First", "family_name": "Last"}}]}],
    })  # fmt: skip
    run_files([write(tmp_path, "p.csv", ["Id", "First", "Last"], [["1", "Ann", "Lee"]])], at, mapping)
    run_files([write(tmp_path, "p.csv", ["Id", "First", "Last"], [["1", "Ann", "Berg"]])], at, mapping)
    assert Person.objects.get().name == "Ann Berg"


def test_a_deal_without_a_lead_gets_one(tmp_path: Path, at: datetime) -> None:
    run_files(small_crm(tmp_path), at)
    deal = Deal.objects.get(external_id="d2")
    assert (deal.lead.state, str(deal.lead.company)) == ("converted", "Alder Foods")


def test_owners_are_matched_and_unknown_ones_are_kept_as_members_from_elsewhere(
    cast: dict[str, Any], tmp_path: Path, at: datetime
) -> None:
    run_files(small_crm(tmp_path, leads=changed("leads", "l1", "Owner", "Priya Raman")), at)
    assert Lead.objects.get(external_id="l1").owner == cast["priya"]
    nobody = Member.objects.get(name="Nobody Known")
    assert nobody.state == "elsewhere"
    assert not nobody.is_active
    assert Lead.objects.get(external_id="l3").owner == nobody
    assert Member.objects.get(name="Olga Berg").email == "olga@small.example"


def test_imported_history_rests_without_clock_and_is_history_in_the_journal(
    tmp_path: Path, at: datetime
) -> None:
    run = run_files(small_crm(tmp_path), at)
    assert all(Lead.objects.values_list("at_rest", flat=True))
    assert not Clock.objects.exists()
    lanes = set(EntryRow.objects.filter(actor=run.key).values_list("lane", flat=True))
    assert lanes == {1}
    assert_recorded(ImportStarted, run=run.key, files=7)
    assert_recorded(ImportFinished, run=run.key, rows=ROWS, created=ROWS)


def test_columns_that_we_do_not_know_become_declared_fields(tmp_path: Path, at: datetime) -> None:
    run_files(small_crm(tmp_path), at)
    assert CustomField.objects.get(on="lead").label == "Shoe size"


def test_a_row_that_names_what_is_not_there_yet_finds_it_when_it_comes(tmp_path: Path, at: datetime) -> None:
    paths = {path.name: path for path in small_crm(tmp_path)}
    calls = [paths["calls.csv"]]
    assert counts(run_files(calls, at)) == (2, 0, 0, 0)
    run_files([paths["leads.csv"], paths["accounts.csv"]], at)
    assert counts(run_files(calls, at)) == (0, 1, 1, 0)
    assert Touch.objects.get(external_id="c1").lead_key == Lead.objects.get(external_id="l1").key


def test_an_id_that_stands_in_two_rows_is_one_record_and_the_file_is_quiet_when_it_comes_again(
    tmp_path: Path, at: datetime
) -> None:
    rows = [
        ["l1", "Ann", "", "", "Cook", "", "", "New", "", "", "", ""],
        ["l1", "Ann", "", "", "Chef", "", "", "New", "", "", "", ""],
    ]
    paths = [write(tmp_path, "leads.csv", LEADS, rows)]
    assert counts(run_files(paths, at)) == (1, 1, 0, 0)
    assert Person.objects.get().title == "Chef"
    assert counts(run_files(paths, at)) == (0, 0, 2, 0)


def test_rows_without_an_id_are_told_apart_by_content_and_count(tmp_path: Path, at: datetime) -> None:
    header = ["What", "Due"]
    once = [["Call back", "2026-04-01"]]
    run_files([write(tmp_path, "tasks.csv", header, once * 2)], at)
    assert counts(run_files([write(tmp_path, "tasks.csv", header, once * 3)], at)) == (1, 0, 2, 0)
    assert Task.objects.count() == 3


def test_rejected_rows_that_were_put_right_land_once_without_the_marks_of_their_rejection(
    tmp_path: Path, at: datetime
) -> None:
    from songsheet.imports.store import rejects_path

    rows = [["l1", "Ann", "", "", "", "Web", "no day", "New", "", "", "", "38"]]
    run = run_files([write(tmp_path, "leads.csv", LEADS, rows)], at)
    assert counts(run) == (0, 0, 0, 1)
    right = tmp_path / "right.csv"
    right.write_text(rejects_path(run.key).read_text().replace(",no day,", ",2026-03-01,"))
    assert counts(run_files([right], at)) == (1, 0, 0, 0)
    assert Lead.objects.get().custom == {"Shoe size": "38"}
    assert counts(run_files([right], at)) == (0, 0, 1, 0)
