"""The pages of imports: sent, looked at, put right, tried, run, reported, undone."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from songsheet.buyers.matching.refresh import keep
from songsheet.imports import jobs
from songsheet.imports.models import Import
from songsheet.imports.store import folder_of
from songsheet.imports.tests.small import run_files, small_crm
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member

pytestmark = pytest.mark.django_db
LEADS = (
    b"Name,E-Mail,Created,Colour\nAnn Lee,ann@x.example,2026-03-01,red\nBo Stone,not a mail,2026-03-02,=1+1\n"
)


@pytest.fixture
def amara(cast: dict[str, Any]) -> Client:
    client = Client()
    client.force_login(cast["amara"])
    return client


def sent(client: Client, content: bytes = LEADS, name: str = "leads.csv") -> Import:
    answer = client.post("/imports/new", {"files": [SimpleUploadedFile(name, content)]})
    assert answer.status_code == 302, answer.content[:500]
    return Import.objects.get(key=answer["Location"].rsplit("/", 1)[1])


def page(client: Client, run: Import) -> str:
    answer = client.get(f"/imports/{run.key}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_files_that_were_sent_are_shown_as_they_would_be_taken(amara: Client) -> None:
    run = sent(amara)
    shown = page(amara, run)
    assert run.state == "draft"
    assert "Ann Lee" in shown
    assert "is not a mail address" in shown
    assert not Lead.objects.exists()


def test_a_cell_put_right_on_the_page_lands_as_it_was_put(amara: Client) -> None:
    run = sent(amara)
    amara.post(f"/imports/{run.key}/setup", {"cell:0:3:1": "bo@x.example"}, headers={"HX-Target": "setup"})
    assert "is not a mail address" not in page(amara, run)
    amara.post(f"/imports/{run.key}/start")
    jobs.go_on_with(key=run.key)
    run.refresh_from_db()
    assert (run.state, run.created, run.rejected) == ("finished", 2, 0)
    assert Lead.objects.filter(person__mails__address="bo@x.example").exists()


def test_columns_and_kind_are_chosen_on_the_page(amara: Client) -> None:
    run = sent(amara, b"Wer,Wo\nAnn Lee,Alder Foods\n", "daten.csv")
    amara.post(f"/imports/{run.key}/setup", {"kind:0": "person"})
    amara.post(
        f"/imports/{run.key}/setup", {"kind:0": "person", "column:0:0": "name", "column:0:1": "company"}
    )
    amara.post(f"/imports/{run.key}/start")
    jobs.go_on_with(key=run.key)
    from songsheet.buyers.models import Person

    person = Person.objects.get()
    assert (person.name, str(person.company)) == ("Ann Lee", "Alder Foods")


def test_a_dry_run_shows_its_counts_and_the_run_keeps_them(amara: Client) -> None:
    run = sent(amara)
    amara.post(f"/imports/{run.key}/check")
    run.refresh_from_db()
    assert run.state == "checking"
    assert 'hx-trigger="every 1s"' in page(amara, run)
    jobs.check_import(key=run.key)
    run.refresh_from_db()
    assert (run.state, run.checked["created"], run.checked["rejected"]) == ("draft", 1, 1)
    assert "What a run will give" in page(amara, run)
    assert not Lead.objects.exists()


def test_rejected_rows_are_downloaded_without_anything_a_spreadsheet_would_run(amara: Client) -> None:
    run = sent(amara)
    amara.post(f"/imports/{run.key}/start")
    jobs.go_on_with(key=run.key)
    assert "Download them all" in page(amara, run)
    answer = amara.get(f"/imports/{run.key}/rejected.csv")
    text = b"".join(answer).decode("utf-8-sig")
    assert "'=1+1" in text
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_import_is_undone_with_one_button(amara: Client) -> None:
    run = sent(amara)
    amara.post(f"/imports/{run.key}/start")
    jobs.go_on_with(key=run.key)
    amara.post(f"/imports/{run.key}/undo")
    run.refresh_from_db()
    assert run.state == "undoing"
    jobs.undo_kept_import(key=run.key)
    run.refresh_from_db()
    assert run.state == "undone"
    assert not Lead.objects.filter(gone_at=None).exists()
    assert amara.post(f"/imports/{run.key}/undo").status_code == 409


def test_a_job_that_runs_twice_or_finds_nothing_to_do_changes_nothing(amara: Client) -> None:
    run = sent(amara)
    jobs.go_on_with(key=run.key)
    jobs.check_import(key=run.key)
    run.refresh_from_db()
    assert run.state == "draft"
    amara.post(f"/imports/{run.key}/start")
    jobs.go_on_with(key=run.key)
    jobs.go_on_with(key=run.key)
    jobs.take_over(timestamp=0)
    run.refresh_from_db()
    assert (run.state, run.rows) == ("finished", 2)


def test_what_a_killed_worker_left_is_taken_over(amara: Client, at: datetime) -> None:
    run = sent(amara)
    amara.post(f"/imports/{run.key}/start")
    Import.objects.filter(key=run.key).update(state="running", heard_at=at)
    jobs.take_over(timestamp=0)
    run.refresh_from_db()
    assert (run.state, run.created) == ("finished", 1)


def test_a_file_that_is_no_table_is_refused_and_nothing_is_kept(amara: Client) -> None:
    answer = amara.post("/imports/new", {"files": [SimpleUploadedFile("a.pdf", b"%PDF-1.4 nothing")]})
    assert answer.status_code == 422
    assert b"a PDF" in answer.content
    assert not Import.objects.exists()


def test_a_draft_is_thrown_away_with_its_files(amara: Client) -> None:
    run = sent(amara)
    amara.post(f"/imports/{run.key}/discard")
    assert not Import.objects.exists()
    assert not list(folder_of(run.key).iterdir())


def test_the_mapping_is_saved_and_reads_the_same_file_again(amara: Client, tmp_path: Path) -> None:
    from songsheet.imports.mapping import Mapping

    run = sent(amara)
    saved = tmp_path / "own.toml"
    saved.write_bytes(amara.get(f"/imports/{run.key}/mapping.toml").content)
    assert Mapping.load(saved).files[0].name == "lead"


def test_the_list_names_every_import_and_a_guide_sees_none(
    amara: Client, cast: dict[str, Any], tmp_path: Path, at: datetime
) -> None:
    run = run_files(small_crm(tmp_path), at)
    assert run.key in amara.get("/imports").content.decode()
    guide = Client()
    guide.force_login(cast["priya"])
    for path in ("/imports", "/imports/new", f"/imports/{run.key}", f"/imports/{run.key}/rejected.csv"):
        assert guide.get(path).status_code == 403, path
    for act in ("setup", "check", "start", "again", "undo", "discard"):
        assert guide.post(f"/imports/{run.key}/{act}").status_code == 403, act


def test_files_come_in_by_the_api_too(cast: dict[str, Any], amara: Client, at: datetime) -> None:
    from songsheet.team.actions import issue_key

    _, secret = issue_key(member=cast["amara"], scopes=["import"], by=as_member(cast["amara"]), at=at)
    headers = {"Authorization": f"Bearer {secret}"}
    answer = Client().post(
        "/api/v1/imports", {"files": [SimpleUploadedFile("leads.csv", LEADS)]}, headers=headers
    )
    assert answer.status_code == 202, answer.content
    key = answer.json()["key"]
    jobs.go_on_with(key=key)
    told = Client().get(f"/api/v1/imports/{key}", headers=headers).json()
    assert (told["state"], told["rows"], told["created"], told["rejected"]) == ("finished", 2, 1, 1)
    assert Client().post(f"/api/v1/imports/{key}/undo", headers=headers).status_code == 202
    assert Import.objects.get(key=key).state == "undoing"


def test_the_report_says_how_many_look_like_somebody_who_is_known(amara: Client) -> None:
    for content in (LEADS, b"Name,E-Mail,Created,Colour\nA. Lee,ann+crm@x.example,2026-03-03,red\n"):
        run = sent(amara, content)
        amara.post(f"/imports/{run.key}/start")
        jobs.go_on_with(key=run.key)
    assert "looks like somebody you have" not in page(amara, run)
    keep()
    assert "1 person it made looks like somebody you have" in page(amara, run)
