"""An import that is killed goes on where it stood: nothing is taken twice, nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from songsheet.base import bulk
from songsheet.imports.actions import begin, held, run_import
from songsheet.imports.errors import ImportUnderWay
from songsheet.imports.models import Import
from songsheet.imports.store import rejects_path
from songsheet.imports.tests.small import LEADS, MAPPING, counts, run_files, small_crm, write
from songsheet.leads.models import Lead
from songsheet.team.acting import as_system

LINES = 3_000
#: Runs an import in a process of its own, one of ten slices a second, so that it can be killed in the middle.
_SLOWLY = """
import sys, time
import django
django.setup()
from songsheet.imports.actions import run_import
from songsheet.imports import runner
from songsheet.team.queries import now
runner.MOST = 100
def told(run):
    print(run.rows, flush=True)
    time.sleep(0.05)
run_import(sys.argv[1], at=now(), told=told)
"""


def many_leads(folder: Path) -> Path:
    rows = [
        [
            f"l{n}",
            f"Person {n}",
            f"p{n}@x.example",
            "",
            "",
            "Web",
            "no day" if n % 10 == 0 else "2026-03-01",
            "New",
            "",
            "Olga",
            "",
            "",
        ]
        for n in range(LINES)
    ]
    return write(folder, "leads.csv", LEADS, rows)


def test_a_killed_import_goes_on_and_every_row_is_taken_once(
    own_database: str, tmp_path: Path, at: datetime
) -> None:
    run, _ = begin([many_leads(tmp_path)], MAPPING, by=as_system("tests"), at=at)
    for kill_after in (600, 1_500):
        _killed(own_database, run.key, kill_after)
        run.refresh_from_db()
        assert run.state == "running"
        assert kill_after <= run.rows < LINES
    # As a killed process may leave it: rows written to the file whose transaction never ended.
    with rejects_path(run.key).open("a") as file:
        file.write("leads.csv,9999,Created,half written")
    run = run_import(run.key, at=at)
    assert run.state == "finished"
    assert counts(run) == (LINES * 9 // 10, 0, 0, LINES // 10)
    assert Lead.objects.filter(external_id__startswith="l").count() == LINES * 9 // 10
    came = bulk.rows("select count(*) from journal_entry where kind = 'leads.lead_came'")
    assert came == [(LINES * 9 // 10,)]
    assert len(rejects_path(run.key).read_text().splitlines()) == LINES // 10 + 1


def _killed(database: str, key: str, after: int) -> None:
    given = settings.DATABASES["default"]
    url = f"postgresql://{given['USER']}@/{database}?host={given['HOST']}"
    env = {**os.environ, "DATABASE_URL": url, "SONGSHEET_HOME": str(settings.ENVIRONMENT.home)}
    with subprocess.Popen(
        [sys.executable, "-c", _SLOWLY, key], stdout=subprocess.PIPE, text=True, env=env
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= after:
                os.kill(process.pid, signal.SIGKILL)
                break
        process.wait()
        assert process.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        sessions = bulk.rows("select count(*) from pg_locks where locktype = 'advisory' and granted")
        if sessions == [(0,)]:
            return
        time.sleep(0.05)


@pytest.mark.django_db
def test_the_same_files_given_again_go_on_with_the_interrupted_import(tmp_path: Path, at: datetime) -> None:
    paths = small_crm(tmp_path)
    begun, _ = begin(paths, MAPPING, by=as_system("tests"), at=at)
    Import.objects.filter(key=begun.key).update(state="running")
    again, _ = begin(paths, MAPPING, by=as_system("tests"), at=at)
    assert again.key == begun.key
    other, _ = begin(paths[:2], MAPPING, by=as_system("tests"), at=at)
    assert other.key != begun.key


def test_two_processes_never_run_one_import(own_database: str, tmp_path: Path, at: datetime) -> None:
    run, _ = begin(small_crm(tmp_path), MAPPING, by=as_system("tests"), at=at)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(8370213, %s)", [run.pk])
        with pytest.raises(ImportUnderWay), held(run.key):
            pass
    finally:
        other.close()
    assert run_import(run.key, at=at).state == "finished"


@pytest.mark.django_db
def test_a_finished_import_is_not_run_again(tmp_path: Path, at: datetime) -> None:
    run = run_files(small_crm(tmp_path), at)
    assert run_import(run.key, at=at).counts == run.counts
