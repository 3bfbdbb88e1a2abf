"""The letters at size: how long the standing takes to recompute, and how long the letters take to answer.

`python -m bench.letters [--leads 1000000] [--keep] [--explain] [--json]` on the configured server, in a
database of its own. Touches are three a lead, deals one in ten; rows are seeded by direct SQL.
"""

import argparse
import json
import os
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
import psycopg

DATABASE = "songsheet_bench_letters"
AT = datetime(2026, 5, 12, 10, 12, tzinfo=UTC)
BAR_LETTERS, BAR_STANDING = 0.8, 120.0

SEED = Path(__file__).with_suffix(".sql")


def prepare(leads: int, keep: bool) -> None:
    """Django on a database of the bench's own, seeded unless it is kept from the last run."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    given: Any = settings.DATABASES["default"]
    address: Any = {name.lower(): given[name] or None for name in ("HOST", "PORT", "USER", "PASSWORD")}
    with psycopg.connect(dbname="postgres", autocommit=True, **address) as direct:
        there = direct.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
        if not (keep and there):
            direct.execute(f"drop database if exists {DATABASE} with (force)")
            direct.execute(f"create database {DATABASE}")
    connection.close()
    connection.settings_dict["NAME"] = given["NAME"] = DATABASE
    from songsheet.config.prepare import ready
    from songsheet.leads.models import Lead

    ready()
    if not Lead.objects.exists():
        seed(leads)


def seed(leads: int) -> None:
    """A million leads in about a minute, without the journal."""
    from django.db import connection

    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
        for statement in SEED.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                cursor.execute(statement, {"leads": leads, "at": AT})
        cursor.execute("vacuum analyze")
    print(f"seeded in {time.monotonic() - began:.0f} s")


def measure(explain: bool) -> dict[str, float]:
    """Seconds of a full recomputation, of one that changes nothing, and of the letters (median of seven)."""
    from songsheet.desk import standing
    from songsheet.desk.letters.asked import Asked, limits_of
    from songsheet.desk.letters.count import explained
    from songsheet.desk.letters.letter import letters
    from songsheet.journal.sql import execute
    from songsheet.team.acting import as_system
    from songsheet.team.queries import house

    seen = {"recompute_s": _seconds(standing.refresh_all)}
    execute("vacuum analyze desk_standing")
    seen["recompute_unchanged_s"] = _seconds(standing.refresh_all)
    some = list(range(1, 10_001))
    seen["refresh_10000_s"] = _seconds(lambda: standing.refresh(some))
    times = [_seconds(lambda: letters(as_system("bench"), at=AT)) for _ in range(7)]
    seen["letters_s"] = statistics.median(times)
    seen["letters_worst_s"] = max(times)
    if explain:
        print(explained(Asked(), limits_of(house(), AT), house()))
    return {name: round(value, 3) for name, value in seen.items()}


def _seconds(do: Any) -> float:
    began = time.monotonic()
    do()
    return time.monotonic() - began


def main() -> None:
    """Seed, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=1_000_000)
    parser.add_argument("--keep", action="store_true", help="use the rows of the last run")
    parser.add_argument("--explain", action="store_true", help="print the plan of the letters' statement")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    prepare(asked.leads, asked.keep)
    seen = measure(asked.explain)
    if asked.json:
        print(json.dumps({"leads": asked.leads, **seen}))
    else:
        for name, value in seen.items():
            print(f"{name:24} {value:8.3f}")
        print(f"bars: letters ≤ {BAR_LETTERS} s, standing ≤ {BAR_STANDING:.0f} s")


if __name__ == "__main__":
    main()
