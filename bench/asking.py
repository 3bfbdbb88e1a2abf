"""Connections that ask the door, each again as soon as it has its answer; and the figures of what they saw."""

import asyncio
import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Result:
    """One bar and what was seen; `spent` is processor time for each event, in microseconds."""

    what: str
    per_second: float
    bar: str
    p50_ms: float
    p95_ms: float
    p99_ms: float
    most_ms: float
    refused: int
    spent: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """What one connection saw."""

    times: list[float]
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
        asked = self.make()
        self.began = time.perf_counter()
        self.transport.write(asked)

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

    async def ask(
        self, make: Callable[[], bytes], good: bytes, connections: int, pause: float = 0
    ) -> list[Seen]:
        """So many connections for so many seconds."""
        loop, until = asyncio.get_running_loop(), time.perf_counter() + self.seconds
        made = [
            (await loop.create_connection(lambda: Asker(make, good, until, pause), self.host, self.port))[1]
            for _ in range(connections)
        ]
        await asyncio.wait({one.done for one in made}, timeout=self.seconds + 30)
        return [Seen(one.times, one.refused) for one in made]


def follow(url: str, token: str, seconds: float, connections: int = 8) -> list[Seen]:
    """Links followed, twenty a second on each connection; run in a process of its own, as a buyer's browser is."""
    bench = Bench(url, "", seconds)
    asked = f"GET /l/{token} HTTP/1.1\r\nHost: x\r\nUser-Agent: Mozilla/5.0\r\n\r\n".encode()
    return asyncio.run(bench.ask(lambda: asked, b"302", connections, 0.05))


def told(what: str, bar: str, seen: list[Seen], seconds: float, each: int = 1) -> Result:
    """The figures of one run."""
    times = sorted(taken for one in seen for taken in one.times)
    cuts = statistics.quantiles(times, n=100)
    p50, p95, p99 = (round(cuts[at], 1) for at in (49, 94, 98))
    refused = sum(one.refused for one in seen)
    return Result(
        what, round((len(times) - refused) * each / seconds), bar, p50, p95, p99, round(times[-1], 1), refused
    )
