"""From accepted to the story: events put in at a steady rate, and a whole worker that takes them in beside it.

`python -m bench.arriving [--rate 200] [--seconds 60] [--json]` on the configured server, in a database of its own.
Of a hundred events sixty are pages of known visitors, fifteen pages of nobody, twenty touches of people (one in ten
is somebody new), four clicks and one an enquiry. An event stands in the story when another connection sees it.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from typing import Any
from uuid import uuid4

import psycopg

from bench import acts
from bench.own_house import used

DATABASE = "songsheet_bench_arriving"
BAR_SECONDS = 2.0
PEOPLE, VISITORS = 500, 300
#: Rows come in the order of their commits, which is not that of their ids: it is looked a little further back.
_LOOK = """
select id, extract(epoch from clock_timestamp() - received_at)::float from intake_raw where id > %s
"""


def prepare() -> None:
    """Django on the database of this bench."""
    acts.DATABASE = DATABASE
    acts.prepare()


def fresh_database() -> None:
    """An empty house with members, a site and a link."""
    with acts.server() as direct:
        direct.execute(f"drop database if exists {DATABASE} with (force)")
        direct.execute(f"create database {DATABASE}")
    from songsheet.base.tests.cast import CAST
    from songsheet.config.prepare import ready
    from songsheet.intake.models import Link, Site
    from songsheet.team.acting import as_system
    from songsheet.team.actions import join_team
    from songsheet.team.queries import now

    ready()
    at = now()
    for one in CAST:
        join_team(name=one.name, email=one.email, role=one.role, by=as_system("bench"), at=at)
    Site.objects.create(name="Farm", origins=["https://farm.example"], mode="stitched", made_at=at)
    Link.objects.create(name="Offer", target="https://farm.example/", made_at=at)


def whole_worker() -> "subprocess.Popen[bytes]":
    """A worker as in a house: it takes in, lets the journal's readers react and runs jobs."""
    from django.db import connection

    given = connection.settings_dict
    place = f"{given['HOST']}&port={given['PORT']}" if given["PORT"] else given["HOST"]
    who = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    url = f"postgresql://{who}@/{DATABASE}?host={place}"
    words = [sys.executable, "-m", "songsheet", "work", "--quiet"]
    return subprocess.Popen(words, env={**os.environ, "DATABASE_URL": url})


def event(draw: random.Random, visitors: list[str]) -> dict[str, Any]:
    """One of a hundred."""
    n = draw.randrange(100)
    page = {"url": f"https://farm.example/{draw.randrange(40)}", "title": "Hops"}
    who = {"mail": f"buyer{draw.randrange(PEOPLE)}@mail{draw.randrange(50)}.example", "name": "Ann Berg"}
    if n < 60:
        return {"type": "page_view", "page": page, "visitor": draw.choice(visitors)}
    if n < 75:
        return {"type": "page_view", "page": page}
    if n < 95:
        if n < 77:
            who["mail"] = f"{uuid4().hex}@new.example"
        return {"type": draw.choice(["form", "call", "webinar"]), "person": who, "subject": "Hops"}
    if n < 99:
        return {"type": "click"}
    return {"type": "enquiry", "person": who, "text": "Please send an offer for 40 tons."}


def drained(patience: float) -> None:
    """Wait until nothing waits in the inbox."""
    from songsheet.intake.models import Inbox

    until = time.monotonic() + patience
    while Inbox.objects.exists() and time.monotonic() < until:
        time.sleep(0.1)


def know(visitors: list[str]) -> None:
    """Half of the visitors are known; the worker is awake once they are."""
    from songsheet.intake.arriving.tests.sending import send as put_in

    for nth, visitor in enumerate(visitors[: VISITORS // 2]):
        known = {"mail": f"buyer{nth}@mail{nth % 50}.example"}
        put_in({"id": visitor, "type": "known", "visitor": visitor, "person": known})
    drained(60)


def send(rate: int, seconds: int, visitors: list[str]) -> int:
    """Put events in at this rate, one by one as they come; how many."""
    from songsheet.intake.arriving.tests.sending import CHROME
    from songsheet.intake.arriving.tests.sending import send as put_in
    from songsheet.intake.models import Link, Site

    draw, sent = random.Random(7), 0
    site, link = Site.objects.get().key, Link.objects.get().key
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        while sent < passed * rate:
            one = {"id": uuid4().hex, **event(draw, visitors)}
            network = f"198.51.{draw.randrange(250)}.0/24"
            if one["type"] == "page_view":
                put_in(one, door="script", feed=site, agent=CHROME, network=network, method="POST")
            elif one["type"] == "click":
                put_in(
                    {**one, "link": link},
                    door="click",
                    feed=link,
                    agent=CHROME,
                    network=network,
                    method="GET",
                )
            else:
                put_in(one)
            sent += 1
        time.sleep(0.02)
    return sent


def watch(stop: threading.Event, seen: list[float]) -> None:
    """How long each took until another connection saw what became of it."""
    with (
        acts.server() as direct,
        psycopg.connect(direct.info.dsn, dbname=DATABASE, autocommit=True) as looking,
    ):
        known: set[int] = {id_ for id_, _ in looking.execute(_LOOK, [0]).fetchall()}
        last = max(known)
        while not stop.is_set():
            for id_, seconds in looking.execute(_LOOK, [last - 2_000]).fetchall():
                if id_ not in known:
                    known.add(id_)
                    seen.append(seconds)
            last = max(known, default=0)
            time.sleep(0.02)


def main() -> None:
    """Measure, and say whether the bar holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    prepare()
    fresh_database()
    stop, seen = threading.Event(), list[float]()
    worker = whole_worker()
    watching = threading.Thread(target=watch, args=[stop, seen])
    visitors = [str(uuid4()) for _ in range(VISITORS)]
    try:
        know(visitors)
        watching.start()
        sent = send(given.rate, given.seconds, visitors)
        drained(60)
        time.sleep(1)
    finally:
        stop.set()
        if watching.is_alive():
            watching.join()
        spent = used(worker.pid)
        worker.terminate()
        worker.wait()
    cuts = statistics.quantiles(seen, n=100)
    found = {
        "sent": sent, "in the story": len(seen), "rate": given.rate, "p50_s": round(cuts[49], 3),
        "p95_s": round(cuts[94], 3), "p99_s": round(cuts[98], 3), "bar_p95_s": BAR_SECONDS,
        "worker_us_each": round(spent / sent * 1e6),
    }  # fmt: skip
    print(json.dumps(found) if given.json else "\n".join(f"{name}: {value}" for name, value in found.items()))
    sys.exit(0 if len(seen) == sent and cuts[94] <= BAR_SECONDS else 1)


if __name__ == "__main__":
    main()
