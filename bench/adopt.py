"""Adopting 100,000 leads, each with its person, on a base of a million people; and the same again.

`python -m bench.adopt [--people 1000000] [--leads 100000] [--json]` on the configured server, in databases of its
own. The seeded base is kept for the next run; `--drop` removes it.
"""

import argparse
import cProfile
import json
import os
import pstats
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
import psycopg

SEEDED, USED = "songsheet_bench_seeded", "songsheet_bench_adopt"
CHUNK = 2_000
AT = datetime(2026, 5, 12, 10, 12, tzinfo=UTC)

SEED = """
insert into buyers_company (key, name, name_folded, domain, industry, country, custom, met_at, version)
select 'company_0' || lpad(n::text, 25, '0'), 'Old firm ' || n, 'old firm ' || n, 'old' || n || '.example', '', 'GB', '{}',
       '2025-01-01'::timestamptz + n * interval '1 second', 1
  from generate_series(1, %(people)s / 20) as n;
insert into buyers_person (key, name, given_name, family_name, name_folded, title, language, company_id, custom, met_at, version)
select 'person_0' || lpad(n::text, 25, '0'), 'Ann Old' || n, 'Ann', 'Old' || n, 'ann old' || n, '', '',
       (select min(id) from buyers_company) + n %% (%(people)s / 20), '{}',
       '2025-01-01'::timestamptz + n * interval '1 second', 1
  from generate_series(1, %(people)s) as n;
insert into buyers_mail (person_id, address) select id, 'ann.' || id || '@old' || id %% 50000 || '.example' from buyers_person;
insert into buyers_phone (person_id, number) select id, '+44' || 1000000000 + id * 7919 %% 1000000007 from buyers_person;
insert into leads_lead (key, person_id, company_id, state, queue_id, came_at, at_rest, wants, tier, deal_seeker, is_dated,
                        contacted_elsewhere, end_reason, system, external_id, custom, version)
select 'lead_0' || lpad(id::text, 25, '0'), id, company_id, 'new', (select min(id) from leads_queue), met_at, true, '', '',
       false, true, false, '', 'old', id, '{}', 1
  from buyers_person;
"""


def server() -> Any:
    """A connection beside Django's, to make and drop databases."""
    from django.db import connection

    settings = connection.settings_dict
    return psycopg.connect(
        dbname="postgres", host=settings["HOST"] or None, port=settings["PORT"] or None,
        user=settings["USER"] or None, password=settings["PASSWORD"] or None, autocommit=True,
    )  # fmt: skip


def use(name: str) -> None:
    """Django's connection goes to this database."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def seed(people: int) -> None:
    """The base: people with a mail, a phone and a lead, in companies of twenty."""
    from django.db import connection

    from songsheet.config.prepare import ready

    with server() as direct:
        if direct.execute("select 1 from pg_database where datname = %s", [SEEDED]).fetchone():
            return
        direct.execute(f"create database {SEEDED}_making")
    use(f"{SEEDED}_making")
    ready()
    with connection.cursor() as cursor:
        for statement in SEED.split(";\n"):
            if statement.strip():
                cursor.execute(statement, {"people": people})
        cursor.execute("vacuum analyze")
    use("postgres")
    with server() as direct:
        direct.execute(f"alter database {SEEDED}_making rename to {SEEDED}")


def fresh() -> None:
    """A copy of the base."""
    use("postgres")
    with server() as direct:
        direct.execute(f"drop database if exists {USED} with (force)")
        direct.execute(f"create database {USED} template {SEEDED} strategy file_copy")
    use(USED)


def server_seconds() -> float:
    """What the server's process behind our connection has computed so far; 0 where it is not on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0.0
    ticks = stat.read_text().rpartition(")")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


