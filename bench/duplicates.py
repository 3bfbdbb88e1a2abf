"""Records that may be one: how long asking about one person takes, and the sweep of many.

`python -m bench.duplicates [--people 200000] [--sweep 50000] [--keep] [--profile] [--json]` on the configured server, in a
database of its own. One in fifty made people is another one written again: with an initial, a slip, a tag or without a
company. Prints p50 and p95 of one person over 400 askings, and the seconds of hashing and comparing so many people.
"""

import argparse
import cProfile
import json
import os
import pstats
import random
import statistics
import time
from pathlib import Path
from typing import Any

from bench import imports

DATABASE = "songsheet_bench_duplicates"
SEED = Path(__file__).with_suffix(".sql")
ASKED = 400
#: Milliseconds for one person at p95; seconds for a sweep of 50,000.
BARS = {"one person": 50.0, "sweep": 60.0}


def lay(people: int) -> None:
    """A fresh database with so many people, their companies, mails and phones, and all their blocks."""
    from django.db import connection

    imports.DATABASE = DATABASE
    imports.prepare()
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
        for statement in SEED.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                cursor.execute(statement, {"people": people})
    from songsheet.base import bulk
    from songsheet.buyers.matching.finding import COMPANIES, PEOPLE
    from songsheet.buyers.matching.refresh import CHUNK, refresh_blocks

    for way in (COMPANIES, PEOPLE):
        ids = [id_ for (id_,) in bulk.rows(f"select id from buyers_{way.name} order by id")]
        for start in range(0, len(ids), CHUNK):
            refresh_blocks(way, ids[start : start + CHUNK])
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    print(f"made and hashed {people:,} people in {time.monotonic() - began:.0f} s", flush=True)


def one_person(people: int) -> list[float]:
    """Milliseconds of each asking, nobody asked twice."""
    from songsheet.base import bulk
    from songsheet.buyers.matching.finding import PEOPLE, duplicates_of

    (first,) = bulk.rows("select min(id) from buyers_person")[0]
    took = []
    for number in random.Random(7).sample(range(people), min(ASKED, people)):
        began = time.perf_counter()
        duplicates_of(PEOPLE, first + number)
        took.append((time.perf_counter() - began) * 1000)
    return took


def sweep_of(many: int) -> tuple[float, int]:
    """Seconds of hashing and comparing so many people as the job does it, and the pairs that were kept."""
    from songsheet.base import bulk
    from songsheet.buyers.matching.finding import PEOPLE
    from songsheet.buyers.matching.refresh import CHUNK, refresh_blocks, sweep
    from songsheet.team.queries import now

    ids = [id_ for (id_,) in bulk.rows("select id from buyers_person order by id desc limit %s", [many])]
    began, pairs = time.monotonic(), 0
    for start in range(0, len(ids), CHUNK):
        refresh_blocks(PEOPLE, ids[start : start + CHUNK])
        pairs += sweep(PEOPLE, ids[start : start + CHUNK], at=now())
    return time.monotonic() - began, pairs


def main() -> None:
    """Make, ask, sweep."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=200_000)
    options.add_argument("--sweep", type=int, default=50_000)
    options.add_argument("--keep", action="store_true", help="use the rows of the last run")
    options.add_argument("--profile", action="store_true", help="where the time of the sweep goes")
    options.add_argument("--json", action="store_true", help="the JSON line only")
    chosen = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    if chosen.keep:
        from bench.beside import connect

        connect(DATABASE)
    else:
        lay(chosen.people)
    took = one_person(chosen.people)
    cuts = statistics.quantiles(took, n=100)
    watch, worked = cProfile.Profile(), time.process_time()
    if chosen.profile:
        watch.enable()
    seconds, pairs = sweep_of(chosen.sweep)
    watch.disable()
    worked = time.process_time() - worked
    told: dict[str, Any] = {
        "people": chosen.people, "one_person_ms": {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1)},
        "sweep": {"people": chosen.sweep, "seconds": round(seconds, 1), "processor": round(worked, 1),
                  "pairs": pairs},
    }  # fmt: skip
    if chosen.profile:
        pstats.Stats(watch).sort_stats("tottime").print_stats(25)
    if not chosen.json:
        bars = (cuts[94] <= BARS["one person"], seconds <= BARS["sweep"] * chosen.sweep / 50_000)
        print(
            f"one person  p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms   bar 50{'' if bars[0] else '   MISSED'}"
        )
        print(f"sweep of {chosen.sweep:,}  {seconds:.1f} s, {pairs:,} pairs{'' if bars[1] else '   MISSED'}")
    print(json.dumps(told))


if __name__ == "__main__":
    main()
