"""Pages at size: rows and entries of so many people are made in bulk, then pages are asked as a signed-in member.

`python -m bench.size [--people 1000000] [--keep] [--check] [--plans FILE] [--json]` on the configured server, in a database of its
own. A million people bring 1.2 M leads, 200,000 deals, 7.2 M touches and 10 M entries. Prints p50, p95 and p99 of the
time the application takes for an answer, over 200 requests of each kind, no two of them the same where that can be.
"""

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import imports
from bench.plans import plans_of

DATABASE = "songsheet_bench_size"
AT = datetime(2026, 5, 12, 10, 12, tzinfo=UTC)
SEED = Path(__file__).with_suffix(".sql")
REQUESTS = 200
#: Milliseconds at p95 up to 100,000 leads, and above.
BARS = {
    "list": (50, 100), "filtered list": (50, 100), "searched list": (50, 250), "search": (50, 250), "board": (50, 100), "buyer page": (50, 100),
    "letters": (800, 800), "palette": (50, 250), "inline edit": (50, 100),
}  # fmt: skip
_BIG = ("buyers_person", "buyers_mail", "buyers_company", "leads_lead", "deals_deal", "touches_touch")

#: What each kind of entry is made of: the table, when it happened, the body, and the subjects in it.
ENTRIES = (
    ("team.member_joined", "team_member", "%(at)s::timestamptz", "'member', key, 'role', role, 'state', state", ("member",)),
    ("touches.campaign_entered", "touches_campaign", "%(at)s::timestamptz", "'campaign', key", ("campaign",)),
    ("buyers.company_met", "buyers_company", "met_at", "'company', key", ("company",)),
    (
        "buyers.person_met", "buyers_person", "met_at",
        "'person', key, 'company', (select key from buyers_company where id = it.company_id)", ("person", "company"),
    ),
    (
        "leads.lead_came", "leads_lead", "came_at",
        "'lead', key, 'person', (select key from buyers_person where id = it.person_id),"
        " 'company', (select key from buyers_company where id = it.company_id),"
        " 'campaign', (select key from touches_campaign where id = it.campaign_id),"
        " 'owner', (select key from team_member where id = it.owner_id),"
        " 'state', case when ended_at is null then state else 'new' end",
        ("lead", "person", "company", "campaign", "owner"),
    ),
    (
        "deals.deal_opened", "deals_deal", "opened_at",
        "'deal', key, 'lead', (select key from leads_lead where id = it.lead_id),"
        " 'person', (select key from buyers_person where id = it.person_id), 'amount', amount, 'currency', currency",
        ("deal", "lead", "person"),
    ),
    (
        "touches.touch_made", "touches_touch", "at",
        "'touch', key, 'kind', kind, 'direction', direction, 'lead', lead_key,"
        " 'person', (select key from buyers_person where id = it.person_id),"
        " 'member', (select key from team_member where id = it.member_id)",
        ("touch", "person", "member", "lead"),
    ),
    (
        "leads.lead_ended", "leads_lead", "ended_at",
        "'lead', key, 'person', (select key from buyers_person where id = it.person_id), 'state', state,"
        " 'reason', end_reason", ("lead", "person"),
    ),
    (
        "deals.deal_ended", "deals_deal", "closed_at",
        "'deal', key, 'lead', (select key from leads_lead where id = it.lead_id), 'state', state, 'reason', reason,"
        " 'person', (select key from buyers_person where id = it.person_id), 'amount', amount, 'currency', currency",
        ("deal", "lead", "person"),
    ),
)  # fmt: skip


def make(people: int) -> None:
    """Rows and their entries by SQL; indexes are built once, at the end."""
    from django.db import connection

    with connection.cursor() as cursor, _bare(cursor, [*_BIG, "journal_about", "journal_entry"]):
        cursor.execute("set synchronous_commit = off")
        given = {"people": people, "at": AT}
        for statement in SEED.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                cursor.execute(statement, given)
        cursor.execute("analyze")
        for kind, table, when, body, subjects in ENTRIES:
            _tell(cursor, kind, f"{table} it where {when} is not null", (when, body, subjects))
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def _tell(cursor: Any, kind: str, rows: str, told: tuple[str, str, tuple[str, ...]]) -> None:
    when, body, subjects = told
    cursor.execute("select position from journal_head")
    (head,) = cursor.fetchone()
    cursor.execute(
        f"""insert into journal_entry (position, kind, version, occurred_at, recorded_at, actor, depth, lane, body)
            select {head} + row_number() over (order by id), '{kind}', 1, {when}, now(), 'system_bench', 0, 1,
                   jsonb_build_object({body})
              from {rows}""",
        {"at": AT},
    )
    made = cursor.rowcount
    keys = ", ".join(f"body->>'{name}'" for name in subjects)
    cursor.execute(
        f"""insert into journal_about (key, position)
            select distinct_key, position from journal_entry,
           lateral (select distinct k as distinct_key from unnest(array[{keys}]) k where k is not null) as named
             where position > {head}"""
    )
    cursor.execute("update journal_head set position = position + %s, recorded_at = now()", [made])