def adopt_all(leads: int) -> tuple[dict[str, float], dict[str, int], float]:
    """Bring in the leads chunk by chunk: companies, people, leads; seconds by kind, outcomes, longest chunk."""
    from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_companies, adopt_people
    from songsheet.leads.adopt import LeadRow, adopt_leads
    from songsheet.team.acting import as_system
    from songsheet.touches.adopt import sources_named

    by = as_system("bench")
    source = ("Trade show", sources_named(["Trade show"])["Trade show"])
    took: dict[str, float] = defaultdict(float)
    outcomes: dict[str, int] = defaultdict(int)
    longest = 0.0

    def timed(kind: str, adopt: Any, rows: list[Any]) -> list[Any]:
        nonlocal longest
        begun = time.perf_counter()
        adopted = adopt(rows, by=by, at=AT)
        seconds = time.perf_counter() - begun
        took[kind] += seconds
        longest = max(longest, seconds)
        for one in adopted:
            outcomes[f"{kind} {one.outcome}"] += 1
        return [one.ref for one in adopted]

    for start in range(0, leads, CHUNK):
        numbers = range(start, min(start + CHUNK, leads))
        firms = sorted({n % 5_000 for n in numbers})
        companies = timed("companies", adopt_companies, [
            CompanyRow(name=f"Firm {n}", domain=f"www.firm{n}.example", met_at=AT - timedelta(days=400)) for n in firms
        ])  # fmt: skip
        company_of = dict(zip(firms, companies, strict=True))
        people = timed("people", adopt_people, [
            PersonRow(
                given_name="Given", family_name=f"Family {n}", title="Managing partner",
                mails=(f"given.family{n}@firm{n % 5_000}.example",), phones=(f"+44117{n:07}",),
                company=company_of[n % 5_000], met_at=AT - timedelta(minutes=n),
            )
            for n in numbers
        ])  # fmt: skip
        timed("leads", adopt_leads, [
            LeadRow(
                person=person, company=company_of[n % 5_000], source=(source[1], source[0]),
                came_at=AT - timedelta(minutes=n), external=("bench", str(n)), wants="Desks for forty",
            )
            for n, person in zip(numbers, people, strict=True)
        ])  # fmt: skip
    return took, outcomes, longest


def main() -> None:
    """Seed, adopt, adopt again, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--leads", type=int, default=100_000)
    options.add_argument("--json", action="store_true", help="the JSON line only")
    options.add_argument("--profile", action="store_true", help="where Python spends the first run")
    options.add_argument("--drop", action="store_true", help="remove the seeded base afterwards")
    chosen = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    django.setup()
    begun = time.perf_counter()
    seed(chosen.people)
    fresh()
    results: dict[str, Any] = {"people": chosen.people, "leads": chosen.leads}
    results["seeding"] = round(time.perf_counter() - begun, 1)
    for run in ("first", "again"):
        profile = cProfile.Profile()
        if chosen.profile and run == "first":
            profile.enable()
        computed, started, spent = server_seconds(), time.perf_counter(), time.process_time()
        took, outcomes, longest = adopt_all(chosen.leads)
        seconds = time.perf_counter() - started
        profile.disable()
        results[run] = {
            "seconds": round(seconds, 2), "python": round(time.process_time() - spent, 2),
            "server": round(server_seconds() - computed, 2),
            "leads_per_second": round(chosen.leads / seconds), "longest_chunk_ms": round(longest * 1000),
            "by_kind": {kind: round(value, 2) for kind, value in took.items()}, "outcomes": dict(outcomes),
        }  # fmt: skip
        if not chosen.json:
            cpu = f"computing: Python {results[run]['python']:.1f} s, server {results[run]['server']:.1f} s"
            print(
                f"{run:8}{seconds:8.1f} s {chosen.leads / seconds:10,.0f} leads/s  {cpu}  {results[run]['by_kind']}"
            )
        if chosen.profile and run == "first":
            pstats.Stats(profile).sort_stats("tottime").print_stats(30)
    use("postgres")
    with server() as direct:
        direct.execute(f"drop database {USED} with (force)")
        if chosen.drop:
            direct.execute(f"drop database {SEEDED} with (force)")
    print(json.dumps(results))


if __name__ == "__main__":
    main()
