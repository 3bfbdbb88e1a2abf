"""The door under load, served: single events, batches, links followed meanwhile; and bare inserts beside it.

`python -m bench.intake [--seconds 6] [--worker without|with|both] [--json]` with a home, a database and a server of
its own, which it ends. One process keeps all connections that send and asks on each as soon as it has its answer,
another one follows links; times are those of the client, which has its part of the same cores. Beside each figure
stands the processor time that an event took: of the client, the web processes, the database, the worker. Bare
inserts are what PostgreSQL takes of the same rows in the same statement, from one connection, without HTTP, key
and checks, and without a worker.
"""

import argparse
import asyncio
import json
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import psycopg

from bench.asking import Bench, Result, Seen, follow, told
from bench.own_house import House
from songsheet.intake.inbox.put_actions import PUT, Item, columns_of, mark_of

#: One more than cores, as `songsheet serve` has it.
WEB = 3
LINKS_BAR = "p99 50 ms"


def bare(database: str, rows: int, seconds: float, body: str) -> Result:
    """The same statement with so many rows, one after another, each committed."""
    times, mark, until = list[float](), uuid.uuid4().hex, time.perf_counter() + seconds
    with psycopg.connect(database, autocommit=True) as connection:
        while time.perf_counter() < until:
            ids = [f"{mark}{len(times)}-{n}" for n in range(rows)]
            columns = columns_of([Item(mark_of("bare", id_), "event", "bare", body) for id_ in ids])
            began = time.perf_counter()
            connection.execute(PUT, columns, prepare=True)
            times.append((time.perf_counter() - began) * 1000)
        connection.execute("delete from intake_inbox where feed = 'bare'")  # nobody is to take these in
    return told(f"bare inserts, {rows} rows a statement", "", [Seen(times, 0)], sum(times) / 1000, rows)


async def run(house: House, seconds: float, pool: ProcessPoolExecutor) -> list[Result]:
    """All bars, one after another."""
    bench = Bench(house.url, house.key, seconds)
    loop = asyncio.get_running_loop()

    async def asked(
        what: str,
        bar: str,
        make: Callable[[], bytes],
        connections: int,
        each: int = 1,
        *,
        links: bool = False,
    ) -> list[Result]:
        before = house.seconds()
        following = loop.run_in_executor(pool, follow, house.url, house.link, seconds) if links else None
        result = told(what, bar, await bench.ask(make, b"202", connections), seconds, each)
        followed = (
            [told(f"links followed meanwhile: {what}", LINKS_BAR, await following, seconds)]
            if following
            else []
        )
        events = max(1, result.per_second * seconds)
        spent = {name: (now - before[name]) / events * 1e6 for name, now in house.seconds().items()}
        return [replace(result, spent={name: round(n, 1) for name, n in spent.items() if n > 0}), *followed]

    results = await asked("single events, 64 connections", "2,000/s, p99 100 ms", bench.single, 64)
    results += await asked("single events, 200 connections", "p99 300 ms", bench.single, 200)
    results += await asked("batches of 100, 8 connections", "25,000/s", bench.batch, 8, 100)
    results += await asked("singles by 64 again", "", bench.single, 64, links=True)
    results += await asked("batches by 8 again", "", bench.batch, 8, 100, links=True)
    return results


def measured(seconds: float, workers: list[bool]) -> Iterator[Result]:
    """Without a worker, then with one; bare inserts before both."""
    with tempfile.TemporaryDirectory() as place, ProcessPoolExecutor(1) as pool:
        Path(place).chmod(0o755)
        pool.submit(time.monotonic).result()  # it is there before anything is measured
        house = House(Path(place), WEB)
        try:
            body = f'{{"event":{Bench(house.url, house.key, 1).event()},"by":"{house.key[:20]}"}}'
            for rows in (32, 800):
                yield bare(house.database, rows, seconds / 2, body)
            for worker in workers:
                house.serve(worker=worker)
                beside = "a worker beside it" if worker else "no worker"
                for one in asyncio.run(run(house, seconds, pool)):
                    yield replace(one, what=f"{one.what} ({beside})")
                house.stop()
        finally:
            house.end()


def main() -> None:
    """Print each figure beside its bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--worker", choices=["without", "with", "both"], default="both")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    workers = {"without": [False], "with": [True], "both": [False, True]}[given.worker]
    for one in measured(given.seconds, workers):
        print(json.dumps(asdict(one)) if given.json else line_of(one), flush=True)


def line_of(one: Result) -> str:
    bar = f" (bar {one.bar})" if one.bar else ""
    spent = " ".join(f"{name} {taken}" for name, taken in one.spent.items())
    return (
        f"{one.what}: {one.per_second:,}/s{bar}; p50 {one.p50_ms} p95 {one.p95_ms} p99 {one.p99_ms} "
        f"most {one.most_ms} ms; refused {one.refused}" + (f"; µs each: {spent}" if spent else "")
    )


if __name__ == "__main__":
    main()
