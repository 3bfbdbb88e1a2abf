"""Changes of many records and their undo, a second: `python -m bench.many [--rows 10000]` on the configured server.

A field of each kind is set, records are assigned, tagged and archived, each on all rows, as the job does it; then undone.
"""

import argparse
import cProfile
import os
import pstats
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import django

from bench.adopt import server, server_seconds, use

DATABASE = "songsheet_bench_many"
AT = datetime(2026, 5, 12, 10, 12, tzinfo=UTC)
#: Kind, act, field, value; {member} and {campaign} stand for keys.
CHANGES = (
    ("leads", "set", "tier", "hot"), ("leads", "set", "source", "Trade show"), ("leads", "set", "state", "working"),
    ("leads", "set", "custom.region", "North"), ("leads", "assign", "", "{member}"), ("leads", "tag", "", "Fair"),
    ("leads", "end", "released", "too small"), ("leads", "archive", "", ""),
    ("people", "set", "language", "de"), ("people", "assign", "", "{member}"), ("people", "tag", "", "Fair"),
    ("companies", "set", "country", "GB"), ("companies", "assign", "", "{member}"), ("companies", "archive", "", ""),
    ("deals", "set", "stage", "Offer"), ("deals", "set", "expected_on", "2026-09-01"), ("deals", "assign", "", "{member}"),
    ("touches", "set", "status", "answered"), ("touches", "set", "campaign", "{campaign}"), ("touches", "archive", "", ""),
    ("tasks", "set", "due", "2026-06-01"), ("tasks", "set", "done", "yes"), ("tasks", "assign", "", "{member}"),
    ("tasks", "archive", "", ""), ("campaigns", "set", "status", "over"), ("campaigns", "archive", "", ""),
)  # fmt: skip


def rows(count: int) -> dict[str, str]:
    """So many records of each kind; returns what the placeholders of a change stand for."""
    from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_companies, adopt_people
    from songsheet.deals.adopt import DealRow, adopt_deals, stages_named
    from songsheet.leads.adopt import LeadRow, adopt_leads
    from songsheet.leads.models import Queue
    from songsheet.team.acting import as_system
    from songsheet.team.field_actions import declare_field
    from songsheet.team.models import Member
    from songsheet.touches.adopt import (
        CampaignRow,
        TaskRow,
        TouchRow,
        adopt_campaigns,
        adopt_tasks,
        adopt_touches,
        sources_named,
    )  # fmt: skip

    by = as_system("bench")
    member = Member.objects.create(name="Priya Raman", role="owner", state="active", email="p@bench.example")
    ref = (member.id, member.key)
    queue = Queue.objects.first() or Queue.objects.create(name="New", responsible=member)
    sources_named(["Trade show"])
    stage = stages_named(["Demo", "Offer"])["Demo"]
    declare_field(on="lead", label="Region", type="text", by=by, at=AT)
    campaign = ""
    for start in range(0, count, 1000):
        some = range(start, min(start + 1000, count))
        companies = adopt_companies(
            [CompanyRow(name=f"Firm {n}", domain=f"firm{n}.example") for n in some], by=by, at=AT
        )
        people = adopt_people(
            [PersonRow(name=f"Ann Bench{n}", company=c.must) for n, c in zip(some, companies, strict=True)],
            by=by,
            at=AT,
        )
        leads = adopt_leads([
            LeadRow(person=one.must, queue=(queue.id, queue.key), came_at=AT - timedelta(days=1)) for one in people
        ], by=by, at=AT)  # fmt: skip
        adopt_deals([
            DealRow(lead=lead.must, person=one.must, owner=ref, stage_id=stage, name="Desks", state="open",
                    amount=100_000, currency="EUR", opened_at=AT)
            for lead, one in zip(leads, people, strict=True)
        ], by=by, at=AT)  # fmt: skip
        campaign = adopt_campaigns([CampaignRow(name=f"Campaign {n}") for n in some], by=by, at=AT)[0].key
        adopt_touches([
            TouchRow(kind="call", direction="out", at=AT, person=one.must, member=ref, subject="Desks") for one in people
        ], by=by, at=AT)  # fmt: skip
        adopt_tasks([TaskRow(subject="Call", person=one.must, member=None, due_at=AT, made_at=AT) for one in people],
                    by=by, at=AT)  # fmt: skip
    return {"member": member.key, "campaign": campaign}


def main() -> None:
    """Make the rows, change all of each kind, undo, print rows a second."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000)
    options.add_argument("--only", default="", help="one kind")
    options.add_argument("--profile", action="store_true", help="where Python spends the time")
    chosen = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    django.setup()
    use("postgres")
    with server() as direct:
        direct.execute(f"drop database if exists {DATABASE} with (force)")
        direct.execute(f"create database {DATABASE}")
    use(DATABASE)
    from django.db import connection

    from songsheet.config.prepare import ready

    ready()
    names = rows(chosen.rows)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    slowest = float("inf")
    profile = cProfile.Profile()
    if chosen.profile:
        profile.enable()
    for what, act, field, value in CHANGES:
        if chosen.only in ("", what):
            slowest = min(slowest, *once(what, act, field, value.format(**names)))
    profile.disable()
    if chosen.profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
    print(f"slowest {slowest:,.0f} rows/s")
    use("postgres")
    with server() as direct:
        direct.execute(f"drop database if exists {DATABASE} with (force)")


def once(what: str, act: str, field: str, value: str) -> tuple[float, float]:
    """One change of all rows of a kind and its undo; rows a second of each."""
    from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many, run_change, undo_change
    from songsheet.team.acting import as_member
    from songsheet.team.models import Member

    by: Any = as_member(Member.objects.get(email="p@bench.example"))
    begun = Spent()
    change = run_change(
        change_many(what, Chosen(filters={}), Wanted(act, field, value), by=by, at=AT).key, at=AT
    )
    there, there_cpu = begun.rates(change.rows)
    begun = Spent()
    undo_change(change.key, by=by, at=AT)
    change = run_change(change.key, at=AT)
    back, back_cpu = begun.rates(change.rows)
    said = f"{change.changed} changed, {change.refused} refused, {change.undone} back, {change.stayed} stayed"
    print(
        f"{what:10} {act:8} {field or value[:12]:14} {there:7,.0f} rows/s ({there_cpu:6,.0f} a CPU second),"
        f" undo {back:7,.0f} ({back_cpu:7,.0f}) {said}", flush=True,
    )  # fmt: skip
    return there, back


class Spent:
    """Time by the clock, and what this process and its server computed: on a busy machine the second says more."""

    def __init__(self) -> None:
        self.clock, self.cpu = time.perf_counter(), time.process_time() + server_seconds()

    def rates(self, rows: int) -> tuple[float, float]:
        """Rows a second by either."""
        cpu = time.process_time() + server_seconds() - self.cpu
        return rows / (time.perf_counter() - self.clock), rows / max(cpu, 0.01)


if __name__ == "__main__":
    main()
