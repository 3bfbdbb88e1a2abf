"""Acts a second and entries a second in bulk, durable, with the time for which the journal's lock is held.

`python -m bench.acts [--seconds 10] [--json]` on the configured server, in a database of its own.
"""

import argparse
import json
import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import django
import psycopg

PROCESSES = 4
ROWS = 2_000
CHUNK = 2_000
BULK_ENTRIES = 100_000
DATABASE = "songsheet_bench"

#: The mark of an act's entries, and when its client had the commit.
Commit = tuple[str, float]


@dataclass(frozen=True)
class Result:
    """One bar and what was seen."""

    what: str
    per_second: float
    bar: float
    longest_lock_ms: float
    median_lock_ms: float


def prepare() -> None:
    """Django on the bench database, the event and the table of the bench."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = DATABASE


def server() -> Any:
    """A connection beside Django's, for what needs no act."""
    from django.db import connection

    settings = connection.settings_dict
    return psycopg.connect(
        dbname="postgres",
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
        autocommit=True,
    )


def fresh_database() -> None:
    """Create the bench database with the journal and two thousand rows."""
    from django.core.management import call_command
    from django.db import connection

    with server() as direct:
        direct.execute(f"drop database if exists {DATABASE} with (force)")
        direct.execute(f"create database {DATABASE}")
    call_command("migrate", "journal", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("create table bench_row (id bigint primary key, key text, version int not null)")
        cursor.execute(
            "insert into bench_row select n, 'lead_' || lpad(n::text, 26, '0'), 0 from generate_series(1, %s) n",
            [ROWS],
        )


def declared() -> Any:
    """The event of the bench: about a lead and a member."""
    from songsheet.journal.events import Event, registry
    from songsheet.journal.subjects import LeadKey, MemberKey, sample_key

    if "bench.row_changed" in registry:
        return registry["bench.row_changed"]

    class RowChanged(
        Event,
        name="bench.row_changed",
        version=1,
        says="{by} changed {lead}",
        side="ours",
        icon="pencil",
        sample={"lead": sample_key("lead"), "member": sample_key("member"), "mark": "1.1"},
    ):
        """A row of the bench changed."""

        lead: LeadKey
        member: MemberKey
        mark: str

    return RowChanged


def by_orm() -> Callable[[int], str]:
    """Lock a row and change it through the ORM, as most actions do; gives its key."""
    from django.db import models

    class Row(models.Model):
        id = models.BigIntegerField(primary_key=True)
        key = models.TextField()
        version = models.IntegerField()
        objects: "models.Manager[Row]" = models.Manager()

        class Meta:
            app_label = "bench"
            db_table = "bench_row"
            managed = False

    def change(number: int) -> str:
        row = Row.objects.select_for_update().get(id=number)
        row.version += 1
        row.save(update_fields=["version"])
        return row.key

    return change


def by_sql() -> Callable[[int], str]:
    """The same in two plain statements: what the journal costs by itself."""
    from songsheet.journal.sql import execute, rows

    def change(number: int) -> str:
        ((key, version),) = rows("select key, version from bench_row where id = %s for update", [number])
        execute("update bench_row set version = %s where id = %s", [version + 1, number])
        return str(key)

    return change


def act_for(worker: int, seconds: float, way: Callable[[], Callable[[int], str]]) -> list[Commit]:
    """One process: lock a row, change it, record one entry about two subjects, commit; again."""
    from songsheet.base.ids import new_key
    from songsheet.journal.act import act
    from songsheet.journal.actors import system

    event, by, member, change = declared(), system("bench"), new_key("member"), way()
    committed: list[Commit] = []
    until = time.monotonic() + seconds
    number = worker
    while time.monotonic() < until:
        number += 1
        with act(by=by, at=datetime.now(UTC)) as record:
            key = change(number * 7919 % ROWS + 1)
            record(event(lead=key, member=member, mark=f"{way.__name__} {number}"))
        committed.append((f"{way.__name__} {number}", time.time()))
    return committed


def bulk(worker: int) -> list[Commit]:
    """One process: chunks of two thousand entries about two subjects each."""
    from songsheet.base.ids import many_keys
    from songsheet.journal.act import act
    from songsheet.journal.actors import system

    event, by, at = declared(), system("bench"), datetime.now(UTC)
    committed: list[Commit] = []
    members = many_keys("member", 20)
    for chunk in range(BULK_ENTRIES // CHUNK):
        leads = many_keys("lead", CHUNK)
        mark = f"bulk {worker}.{chunk}"
        with act(by=by, at=at, lane="history") as record:
            record.bulk(
                event,
                [{"lead": lead, "member": members[n % 20], "mark": mark} for n, lead in enumerate(leads)],
                [at - timedelta(minutes=n) for n in range(CHUNK)],
            )
        committed.append((mark, time.time()))
    return committed


def run(work: Any, processes: int, *given: Any) -> tuple[float, list[Commit]]:
    """Run the work in processes that begin together; the seconds from first to last commit, and the commits."""
    spawn = multiprocessing.get_context("spawn")
    meeting = spawn.Barrier(processes)
    with ProcessPoolExecutor(processes, spawn, initializer=_meet, initargs=(meeting,)) as pool:
        answers = [pool.submit(work, number * 1_000_003, *given) for number in range(processes)]
        committed = sorted((one for answer in answers for one in answer.result()), key=lambda one: one[1])
    return committed[-1][1] - committed[0][1], committed


def _meet(meeting: Any) -> None:
    prepare()
    from django.db import connection

    connection.ensure_connection()
    meeting.wait(60)


def lock_times(committed: list[Commit]) -> list[float]:
    """Milliseconds from taking the head's row (the database's clock) until the client had its commit."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select body->>'mark', extract(epoch from min(recorded_at)) from journal_entry group by 1"
        )
        taken = {mark: float(at) for mark, at in cursor.fetchall()}
    return sorted((at - taken[mark]) * 1000 for mark, at in committed)


def result(what: str, per_second: float, bar: float, committed: list[Commit]) -> Result:
    """A bar beside what was seen, locks included."""
    locks = lock_times(committed)
    return Result(what, per_second, bar, locks[-1], locks[len(locks) // 2])


def flush_ms() -> float:
    """The median time of a durable commit of one row by one client."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("create table if not exists bench_flush (n int)")
        times = []
        for n in range(200):
            begun = time.perf_counter()
            cursor.execute("insert into bench_flush values (%s)", [n])
            times.append(time.perf_counter() - begun)
    return sorted(times)[100] * 1000


def main() -> None:
    """Run both bars and print them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=10)
    options.add_argument("--json", action="store_true", help="the JSON line only")
    chosen = options.parse_args()
    prepare()
    fresh_database()
    from django.db import connection

    flush = flush_ms()
    results = []
    for name, way in (("acts, row by the ORM", by_orm), ("acts, row by SQL", by_sql)):
        took, committed = run(act_for, PROCESSES, chosen.seconds, way)
        results.append(result(name, len(committed) / took, 400, committed))
    took, committed = run(bulk, 1)
    results.append(result("entries in bulk", (len(committed) - 1) * CHUNK / took, 20_000, committed))
    connection.close()
    with server() as direct:
        direct.execute(f"drop database {DATABASE} with (force)")
    if not chosen.json:
        print(f"flush of one commit: {flush:.2f} ms (median)")
        print(f"{'':28}{'per second':>12}{'bar':>10}{'lock median':>14}{'lock longest':>14}")
        for r in results:
            locks = f"{r.median_lock_ms:11.1f} ms{r.longest_lock_ms:11.1f} ms"
            print(f"{r.what:28}{r.per_second:12,.0f}{r.bar:10,.0f}{locks}")
    print(json.dumps({"flush_ms": round(flush, 3), "results": [asdict(r) for r in results]}))


if __name__ == "__main__":
    main()
