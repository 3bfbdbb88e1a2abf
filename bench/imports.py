"""An import of leads on a base of people: seconds, rows a second, peak memory of both processes, and the phases.

`python -m bench.imports [--leads 100000] [--people 1000000] [--only import] [--json]` on the configured server, in a database of its own.
"""

import argparse
import cProfile
import csv
import json
import os
import pstats
import resource
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

DATABASE = "songsheet_bench_imports"
#: A bar per measure: seconds for 100,000 leads, for a million, megabytes.
BARS = {"dry run": (40.0, 400.0), "import": (60.0, 720.0), "again": (60.0, 600.0)}
MANY = 1_000_000
MEMORY = 600.0
PHASES = {
    "reading": ("imports/reading", "imports/records", "imports/values", "imports/feed"),
    "finding": ("imports/taking", "imports/seen", "imports/standing"),
    "adopting": ("base/adopting", "base/chunks", "buyers/", "leads/", "touches/", "deals/"),
    "journal": ("journal/",),
    "database": ("psycopg", "base/bulk", "django/db"),
}


def prepare() -> None:
    """Django on the bench database, fresh."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    django.setup()
    import psycopg
    from django.db import connection

    given = connection.settings_dict
    with psycopg.connect(
        dbname="postgres", host=given["HOST"] or None, port=given["PORT"] or None, user=given["USER"] or None,
        password=given["PASSWORD"] or None, autocommit=True,
    ) as direct:  # fmt: skip
        direct.execute(f"drop database if exists {DATABASE} with (force)")
        direct.execute(f"create database {DATABASE}")
    given["NAME"] = DATABASE
    from songsheet.config.prepare import ready

    ready()


def base_of(people: int) -> None:
    """So many people with a mail and a lead each, written past the actions: only their mass matters here."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """insert into buyers_person (key, name, given_name, family_name, name_folded, title, language, custom, met_at,
                                          version)
               select 'person_' || lpad(n::text, 26, '0'), 'Base Person ' || n, 'Base', 'Person ' || n,
                      'base person ' || n, '', '', '{}', timestamptz '2024-01-01' + n * interval '1 minute', 1
                 from generate_series(1, %s) n""",
            [people],
        )
        cursor.execute(
            "insert into buyers_mail (person_id, address) select id, 'base' || id || '@base.example' from buyers_person"
        )
        cursor.execute(
            """insert into leads_lead (key, person_id, state, queue_id, came_at, is_dated, contacted_elsewhere, wants, tier,
                                       deal_seeker, end_reason, at_rest, system, external_id, custom, version)
               select 'lead_' || lpad(id::text, 26, '0'), id, 'new', (select min(id) from leads_queue), met_at, true, false,
                      '', '', false, '', true, 'base', id::text, '{}', 1 from buyers_person"""
        )
        cursor.execute("analyze")


def write_leads(path: Path, leads: int) -> None:
    """An export of leads: names, mails, phones, companies, owners, sources; one in twenty is known already."""
    sources, states = (
        ("Web", "Fair", "Referral", "Partner"),
        ("New", "Contacted", "Junk Lead", "Pre Qualified"),
    )
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(
            ["Lead Id", "First Name", "Last Name", "Company", "Email", "Mobile", "Lead Source", "Lead Status",
             "Created Time", "Lead Owner", "Industry", "Title"]
        )  # fmt: skip
        for n in range(leads):
            mail = f"base{n + 1}@base.example" if n % 20 == 0 else f"lead{n}@company{n // 5}.example"
            out.writerow(
                [f"L{n}", f"Ann{n % 997}", f"Berg{n}", f"Company {n // 5}", mail, f"+4420794{n % 100000:05}",
                 sources[n % 4], states[n % 4], f"2026-{n % 12 + 1:02}-{n % 28 + 1:02} 09:30:00", f"Owner {n % 40}",
                 "Health", "Head"]
            )  # fmt: skip


class Memory:
    """The peak of this process and of the one that reads for it, in megabytes, looked at ten times a second."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self.peak = max(self.peak, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)

    def _watch(self) -> None:
        me = os.getpid()
        while not self._stop.wait(0.1):
            children = Path(f"/proc/{me}/task/{me}/children").read_text().split()
            readers = [pid for pid in children if b"imports.feed" in _command(pid)]
            self.peak = max(self.peak, sum(_resident(pid) for pid in [str(me), *readers]))


def _command(pid: str) -> bytes:
    path = Path(f"/proc/{pid}/cmdline")
    return path.read_bytes() if path.exists() else b""


def _resident(pid: str) -> float:
    path = Path(f"/proc/{pid}/statm")
    return int(path.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if path.exists() else 0.0


def phases(profile: cProfile.Profile) -> dict[str, float]:
    """Seconds of this process's own work by phase."""
    found = dict.fromkeys([*PHASES, "other"], 0.0)
    for (name, _, _), (_, _, own, *_) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        phase = next((one for one, parts in PHASES.items() if any(part in name for part in parts)), "other")
        found[phase] += own
    return {name: round(seconds, 2) for name, seconds in found.items()}


def measure(what: str, work: Any, leads: int, results: list[dict[str, Any]], *, profiled: bool) -> None:
    """Run it once and note how it went."""
    profile = cProfile.Profile() if profiled else None
    with Memory() as memory:
        begun = time.perf_counter()
        if profile:
            profile.enable()
        counts = work()
        if profile:
            profile.disable()
        took = time.perf_counter() - begun
    few, many = BARS[what]
    bar = many if leads >= MANY else few * leads / 100_000
    results.append(
        {
            "what": what, "seconds": round(took, 1), "bar": bar, "rows_per_second": round(leads / took),
            "peak_mb": round(memory.peak), "bar_mb": MEMORY, **{name: counts[name] for name in ("created", "updated", "unchanged")},
            **({"phases": phases(profile)} if profile else {}),
        }
    )  # fmt: skip


def main() -> None:
    """Lay the base, then dry-run, run and run again."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--leads", type=int, default=100_000)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument(
        "--only", choices=list(BARS), action="append", help="leave the others out; may be repeated"
    )
    options.add_argument("--profile", action="store_true", help="slower: with the time of each phase")
    options.add_argument("--json", action="store_true", help="the JSON line only")
    chosen = options.parse_args()
    prepare()
    base_of(chosen.people)
    from songsheet.imports.actions import begin, dry_run, run_import
    from songsheet.imports.choosing import house_of_files
    from songsheet.imports.planning import plan
    from songsheet.imports.presets import load_preset
    from songsheet.team.acting import as_system

    at, by, mapping = datetime.now(UTC), as_system("bench"), load_preset("zoho")
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leads.csv"
        write_leads(path, chosen.leads)

        def run() -> dict[str, int]:
            run, made = begin([path], mapping, by=by, at=at)
            return run_import(run.key, at=at, made=made).counts

        def rehearse() -> dict[str, Any]:
            return dry_run(plan([path], mapping, house_of_files()), by=by, at=at)

        for what, work in (("dry run", rehearse), ("import", run), ("again", run)):
            if what in (chosen.only or BARS):
                measure(what, work, chosen.leads, results, profiled=chosen.profile)
    for one in results if not chosen.json else []:
        print(f"{one['what']:10}{one['seconds']:8.1f} s (bar {one['bar']:.0f}){one['rows_per_second']:9,} rows/s"
              f"{one['peak_mb']:7,} MB  {one.get('phases', '')}")  # fmt: skip
    print(json.dumps({"leads": chosen.leads, "people": chosen.people, "results": results}))


if __name__ == "__main__":
    main()
