"""Rounds of simultaneous accepts of one lead: each time one owner, one entry, everybody else refused by name.

`python -m bench.accepts [--rounds 1000] [--at-once 50]` on the configured server, in a database of its own.
"""

import argparse
import os
import threading
import time
from collections import Counter
from typing import Any

import django


def prepare() -> None:
    """A fresh database beside the configured one, migrated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    django.setup()
    import psycopg
    from django.conf import settings
    from django.db import connection

    given: dict[str, Any] = settings.DATABASES["default"]
    name = "songsheet_bench_accepts"
    where = {"host": given["HOST"] or None, "port": given["PORT"] or None, "user": given["USER"] or None}
    server = psycopg.connect(dbname="postgres", password=given["PASSWORD"] or None, autocommit=True, **where)
    server.execute(f"drop database if exists {name} with (force)")
    server.execute(f"create database {name}")
    server.close()
    connection.settings_dict["NAME"] = given["NAME"] = name
    from songsheet.config.prepare import ready

    ready()


def race(rounds: int, at_once: int) -> None:
    """The rounds, each with a new lead, on threads that keep their connections."""
    from django.db import connections

    from songsheet.base.refusals import Refusal
    from songsheet.buyers.adopt import PersonRow, adopt_people
    from songsheet.handoffs.actions import accept
    from songsheet.journal.check import run
    from songsheet.journal.testing import recorded
    from songsheet.leads.actions import lead_came
    from songsheet.leads.adopt import LeadRow
    from songsheet.leads.events import LeadTaken
    from songsheet.leads.models import Lead
    from songsheet.team.acting import as_member, as_system
    from songsheet.team.actions import join_team
    from songsheet.team.queries import now

    system, at = as_system("bench"), now()
    members = [
        join_team(name=f"Guide {n}", email=f"g{n}@bench.example", role="guide", by=system, at=at)
        for n in range(at_once)
    ]
    gate, leads = threading.Barrier(at_once + 1), list[str]()
    ended: list[Counter[str]] = [Counter() for _ in range(rounds)]
    lock = threading.Lock()

    def work(member: Any) -> None:
        for turn in range(rounds):
            gate.wait()
            try:
                accept(leads[turn], by=as_member(member), at=at)
                outcome = "has it"
            except Refusal as refusal:
                outcome = str(refusal.extra.get("owner", refusal.code))
            with lock:
                ended[turn][outcome] += 1
            gate.wait()
        connections.close_all()

    threads = [threading.Thread(target=work, args=[member]) for member in members]
    for thread in threads:
        thread.start()
    took = []
    for turn in range(rounds):
        (adopted,) = adopt_people([PersonRow(name=f"Buyer {turn}")], by=system, at=at)
        assert adopted.ref
        leads.append(lead_came(LeadRow(person=adopted.ref), by=system, at=at).key)
        began = time.perf_counter()
        gate.wait()
        gate.wait()
        took.append(time.perf_counter() - began)
    for thread in threads:
        thread.join()
    owners = dict(Lead.objects.filter(key__in=leads).values_list("key", "owner__name"))
    wrong = [
        turn
        for turn, key in enumerate(leads)
        if ended[turn] != Counter({"has it": 1, owners[key]: at_once - 1})
    ]
    entries = Counter(entry.event.lead for entry in recorded(LeadTaken))
    twice = [key for key in leads if entries[key] != 1]
    faults = run(full=True, only=["I1", "I2", "I3", "I7"])
    took.sort()
    for turn in wrong[:5]:
        print(f"round {turn}: {dict(ended[turn])}, owner {owners[leads[turn]]}")
    print(f"{rounds} rounds of {at_once} at once: {len(wrong)} without exactly one owner and "
          f"{at_once - 1} refusals that name them, {len(twice)} without exactly one entry, "
          f"{len(faults)} faults in the check.")  # fmt: skip
    print(f"a round: median {took[len(took) // 2] * 1000:.0f} ms, longest {took[-1] * 1000:.0f} ms")
    if wrong or twice or faults:
        raise SystemExit(1)


def main() -> None:
    """Read what is asked, race, say what was seen."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=1000)
    words.add_argument("--at-once", type=int, default=50)
    asked = words.parse_args()
    prepare()
    race(asked.rounds, asked.at_once)


if __name__ == "__main__":
    main()
