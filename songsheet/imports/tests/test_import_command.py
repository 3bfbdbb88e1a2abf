"""`songsheet import`: one object on standard output, words on standard error, and no traceback whatever it
is given."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from songsheet.imports.tests.small import LEADS, MAPPING, ROWS, small_crm, write


@pytest.fixture
def command(own_database: str, tmp_path: Path) -> Any:
    """Runs `songsheet import …` in a process of its own; gives exit code, the object, and what was said."""
    given = settings.DATABASES["default"]
    url = f"postgresql://{given['USER']}@/{own_database}?host={given['HOST']}"
    env = {**os.environ, "DATABASE_URL": url, "SONGSHEET_HOME": str(settings.ENVIRONMENT.home)}
    MAPPING.save(tmp_path / "small.toml")

    def run(*words: object) -> tuple[int, Any, str]:
        done = subprocess.run(
            [sys.executable, "-m", "songsheet", "import", *map(str, words)],
            env=env, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr

    return run


def test_dry_run_run_again_and_undo_give_one_object_each(command: Any, tmp_path: Path) -> None:
    folder = tmp_path / "crm"
    small_crm(folder)
    (folder / "other.csv").write_text("colour,taste\nred,sweet\n")
    code, tried, _ = command(folder, "--map", tmp_path / "small.toml", "--dry-run", "--json")
    assert (code, tried["import"], tried["rows"], tried["created"]) == (0, None, ROWS, ROWS)
    code, done, said = command(folder, "--map", tmp_path / "small.toml", "--json")
    assert code == 0
    assert {name: done[name] for name in ("rows", "created", "updated", "unchanged", "rejected")} == {
        "rows": ROWS, "created": ROWS, "updated": 0, "unchanged": 0, "rejected": 0,
    }  # fmt: skip
    assert done["import"].startswith("import_")
    assert done["rejects_file"] is None
    assert done["by_kind"]["lead"]["created"] == 4
    assert "Not read: other.csv" in said
    code, again, _ = command(folder, "--map", tmp_path / "small.toml", "--json")
    assert (code, again["unchanged"]) == (0, ROWS)
    code, undone, _ = command("undo", done["import"], "--json")
    assert (code, undone["import"], undone["stayed"]) == (0, done["import"], 0)
    assert command("undo", done["import"])[0] == 1


def test_bad_rows_come_back_in_a_file_and_good_rows_land(command: Any, tmp_path: Path) -> None:
    big = "x" * 1_000_000
    rows = [
        ["l1", "Good One", "good@x.example", "", "", "Web", "2026-03-01", "New", "", "", "", "=1+1"],
        ["l2", "Bad Day", "", "", "", "Web", "32 March", "New", "", "", "", "=cmd()"],
        ["", "No Id", "", "", "", "Web", "2026-03-01", "New", "", "", "", ""],
        ["l4", big, "", "", "", "Web", "2026-03-01", "New", "", "", "", ""],
        ["l5", "Nul \x00 inside", "", "", "", "Web", "2026-03-01", "New", "", "", "", ""],
        ["l6", "Short"],
    ]
    path = write(tmp_path, "leads.csv", LEADS, rows)
    code, done, _ = command(path, "--map", tmp_path / "small.toml", "--json")
    assert (code, done["rows"], done["created"], done["rejected"]) == (0, 6, 1, 5)
    import csv

    with Path(done["rejects_file"]).open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert [(one["file"], one["row"], one["column"]) for one in found] == [
        ("leads.csv", "3", "Created"), ("leads.csv", "4", "Lead"), ("leads.csv", "5", "Name"),
        ("leads.csv", "6", "Name"), ("leads.csv", "7", ""),
    ]  # fmt: skip
    assert all(one["reason"] for one in found)
    assert (found[0]["Name"], found[0]["Created"], found[0]["Shoe size"]) == ("Bad Day", "32 March", "=cmd()")


def test_what_cannot_be_read_is_refused_in_words(command: Any, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    wide = tmp_path / "wide.csv"
    wide.write_text(",".join(f"c{n}" for n in range(1_000_000)) + "\n")
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    cut_off = tmp_path / "cut.xlsx"
    cut_off.write_bytes(bomb.read_bytes()[:1_000])
    folder = tmp_path / "nothing"
    folder.mkdir()
    broken = tmp_path / "broken.toml"
    broken.write_text("name = [")
    small = small_crm(tmp_path / "crm")[0]
    for words in (
        [empty], [wide], [bomb], [cut_off], [folder], [tmp_path / "missing.csv"], [small, "--map", broken],
        [small, "--map", tmp_path / "missing.toml"], [small, "--preset", "nobody"], ["undo", "import_nobody"],
    ):  # fmt: skip
        code, answer, said = command(*words, "--json")
        assert (code, answer) == (1, None), (words, said)
        assert len(said.strip().splitlines()[-1]) > 20


def test_wrong_usage_is_told_as_such(command: Any, tmp_path: Path) -> None:
    for words in ([], ["undo"], ["a.csv", "--preset", "zoho", "--map", "x.toml"], ["--nothing"]):
        assert command(*words)[0] == 2, words


def test_files_of_nobody_we_know_are_guessed(command: Any, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "leads.csv",
        ["Name", "E-Mail", "Source"],
        [["Ann Lee", "ann@x.example", "Fair"], ["Bo", "bo@x.example", "Web"]],
    )
    code, done, said = command(path, "--json")
    assert (code, done["created"]) == (0, 2)
    assert "Guessed" in said


def test_dates_that_can_be_read_two_ways_are_asked_for(command: Any, tmp_path: Path) -> None:
    path = write(
        tmp_path, "leads.csv", LEADS, [["l1", "Ann", "", "", "", "Web", "03/04/2026", "New", "", "", "", ""]]
    )
    code, _, said = command(path, "--map", tmp_path / "small.toml")
    assert code == 1
    assert "dmy" in said
    code, done, _ = command(path, "--map", tmp_path / "small.toml", "--date-order", "dmy", "--json")
    assert (code, done["created"]) == (0, 1)
