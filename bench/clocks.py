"""Promises that all fall due in one minute: how long until each is told, and the notices behind them.

`python -m bench.clocks [--clocks 100000] [--keep] [--json]` on the configured server, in a database of its own: leads of
forty members with a first answer promised, made by SQL. The job and the reader of notices run as the worker runs them.
"""

import argparse
import json
import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import django

from bench.adopt import server, use

DATABASE = "songsheet_bench_clocks"
AT = datetime(2026, 5, 12, 10, 12, tzinfo=UTC)
#: Seconds from when the last falls due until it is told.
BAR = 60.0
MADE = """
insert into team_member (key, name, email, role, state, zone, languages, capacity, country, version, password)
select 'member_' || lpad(n::text, 26, '0'), 'Member ' || n, 'm' || n || '@bench.example', 'guide', 'active', 'UTC', 'en', 60, '',
       1, '' from generate_series(1, 40) n;
insert into buyers_person (key, name, given_name, family_name, name_folded, title, language, custom, met_at, version)
select 'person_' || lpad(n::text, 26, '0'), 'Person ' || n, 'Person', n::text, 'person ' || n, '', '', '{}', %(at)s, 1 from generate_series(1, %(clocks)s) n;
insert into clocks_clock (key, kind, about, member_id, state, hours, minutes, minutes_left, started_at, counts_from, due_at,
                          warn_at, alerts)
select 'clock_' || lpad(n::text, 26, '0'), 'first_answer', 'lead_' || lpad(n::text, 26, '0'),
       (select min(id) from team_member where email like 'm%%@bench.example') + n %% 40, 'running', 'member', 480, 480,
       made, made, made + interval '1 day' + n %% 60 * interval '1 second',
       made + interval '23 hours' + n %% 60 * interval '1 second', true
  from generate_series(1, %(clocks)s) n, (select %(at)s::timestamptz - interval '1 day' as made) as since;
insert into leads_lead (key, person_id, owner_id, owned_since, state, came_at, is_dated, clock_id, at_rest, wants, tier,
                        deal_seeker, contacted_elsewhere, end_reason, system, external_id, custom, version)
select clock.about, person.id, clock.member_id, clock.started_at, 'offered', clock.started_at, true, clock.id, false, '', '',
       false, false, '', '', '', '{}', 1
  from clocks_clock clock join buyers_person person on person.key = 'person_' || right(clock.about, 26)
"""


def lay(clocks: int) -> None:
    """A fresh database with so many leads and their promises."""
    use("postgres")
    with server() as direct:
        direct.execute(f"drop database if exists {DATABASE} with (force)")
        direct.execute(f"create database {DATABASE}")
    use(DATABASE)
    from django.db import connection

    from songsheet.config.prepare import ready

    ready()
    with connection.cursor() as cursor:
        for statement in MADE.split(";\n"):
            cursor.execute(statement, {"clocks": clocks, "at": AT})
        cursor.execute("vacuum analyze")


def told(at: datetime) -> dict[str, float]:
    """Seconds of the job and of the notices for what is due at this time."""
    from songsheet.clocks.alert_actions import tell_what_is_due
    from songsheet.journal.readers import catch_up
    from songsheet.notices.reactions import READER
    from songsheet.team.acting import as_system

    begun = time.perf_counter()
    count = tell_what_is_due(by=as_system("clocks"), at=at)
    job = time.perf_counter() - begun
    catch_up(READER)
    return {"told": count, "job": round(job, 1), "with notices": round(time.perf_counter() - begun, 1)}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clocks", type=int, default=100_000)
    asked.add_argument("--keep", action="store_true", help="keep the database")
    asked.add_argument("--json", action="store_true")
    chosen = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    django.setup()
    lay(chosen.clocks)
    from songsheet.journal.readers import catch_up
    from songsheet.notices.models import Notice
    from songsheet.notices.reactions import READER

    catch_up(READER)
    found: dict[str, Any] = {
        "warned": told(AT - timedelta(minutes=59)),
        "breached": told(AT + timedelta(minutes=1)),
        "again": told(AT + timedelta(minutes=1)),
        "notices unread": Notice.objects.filter(read_at=None).count(),
        "notices settled": Notice.objects.exclude(read_at=None).count(),
        "bar": BAR,
    }
    print(
        json.dumps(found) if chosen.json else "\n".join(f"{what:16} {seen}" for what, seen in found.items())
    )
    if not chosen.keep:
        use("postgres")
        with server() as direct:
            direct.execute(f"drop database if exists {DATABASE} with (force)")


if __name__ == "__main__":
    main()
