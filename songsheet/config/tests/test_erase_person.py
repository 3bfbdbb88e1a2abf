"""I11: after erasure no query reaches a person's values; after the vacuum no file holds them, and no restored
backup either."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage

from songsheet.buyers.errors import NoSuchPerson
from songsheet.buyers.models import Person
from songsheet.config.cli import erase as erasing
from songsheet.config.personal import PERSONAL
from songsheet.config.tests.planting import MARK, files_with_marks, mark, plant, tables_with_marks
from songsheet.doors.models import KeptAnswer
from songsheet.files.models import Blob
from songsheet.flows.erase_person import erase_person, noted_outside
from songsheet.flows.erase_registry import by_table
from songsheet.flows.erase_rows import of_person
from songsheet.flows.erase_whose import whose
from songsheet.flows.events import PersonTakenOut
from songsheet.flows.export_person import export_person
from songsheet.journal.check import run
from songsheet.journal.events import PersonErased
from songsheet.journal.sealed import erased
from songsheet.journal.sql import rows
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.models import Lead
from songsheet.notices.models import Notice
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import issue_key
from songsheet.team.errors import RightMissing
from songsheet.touches.models import Touch


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of the test's own, for files alone."""
    default_storage.path("x")  # so that there is something to put back
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=tmp_path))
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path / "files"))
    return tmp_path


def erase(key: str, at: datetime) -> Any:
    return erase_person(key, by=as_system("tests"), at=at)


def test_no_query_reaches_the_values_of_an_erased_person(own_database: str, at: datetime, home: Path) -> None:
    key = plant(at, home)
    before = tables_with_marks()
    assert {
        "buyers_person", "imports_before", "flows_mending", "procrastinate_jobs", "find_found", "find_word",
        "journal_entry", "flows_bulkrow", "beside_delivery", "team_savedview",
    } <= set(before)  # fmt: skip
    assert {"touches_attachment", "touches_notebefore"} <= set(before)
    assert [one.split("/")[1] for one in files_with_marks(home / "files")] != []
    erase(key, at)
    assert tables_with_marks() == []
    assert files_with_marks(home / "files") == []
    assert (Blob.objects.count(), Notice.objects.count()) == (0, 0)
    assert run(full=True) == []
    assert_recorded(PersonErased, person=key)


def test_rows_keep_their_keys_and_what_is_others_stays(own_database: str, at: datetime, home: Path) -> None:
    key = plant(at, home)
    numbers = (Lead.objects.count(), Touch.objects.count(), Person.objects.count())
    erase(key, at)
    assert (Lead.objects.count(), Touch.objects.count(), Person.objects.count()) == numbers
    person = Person.objects.get(key=key)
    assert (person.name, person.custom, person.gone_at) == ("", {}, at)
    assert Person.objects.filter(name="Ben Stone", title="Keeper").exists()
    assert KeptAnswer.objects.get().body == "{}"
    assert rows("select args from procrastinate_jobs where task_name = 'planted'")[0][0] in (
        {"to": "", "keep": "this"},
        '{"to": "", "keep": "this"}',
    )
    assert (home / "served.log").read_text() == "kept line\n"
    assert not (home / "mail" / "1.eml").exists()
    (sent,) = home.rglob("sent/*/leads.csv")
    assert MARK not in sent.read_text().lower()
    assert "Ben Stone" in sent.read_text()
    assert len(sent.read_text().splitlines()) == 4


def test_an_erasure_is_recorded_once_and_noted_outside(own_database: str, at: datetime, home: Path) -> None:
    key = plant(at, home)
    erase(key, at)
    erase(key, at)
    theirs = {key, *Person.objects.filter(root__key=key).values_list("key", flat=True)}
    assert len(recorded(PersonErased)) == len(theirs) == 3
    assert {one for one, _ in erased()} == set(noted_outside(home / "erasures")) == theirs


def test_a_list_is_erased_one_by_one_and_who_is_not_there_keeps_nobody_back(
    own_database: str, at: datetime, home: Path
) -> None:
    key = plant(at, home)
    (home / "asked.txt").write_text(f"# asked in May\nperson_x\n\n{key}  # by letter\n{key}\n")
    keys = erasing.chosen((), home / "asked.txt")
    assert keys == ["person_x", key]
    done = erasing.erase(keys)
    assert (done["erased"][0], len(done["erased"])) == (key, 3)
    assert list(done["refused"]) == ["person_x"]
    assert len(recorded(PersonErased)) == 3


