"""The door under load, served: single events, batches, links followed meanwhile; and bare inserts beside it.

`python -m bench.intake --url http://127.0.0.1:8321 --key songsheet_… --database postgresql://… [--link token]
[--seconds 10] [--json]` against a Songsheet that runs. One process keeps all connections and asks on each as
soon as it has its answer; times are those of the client, which has its part of the same cores. Bare inserts are
what PostgreSQL takes of the same rows in the same statement, from one connection, without HTTP, key and checks.
"""

import argparse
import asyncio
import json
import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

import psycopg

from songsheet.intake.inbox.put_actions import PUT, hash_of


@dataclass(frozen=True)
class Result:
    """One bar and what was seen."""

    what: str
    per_second: float
    bar: str
    p50_ms: float
    p95_ms: float
    p99_ms: float
    most_ms: float
    refused: int


class Asker(asyncio.Protocol):
    """One connection that asks again as soon as it is answered, or after a pause."""

    def __init__(self, make: Callable[[], bytes], good: bytes, until: float, pause: float = 0) -> None:
        self.make, self.good, self.until, self.pause = make, good, until, pause
        self.times, self.refused, self.held = list[float](), 0, b""
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        if time.perf_counter() > self.until:
            self.transport.close()
            return
        self.began = time.perf_counter()
        self.transport.write(self.make())

    def data_received(self, data: bytes) -> None:
        self.held += data
        head, between, body = self.held.partition(b"\r\n\r\n")
        if not between:
            return
        lower = head.lower()
        length = int(lower.partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
        if len(body) < length:
            return
        self.times.append((time.perf_counter() - self.began) * 1000)
        self.refused += not head.startswith(b"HTTP/1.1 " + self.good)
        self.held = b""
        if self.pause:
            asyncio.get_running_loop().call_later(self.pause, self.ask)
        else:
            self.ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


class Bench:
    """Where it knocks, and with what."""

    def __init__(self, url: str, key: str, seconds: float) -> None:
        parts = urlsplit(url)
        self.host, self.port, self.seconds = parts.hostname or "127.0.0.1", parts.port or 80, seconds
        self.head = f"POST /in/events HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {key}\r\n"
        self.mark, self.number = uuid.uuid4().hex[:8], 0

    def event(self) -> str:
        self.number += 1
        return (
            f'{{"id":"{self.mark}-{self.number}","type":"download","at":"2026-11-01T10:00:00Z",'
            f'"person":{{"mail":"p{self.number % 5000}@firm{self.number % 300}.example","name":"Ada Byron"}},'
            '"page":{"url":"https://www.firm.example/chairs","title":"Chairs"},'
            '"utm":{"source":"newsletter","campaign":"Spring"},"subject":"Catalogue"}'
        )

    def single(self) -> bytes:
        return self.posted(self.event())

    def batch(self) -> bytes:
        return self.posted(f"[{','.join(self.event() for _ in range(100))}]")

    def posted(self, body: str) -> bytes:
        return f"{self.head}Content-Length: {len(body)}\r\n\r\n{body}".encode()

    def follow(self, token: str) -> bytes:
        return f"GET /l/{token} HTTP/1.1\r\nHost: x\r\nUser-Agent: Mozilla/5.0\r\n\r\n".encode()

    async def ask(
        self, make: Callable[[], bytes], good: bytes, connections: int, pause: float = 0
    ) -> list[Asker]:
        """So many connections for so many seconds."""
        loop, until = asyncio.get_running_loop(), time.perf_counter() + self.seconds
        made = [
            (await loop.create_connection(lambda: Asker(make, good, until, pause), self.host, self.port))[1]
            for _ in range(connections)
        ]
        await asyncio.wait({one.done for one in made}, timeout=self.seconds + 30)
        return made


def told(what: str, bar: str, askers: list[Asker], seconds: float, each: int = 1) -> Result:
    """The figures of one run."""
    times = sorted(taken for one in askers for taken in one.times)
    cuts = statistics.quantiles(times, n=100)
    p50, p95, p99 = (round(cuts[at], 1) for at in (49, 94, 98))
    refused = sum(one.refused for one in askers)
    return Result(
        what, round((len(times) - refused) * each / seconds), bar, p50, p95, p99, round(times[-1], 1), refused
    )


def bare(database: str, rows: int, seconds: float, body: str) -> Result:
    """The same statement with so many rows, one after another, each committed."""
    times, mark, until = list[float](), uuid.uuid4().hex, time.perf_counter() + seconds
    with psycopg.connect(database, autocommit=True) as connection:
        while time.perf_counter() < until:
            hashes = [hash_of("bare", f"{mark}{len(times)}-{n}") for n in range(rows)]
            began = time.perf_counter()
            connection.execute(PUT, [hashes, ["event"] * rows, ["bare"] * rows, [body] * rows], prepare=True)
            times.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(times, n=100)
    return Result(
        f"bare inserts, {rows} rows a statement", round(len(times) * rows / seconds), "", round(cuts[49], 1),
        round(cuts[94], 1), round(cuts[98], 1), round(max(times), 1), 0,
    )  # fmt: skip


async def run(bench: Bench, token: str, database: str) -> list[Result]:
    """All bars, one after another."""
    seconds, results = bench.seconds, list[Result]()
    for connections, bar in ((64, "2,000/s, p99 100 ms"), (200, "p99 300 ms")):
        asked = await bench.ask(bench.single, b"202", connections)
        results.append(told(f"single events, {connections} connections", bar, asked, seconds))
        results.append(bare(database, connections // 3, seconds / 2, bench.event()))
    asked = await bench.ask(bench.batch, b"202", 8)
    results.append(told("batches of 100, 8 connections", "25,000/s", asked, seconds, 100))
    results.append(bare(database, 800, seconds / 2, bench.event()))
    if token:
        saturating = asyncio.ensure_future(bench.ask(bench.single, b"202", 64))
        asked = await bench.ask(lambda: bench.follow(token), b"302", 8, pause=0.05)
        results.append(told("links followed meanwhile, 8 connections", "p99 50 ms", asked, seconds))
        results.append(told("single events meanwhile", "", await saturating, seconds))
    return results


def main() -> None:
    """Print each figure beside its bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8321")
    parser.add_argument("--key", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--link", default="")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    results = asyncio.run(run(Bench(given.url, given.key, given.seconds), given.link, given.database))
    if given.json:
        print(json.dumps([asdict(one) for one in results], indent=1))
        return
    for one in results:
        bar = f" (bar {one.bar})" if one.bar else ""
        print(
            f"{one.what}: {one.per_second:,}/s{bar}; p50 {one.p50_ms} p95 {one.p95_ms} p99 {one.p99_ms} "
            f"most {one.most_ms} ms; refused {one.refused}"
        )


if __name__ == "__main__":
    main()