@contextmanager
def _bare(cursor: Any, tables: list[str]) -> Iterator[None]:
    """Without the indexes of these tables that no constraint and no look-up by id needs; they come back."""
    cursor.execute(
        """select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename = any(%s)
              and indexname not in (select conname from pg_constraint) and indexdef not like 'CREATE UNIQUE%%'""",
        [tables],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"drop index {name}")
    cursor.execute("alter table journal_about drop constraint journal_about_pkey")
    yield
    cursor.execute("set maintenance_work_mem = '1GB'")
    for _, definition in found:
        cursor.execute(definition)
    cursor.execute("alter table journal_about add primary key (key, position)")


def settle() -> None:
    """What readers derive from the entries, by their own rebuilding."""
    from songsheet.config.wiring import READERS
    from songsheet.desk import standing
    from songsheet.find.refresh import refresh_all as refresh_found
    from songsheet.journal.readers import enrol
    from songsheet.journal.sql import execute

    enrol(READERS)
    execute("update journal_reader set position = (select position from journal_head)")
    standing.refresh_all()
    refresh_found()
    execute("vacuum analyze desk_standing")
    execute("vacuum analyze find_found")


def asked(client: Any, people: int) -> dict[str, Callable[[int], Any]]:
    """Each kind of request by its number."""
    draw = random.Random(7)
    numbers = [draw.randrange(1, people + 1) for _ in range(REQUESTS)]
    families = ("berg", "okafor", "lund", "moser", "quist", "falk")
    states = ("new", "qualified", "offered", "working", "converted")

    def key(n: int) -> str:
        return f"person_{numbers[n]:026}"

    def edit(n: int) -> Any:
        address = f"/buyers/{key(n)}/fields/title"
        return client.post(address, {"title": f"Head {n}", "version": 1}, headers={"HX-Request": "true"})

    return {
        "list": lambda n: client.get(("/leads", "/buyers", "/deals", "/companies")[n % 4]),
        "filtered list": lambda n: client.get(f"/leads?state={states[n % 5]}"),
        "searched list": lambda n: client.get(f"/buyers?q={families[n % 6]}{numbers[n] % 9973}"),
        "search": lambda n: client.get(f"/search?q={families[n % 6]}{numbers[n] % 9973}"),
        "board": lambda n: client.get(("/leads/board", "/deals/board")[n % 2]),
        "buyer page": lambda n: client.get(f"/buyers/{key(n)}"),
        "letters": lambda n: client.get("/letters"),
        "palette": lambda n: client.get(f"/find?q={families[n % 6]}{n}"),
        "inline edit": edit,
    }


def measure(people: int) -> dict[str, dict[str, float]]:
    """p50, p95 and p99 of each kind in milliseconds."""
    client = imports_reader()
    found = {}
    for name, ask in asked(client, people).items():
        requests = 20 if name == "letters" else REQUESTS
        ask(0)
        times = []
        for n in range(requests):
            began = time.perf_counter()
            answer = ask(n)
            times.append((time.perf_counter() - began) * 1000)
            if answer.status_code not in (200, 204):
                raise SystemExit(f"{name} answered {answer.status_code}")
        cuts = statistics.quantiles(times, n=100)
        found[name] = {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "p99": round(cuts[98], 1)}
    return found


def keep_plans(people: int, path: Path) -> None:
    """Write down how the database answers one request of each kind."""
    client = imports_reader()
    parts = [f"# Query plans at {people:,} people\n\nWritten by `python -m bench.size --plans`.\n"]
    for name, ask in asked(client, people).items():
        ask(1)
        for plan in plans_of(lambda ask=ask: ask(2)):  # type: ignore[misc]
            parts.append(f"## {name}\n\n```\n{plan}\n```\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def imports_reader() -> Any:
    """A signed-in member who may see everything."""
    from bench.beside import reader

    return reader()


def lay(people: int) -> None:
    """A fresh database of this size."""
    imports.DATABASE = DATABASE
    imports.prepare()
    began = time.monotonic()
    make(people)
    print(f"made in {time.monotonic() - began:.0f} s", flush=True)
    began = time.monotonic()
    settle()
    print(f"settled in {time.monotonic() - began:.0f} s", flush=True)


def prove() -> float:
    """Seconds of a full check, which must find nothing."""
    from songsheet.journal import check

    began = time.monotonic()
    offences = check.run(full=True, processes=2)
    if offences:
        raise SystemExit(f"{len(offences)} offences, the first: {offences[0]}")
    return round(time.monotonic() - began, 1)


def main() -> None:
    """Make, prove, measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--keep", action="store_true", help="use the rows of the last run")
    options.add_argument("--check", action="store_true", help="also prove the invariants, in full")
    options.add_argument(
        "--plans", type=Path, help="write down how the database answers each kind of request"
    )
    options.add_argument("--json", action="store_true", help="the JSON line only")
    chosen = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    if chosen.keep:
        from bench.beside import connect

        connect(DATABASE)
    else:
        lay(chosen.people)
    told: dict[str, Any] = {"people": chosen.people}
    if chosen.check:
        told["check_seconds"] = prove()
    told["milliseconds"] = measure(chosen.people)
    if chosen.plans:
        keep_plans(chosen.people, chosen.plans)
    for name, seen in told["milliseconds"].items() if not chosen.json else []:
        bar = BARS[name][chosen.people > 100_000]
        print(f"{name:14}{seen['p50']:9.1f}{seen['p95']:9.1f}{seen['p99']:9.1f} ms   p95 bar {bar}"
              f"{'' if seen['p95'] <= bar else '   MISSED'}")  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main()
