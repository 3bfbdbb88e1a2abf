"""A backup is whole although everything goes on; a restore puts it back, and nothing is lost on the way."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from psycopg import sql

from songsheet.buyers.models import Person
from songsheet.config.backup import databases
from songsheet.config.backup.make import prune
from songsheet.files.actions import keep
from songsheet.files.store import stored_in
from songsheet.journal.queries import head
from songsheet.journal.sql import rows

pytestmark = pytest.mark.slow


class Home:
    """A data directory of its own, with the test's database."""

    def __init__(self, folder: Path, database: str) -> None:
        given = settings.DATABASES["default"]
        self.folder = folder
        self.environ = {
            **{name: value for name, value in os.environ.items() if "SONGSHEET" not in name},
            "SONGSHEET_HOME": str(folder),
            "DATABASE_URL": f"postgresql://{given['USER']}@/{database}?host={given['HOST']}",
        }

    def start(self, *words: str, **given: Any) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", *words], env=self.environ, text=True, cwd=settings.PACKAGE.parent,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **given,
        )  # fmt: skip

    def run(self, *words: str, status: int = 0) -> Any:
        """A command; its JSON, or what it said where that is not to go well."""
        process = self.start("songsheet", *words)
        out, said = process.communicate(timeout=300)
        assert process.returncode == status, said[-3000:]
        return json.loads(out) if not status and out.startswith("{") else said


@pytest.fixture
def home(tmp_path: Path, own_database: str) -> Iterator[Home]:
    yield Home(tmp_path / "home", own_database)
    with databases.outside() as server:
        aside = server.execute(
            "select datname from pg_database where datname like %s", [f"{own_database}\\_%"]
        ).fetchall()
        for (name,) in aside:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_a_backup_under_load_comes_back_whole_up_to_its_position(
    home: Home, tmp_path: Path, at: datetime
) -> None:
    (home.folder / "files" / "imports").mkdir(parents=True)
    (home.folder / "files" / "imports" / "rejected.csv").write_text("a,b\n")
    with stored_in(home.folder / "files"):
        blob = keep(ContentFile(b"the offer", "offer.txt"), at=at)
    load = home.start("songsheet.config.tests.loading", "1")
    assert load.stdout
    before = [load.stdout.readline().strip() for _ in range(20)]
    made = home.run("backup", str(tmp_path / "backup"), "--json")
    load.kill()
    after = load.communicate()[0].split()
    assert (made["verified"], made["offences"]) == (True, [])
    assert len(after) > 5, "nothing was written while it was backed up"
    at_the_end = head()
    assert at_the_end > made["position"]
    connection.close()

    (home.folder / "files" / "imports" / "rejected.csv").write_text("changed")
    (home.folder / "files" / blob.place).unlink()
    restored = home.run("restore", str(tmp_path / "backup"), "--replace", "--json")
    connection.close()
    assert head() == made["position"] == restored["position"]
    assert Person.objects.filter(key__in=before).count() == len(before)
    assert Person.objects.count() == rows("select count(*) from journal_entry where kind = %s", [
        "buyers.person_met"])[0][0]  # fmt: skip
    assert (home.folder / "files" / "imports" / "rejected.csv").read_text() == "a,b\n"
    assert (home.folder / "files" / blob.place).read_bytes() == b"the offer"
    assert restored["offences"] == []
    with databases.plain(restored["aside"]) as aside:
        assert aside.execute("select position from journal_head").fetchone() == (at_the_end,)


def test_what_is_there_is_not_overwritten_and_what_was_changed_is_refused(home: Home, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    home.run("backup", str(backup), "--no-verify", "--json")
    assert "never replaces" in home.run("backup", str(backup), status=1)
    assert "--replace" in home.run("restore", str(backup), status=1)
    manifest = json.loads((backup / "manifest.json").read_text())
    file = next(backup.glob("database/*.gz"))
    file.write_bytes(file.read_bytes() + b"x")
    assert "was changed or is not whole" in home.run("restore", str(backup), "--replace", status=1)
    file.unlink()
    assert "not whole" in home.run("restore", str(backup), "--replace", status=1)
    manifest["migrations"]["leads"].append("9999_from_tomorrow")
    (backup / "manifest.json").write_text(json.dumps(manifest))
    assert "does not know" in home.run("restore", str(backup), "--replace", status=1)
    assert "no backup" in home.run("restore", str(tmp_path), "--replace", status=1)


def test_a_restore_waits_until_nobody_is_connected(home: Home, tmp_path: Path) -> None:
    home.run("backup", str(tmp_path / "backup"), "--no-verify", "--json")
    assert rows("select 1")  # this process is connected
    assert "Stop `songsheet serve`" in home.run("restore", str(tmp_path / "backup"), "--replace", status=1)


def test_a_backup_of_what_is_broken_is_kept_and_says_so(home: Home, tmp_path: Path, at: datetime) -> None:
    Person.objects.create(name="Nobody told", met_at=at)
    said = home.run("backup", str(tmp_path / "backup"), status=1)
    assert "no entry says how it came" in said
    assert (tmp_path / "backup" / "manifest.json").exists()


def test_old_backups_go_but_never_the_newest(tmp_path: Path, settings: Any) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    for name, days in (("a", 90), ("b", 40), ("c", 35)):
        folder = tmp_path / "backups" / name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}")
        then = time.time() - days * 86_400
        os.utime(folder, (then, then))
    assert [path.name for path in prune(30)] == ["a", "b"]
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["c"]
