"""Undoing an import: everything it made goes, what people built on stays and is named, what it changed is
put back."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from songsheet.buyers.models import Company, Mail, Person
from songsheet.deals.models import Deal
from songsheet.imports.actions import begin
from songsheet.imports.errors import NoSuchImport, NothingToUndo
from songsheet.imports.events import ImportUndone
from songsheet.imports.models import Import
from songsheet.imports.tests.small import MAPPING, ROWS, changed, counts, run_files, small_crm
from songsheet.imports.undo import undo_import
from songsheet.journal.testing import assert_recorded
from songsheet.leads.actions import take_lead
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member, as_system
from songsheet.team.errors import RightMissing
from songsheet.team.models import Member
from songsheet.touches.adopt import TouchRow, adopt_touches
from songsheet.touches.models import Campaign, Task, Touch

pytestmark = pytest.mark.django_db
KINDS = (Person, Company, Lead, Deal, Touch, Task, Campaign)


def visible() -> dict[str, int]:
    return {kind.__name__: kind.objects.filter(gone_at=None).count() for kind in KINDS}


def undo(run: Import, at: datetime) -> dict[str, Any]:
    return undo_import(run.key, by=as_system("tests"), at=at)


def test_nothing_remains_of_an_import_that_nobody_touched(tmp_path: Path, at: datetime) -> None:
    run = run_files(small_crm(tmp_path), at)
    report = undo(run, at)
    assert set(visible().values()) == {0}
    assert not Mail.objects.filter(gone_at=None).exists()
    assert (report["stayed"], report["stays"], report["restored"]) == (0, [], 0)
    assert report["gone"] == sum(kind.objects.count() for kind in KINDS)
    assert_recorded(ImportUndone, run=run.key, gone=report["gone"], stayed=0)
    assert not Member.objects.filter(name="Olga Berg", state="elsewhere").exists()


def test_an_undone_import_can_be_imported_again(tmp_path: Path, at: datetime) -> None:
    paths = small_crm(tmp_path)
    run_files(paths, at)
    first = visible()
    undo(Import.objects.get(), at)
    again = run_files(paths, at)
    assert counts(again) == (ROWS, 0, 0, 0)
    assert visible() == first
    owner = Lead.objects.get(external_id="l1", gone_at=None).owner
    assert owner
    assert owner.name == "Olga Berg"


def test_what_somebody_took_stays_with_all_it_rests_on(
    cast: dict[str, Any], tmp_path: Path, at: datetime
) -> None:
    from songsheet.leads.models import Queue

    rows = changed("leads", "l1", "Owner", "")
    run = run_files(small_crm(tmp_path, leads=rows, deals=[], calls=[]), at)
    lead = Lead.objects.get(external_id="l1")
    assert lead.queue == Queue.objects.get()
    take_lead(lead.key, by=as_member(cast["priya"]), at=at)
    report = undo(run, at)
    left = visible()
    assert (left["Lead"], left["Person"], left["Company"], left["Campaign"], left["Task"]) == (1, 1, 1, 1, 0)
    stays = {one["kind"]: one["why"] for one in report["stays"]}
    assert set(stays) == {"lead", "person", "company", "campaign"}
    assert "Priya Raman" in stays["lead"]
    lead.refresh_from_db()
    assert (lead.owner, lead.gone_at) == (cast["priya"], None)


def test_a_person_somebody_called_stays_though_their_lead_goes(
    cast: dict[str, Any], tmp_path: Path, at: datetime
) -> None:
    run = run_files(small_crm(tmp_path), at)
    person = Person.objects.get(name="Kim Lee")
    call = TouchRow(kind="call", direction="out", at=at, person=(person.pk, person.key), subject="Hello")
    adopt_touches([call], by=as_member(cast["priya"]), at=at, lane="live")
    undo(run, at)
    assert visible()["Person"] == 1
    assert visible()["Lead"] == 0
    assert visible()["Touch"] == 1


def test_rows_that_it_updated_get_back_what_they_held(tmp_path: Path, at: datetime) -> None:
    run_files(small_crm(tmp_path), at)
    paths = small_crm(
        tmp_path,
        leads=changed("leads", "l1", "Title", "Queen"),
        accounts=changed("accounts", "a1", "Industry", "Dental"),
        deals=changed("deals", "d2", "State", "Won"),
    )
    second = run_files(paths, at)
    report = undo(second, at)
    assert (report["gone"], report["stayed"]) == (0, 0)
    assert report["restored"] == 3
    assert Person.objects.get(name="Suzanne Okafor").title == "Partner"
    assert Company.objects.get(name="Brightwater Dental").industry == "Health"
    deal = Deal.objects.get(external_id="d2")
    assert (deal.state, deal.closed_at) == ("open", None)
    assert counts(run_files(paths, at)) == (0, 3, ROWS - 3, 0)


def test_a_mail_that_it_added_is_taken_off_again(tmp_path: Path, at: datetime) -> None:
    run_files(small_crm(tmp_path), at)
    second = run_files(small_crm(tmp_path, leads=changed("leads", "l3", "Mail", "kim@lee.example")), at)
    assert Mail.objects.filter(address="kim@lee.example", gone_at=None).exists()
    undo(second, at)
    assert not Mail.objects.filter(address="kim@lee.example", gone_at=None).exists()


def test_what_was_changed_again_since_is_not_put_back_and_is_named(tmp_path: Path, at: datetime) -> None:
    run_files(small_crm(tmp_path), at)
    second = run_files(small_crm(tmp_path, leads=changed("leads", "l1", "Title", "Queen")), at)
    Person.objects.filter(name="Suzanne Okafor").update(title="Empress")
    report = undo(second, at)
    assert Person.objects.get(name="Suzanne Okafor").title == "Empress"
    assert [one["why"] for one in report["stays"]] == ["changed since: title"]


def test_two_imports_undone_in_either_order_leave_nothing(tmp_path: Path, at: datetime) -> None:
    for order in (0, 1):
        first = run_files(small_crm(tmp_path / "one"), at)
        second = run_files(small_crm(tmp_path / "two", leads=changed("leads", "l1", "Title", "Queen")), at)
        runs = [first, second][:: -1 if order else 1]
        for run in runs:
            undo(run, at)
        if not order:  # the first stayed as long as the second had a say in it; once more takes the rest
            undo(first, at)
        assert set(visible().values()) == {0}


def test_an_interrupted_import_can_be_undone(tmp_path: Path, at: datetime) -> None:
    run, _ = begin(small_crm(tmp_path), MAPPING, by=as_system("tests"), at=at)
    assert undo(run, at)["gone"] == 0


def test_what_is_undone_is_not_undone_twice(tmp_path: Path, at: datetime) -> None:
    run = run_files(small_crm(tmp_path), at)
    undo(run, at)
    with pytest.raises(NothingToUndo):
        undo(run, at)
    with pytest.raises(NoSuchImport):
        undo_import("import_nothing", by=as_system("tests"), at=at)


def test_a_guide_may_not_undo_imports(cast: dict[str, Any], tmp_path: Path, at: datetime) -> None:
    run = run_files(small_crm(tmp_path), at)
    with pytest.raises(RightMissing):
        undo_import(run.key, by=as_member(cast["priya"]), at=at)


def test_nothing_remains_of_more_rows_than_are_taken_out_at_once(tmp_path: Path, at: datetime) -> None:
    path = tmp_path / "leads.csv"
    lines = [f"l{number},New,Buyer {number},buyer{number}@firm{number}.example,,," for number in range(1_700)]
    path.write_text("Lead,Status,Name,Mail,Phone,Title,Source\n" + "\n".join(lines) + "\n")
    run = run_files([path], at)
    assert Lead.objects.filter(gone_at=None).count() == 1_700
    undo(run, at)
    assert set(visible().values()) == {0}
