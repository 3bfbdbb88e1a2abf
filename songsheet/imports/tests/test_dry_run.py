"""Dry runs give the very counts that the run gives, and leave no trace."""

import random
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from songsheet.base import bulk
from songsheet.buyers.adopt import PersonRow, adopt_people
from songsheet.buyers.matching.refresh import keep
from songsheet.imports.models import Import
from songsheet.imports.tests.small import (
    FILES,
    LEADS,
    ROWS,
    changed,
    counts,
    run_files,
    small_crm,
    try_files,
    write,
)
from songsheet.team.acting import as_system

_EVERYTHING = """
    select table_name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'"""


def census() -> dict[str, int]:
    """How many rows each table of the database has."""
    return {
        name: bulk.rows(f"select count(*) from public.{name}")[0][0] for (name,) in bulk.rows(_EVERYTHING)
    }


@pytest.mark.django_db
def test_a_dry_run_gives_the_counts_of_the_run_and_leaves_no_trace(tmp_path: Path, at: datetime) -> None:
    paths = small_crm(tmp_path)
    connection.ensure_connection()
    before = census()
    tried = try_files(paths, at)
    assert census() == before
    run = run_files(paths, at)
    assert counts(tried) == counts(run) == (ROWS, 0, 0, 0)
    assert tried["by_kind"] == run.by_kind


@pytest.mark.django_db
def test_a_dry_run_over_what_is_there_knows_it(tmp_path: Path, at: datetime) -> None:
    run_files(small_crm(tmp_path), at)
    assert counts(try_files(small_crm(tmp_path), at)) == (0, 0, ROWS, 0)
    paths = small_crm(tmp_path, leads=changed("leads", "l2", "Title", "Cook"))
    assert counts(try_files(paths, at)) == (0, 1, ROWS - 1, 0)
    assert counts(run_files(paths, at)) == (0, 1, ROWS - 1, 0)


@pytest.mark.django_db
def test_a_dry_run_tells_who_is_known_and_who_looks_like_somebody(tmp_path: Path, at: datetime) -> None:
    rows = [PersonRow(name="Jane Smith", mails=("jane.smith@northgate.example",))]
    (jane,) = adopt_people(rows, by=as_system("tests"), at=at)
    keep()
    sent = [
        [number, name, mail, "", "", "", "2026-03-01", "New", "", "", "", ""]
        for number, name, mail in (
            ("z1", "Jane Smith", "jane.smith@northgate.example"),
            ("z2", "J. Smith", "jane.smith+desk@northgate.example"),
            ("z3", "Paul Long", "p.long@elsewhere.example"),
        )
    ]
    told = try_files([write(tmp_path, "leads.csv", LEADS, sent)], at)["like"]
    assert (told["met"], told["new"], told["looked"], told["count"]) == (1, 2, 2, 1)
    (example,) = told["examples"]
    assert (example["name"], example["like"], example["key"]) == ("J. Smith", "Jane Smith", jane.must[1])


@pytest.mark.django_db
def test_after_a_dry_run_the_real_tables_are_met_again(tmp_path: Path, at: datetime) -> None:
    try_files(small_crm(tmp_path), at)
    assert not Import.objects.exists()
    run_files(small_crm(tmp_path), at)
    assert Import.objects.count() == 1
    assert bulk.rows("select to_regclass('pg_temp.buyers_person')") == [(None,)]


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=some.integers(0, 2**32))
def test_over_random_small_crms_every_dry_run_is_right(seed: int, tmp_path: Path, at: datetime) -> None:
    chance = random.Random(seed)
    here = transaction.savepoint()
    for _ in range(3):
        paths = random_crm(tmp_path, chance)
        chance.shuffle(paths)
        tried, run = try_files(paths, at), run_files(paths, at)
        assert counts(tried) == counts(run)
        assert tried["by_kind"] == run.by_kind
    transaction.savepoint_rollback(here)


def random_crm(folder: Path, chance: random.Random) -> list[Path]:
    """Files full of people who share mails and phones, ids that come twice, and references that lead
    nowhere."""
    mails = ["", "", "ann@x.example", "bo@x.example", "bo@y.example; ann@y.example", "broken"]
    names = ["", "Ann Lee", "Bo Stone", "Kim Okafor"]
    accounts = [
        [
            f"a{chance.randrange(4)}",
            chance.choice(["Alder", "Alder Foods", ""]),
            chance.choice(["", "alder.example"]),
            "Food",
        ]
        for _ in range(chance.randrange(5))
    ]
    leads = [
        [
            chance.choice(["", *[f"l{n}" for n in range(6)]]), chance.choice(names), chance.choice(mails),
            chance.choice(["", "+44 20 7946 0018"]), chance.choice(["", "Cook"]), chance.choice(["",
            "Fair", "Web"]),
            chance.choice(["", "2026-03-01", "not a day"]), chance.choice(["New", "Working", "Junk", "Won"]),
            f"a{chance.randrange(5)}", chance.choice(["", "Olga Berg", "Somebody"]), chance.choice(["",
            "k1", "k9"]), "",
        ]
        for _ in range(chance.randrange(12))
    ]  # fmt: skip
    deals = [
        [
            f"d{chance.randrange(4)}", "Chairs", chance.choice(["", "5", "1,000"]),
            chance.choice(["Talks", "Won"]), "2026-03-05", "",
            chance.choice(["Open", "Won", "Lost"]), f"l{chance.randrange(8)}", f"a{chance.randrange(5)}",
            "Olga Berg",
        ]
        for _ in range(chance.randrange(6))
    ]  # fmt: skip
    given: dict[str, list[list[str]]] = {"accounts": accounts, "leads": leads, "deals": deals}
    made = [
        write(folder, f"{name}.csv", FILES[f"{name}.csv"][0], rows) for name, rows in given.items() if rows
    ]
    return [*made, write(folder, "users.csv", *FILES["users.csv"])]


def test_nobody_waits_for_a_dry_run(own_database: str, tmp_path: Path, at: datetime) -> None:
    run_files(small_crm(tmp_path), at)
    paths = small_crm(tmp_path, leads=changed("leads", "l1", "Title", "Queen"))
    took: list[str] = []

    def meanwhile() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("set lock_timeout = 200")
                cursor.execute("update buyers_person set title = 'King' where name = 'Suzanne Okafor'")
            rows = [
                PersonRow(name="Suzanne Okafor", mails=("s.okafor@brightwater.example",), title="Emperor")
            ]
            took.append(adopt_people(rows, by=as_system("tests"), at=at)[0].outcome)
        finally:
            connections.close_all()

    def told(run: Any) -> None:
        if not took:
            thread = threading.Thread(target=meanwhile)
            thread.start()
            thread.join()

    from songsheet.imports.actions import dry_run
    from songsheet.imports.choosing import house_of_files
    from songsheet.imports.planning import plan
    from songsheet.imports.tests.small import MAPPING

    dry_run(plan(paths, MAPPING, house_of_files()), by=as_system("tests"), at=at, told=told)
    assert took == ["updated"]