def test_only_who_may_erases_and_takes_out(cast: dict[str, Any], at: datetime, home: Path) -> None:
    for name in ("tom", "priya"):
        with pytest.raises(RightMissing):
            erase_person("person_x", by=as_member(cast[name]), at=at)
        with pytest.raises(RightMissing):
            export_person("person_x", by=as_member(cast[name]), at=at)
    with pytest.raises(NoSuchPerson):
        erase_person("person_x", by=as_system("tests"), at=at)


def test_an_export_holds_every_planted_value(own_database: str, at: datetime, home: Path) -> None:
    key = plant(at, home)
    taken = json.dumps(export_person(key, by=as_system("tests"), at=at))
    for where in (
        "title", "custom", "person id", "do not call", "wants", "deal", "step", "subject", "text",
        "task", "note", "before", "file name", "evidence", "sealed", "rejected",
    ):  # fmt: skip
        assert f"{MARK} {where}" in taken, where
    assert b64encode(f"%PDF-1.7 {MARK} bytes of a file".encode()).decode() in taken


@pytest.mark.django_db
def test_each_way_to_a_person_in_the_registry_is_sql_that_runs() -> None:
    for table, columns in by_table("empty", "delete").items():
        for personal in columns.values():
            rows(f"select 1 from {table} it where {of_person(personal)}", whose(0).values)
    assert {one.erasure for one in PERSONAL.values()} == {"empty", "delete", "scrub", "ours"}


def songsheet(home: Path, *words: str, module: str = "songsheet") -> Any:
    """A command in a home of its own; its answer as JSON."""
    environ = {name: value for name, value in os.environ.items() if "SONGSHEET" not in name}
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env={**environ, "SONGSHEET_HOME": str(home)}, capture_output=True, text=True, check=False,
        cwd=settings.PACKAGE.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.slow
def test_after_the_vacuum_no_file_holds_the_bytes_and_no_restored_backup(tmp_path: Path) -> None:
    """An own server in an own home: what a disk would show."""
    home = tmp_path / "home"
    planting = "songsheet.config.tests.planting"
    planted = songsheet(home, "plant", module=planting)
    assert any(name.startswith("postgres/base/") for name in planted["files"])
    assert any(name.startswith("postgres/pg_wal/") for name in planted["files"])
    backup = tmp_path / "backup"
    songsheet(home, "backup", str(backup), "--json")
    songsheet(home, "erase", planted["key"], "--yes", "--json")
    vacuumed = songsheet(home, "vacuum", "--json")
    assert vacuumed["remains"] == []
    assert songsheet(home, "search", module=planting) == {"tables": [], "files": []}

    restored = songsheet(home, "restore", str(backup), "--replace", "--json")
    assert planted["key"] in restored["erased_again"]
    assert len(restored["erased_again"]) == 3
    assert restored["offences"] == []
    found = songsheet(home, "search", module=planting)
    assert found["tables"] == []
    assert not [name for name in found["files"] if name.startswith("files")]


def test_the_page_erases_once_the_word_was_typed(
    cast: dict[str, Any], at: datetime, home: Path, client: Any
) -> None:
    key = plant(at, home)
    client.force_login(cast["ruth"])
    address = f"/buyers/{key}/erase"
    assert b"Type erase to confirm" in client.get(address).content
    assert client.post(address, {"word": "yes"}).status_code == 422
    assert Person.objects.get(key=key).name
    assert client.get(f"/buyers/{key}/export").json()["person"] == key
    assert client.post(address, {"word": "Erase"}).status_code == 302
    assert not Person.objects.get(key=key).name
    client.force_login(cast["tom"])
    assert client.get(address).status_code == 403


def test_the_api_takes_out_and_erases(cast: dict[str, Any], at: datetime, home: Path, client: Any) -> None:
    key = plant(at, home)
    member = cast["ruth"]
    _, secret = issue_key(member=member, scopes=["admin"], by=as_system("tests"), at=at)
    given = {"headers": {"Authorization": f"Bearer {secret}", "Idempotency-Key": "once"}}
    taken = client.get(f"/api/v1/people/{key}/export", **given).json()
    assert taken["records"][0] == key, taken
    assert_recorded(PersonTakenOut, person=key)
    assert taken["tables"]["buyers_person"][0]["title"] == mark("merged")
    first = client.delete(f"/api/v1/people/{key}", **given)
    assert first.json()["people"] == taken["records"]
    assert client.delete(f"/api/v1/people/{key}", **given).content == first.content
    assert tables_with_marks() == []
