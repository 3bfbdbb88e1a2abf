"""The API under load, served: single creates by four clients, batches of leads, one after another.

`python -m bench.api --url http://127.0.0.1:8321 --key songsheet_… [--seconds 10] [--json]` against a Songsheet that
runs. Four processes ask at once, each over one connection that is kept; times are those of the client.
"""

import argparse
import http.client
import json
import os
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

CLIENTS = 4


@dataclass(frozen=True)
class Result:
    """One bar and what was seen."""

    what: str
    per_second: float
    bar: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    refused: int


class Caller:
    """One connection with a key."""

    def __init__(self, url: str, key: str) -> None:
        parts = urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=60)
        self.headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        """The status and the answer."""
        self.connection.request("POST", f"/api/v1{path}", json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())


def creates(url: str, key: str, number: int, until: float, body_of: str) -> tuple[list[float], int]:
    """Times of single creates until the end, and how many were refused."""
    caller, times, refused = Caller(url, key), list[float](), 0
    mark = f"{os.getpid()}x{time.time_ns()}"
    while time.time() < until:
        name = f"{mark}n{len(times)}"
        person = {"name": f"Person {name}", "mails": [f"p{name}@firm{name[-3:]}.example"]}
        body = person if body_of == "person" else {"person": person, "wants": "desks"}
        began = time.perf_counter()
        status, _ = caller.post("/people" if body_of == "person" else "/leads", body)
        times.append((time.perf_counter() - began) * 1000)
        refused += status != 201
    return times, refused


def batches(url: str, key: str, until: float, known: list[str]) -> tuple[list[float], int, int]:
    """Times of batches of 1,000 leads, how many leads were created, how many rejected."""
    caller, times, made, rejected = Caller(url, key), list[float](), 0, 0
    mark = f"{os.getpid()}x{time.time_ns()}"
    while time.time() < until:
        items = [
            {"person": known[place % len(known)] if known else {"name": f"P {mark} {len(times)} {place}",
             "mails": [f"p{mark}n{len(times)}n{place}@firm{place % 300}.example"]},
             "external": {"system": "bench", "id": f"{mark} {len(times)} {place}"}}
            for place in range(1000)
        ]  # fmt: skip
        began = time.perf_counter()
        _, answer = caller.post("/leads/batch", {"items": items})
        times.append((time.perf_counter() - began) * 1000)
        made, rejected = made + answer["created"], rejected + answer["rejected"]
    return times, made, rejected


def measured(what: str, bar: float, times: list[float], rate: float, refused: int) -> Result:
    """The figures of one run."""
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [times[0]] * 99
    p50, p95, p99 = (round(cuts[at], 1) for at in (49, 94, 98))
    return Result(what, round(rate, 1), bar, p50, p95, p99, refused)


def run(url: str, key: str, seconds: float) -> list[Result]:
    """All bars, one after another."""
    results = []
    with ProcessPoolExecutor(CLIENTS) as pool:
        for kind in ("person", "lead with its person"):
            until = time.time() + seconds
            runs = [
                pool.submit(creates, url, key, n, until, kind.split(maxsplit=1)[0]) for n in range(CLIENTS)
            ]
            done = [one.result() for one in runs]
            times = [taken for some, _ in done for taken in some]
            refused = sum(count for _, count in done)
            what = f"single creates, {kind}, four clients"
            results.append(measured(what, 150, times, len(times) / seconds, refused))
    caller = Caller(url, key)
    people = caller.post("/people/batch", {"items": [{"name": f"Bench {n}"} for n in range(1000)]})[1]
    known = [one["key"] for one in people["verdicts"]]
    ways = [(keys, clients) for keys in (known, []) for clients in (1, CLIENTS)]
    return [*results, *(batched(url, key, clients, seconds, keys) for keys, clients in ways)]


def batched(url: str, key: str, clients: int, seconds: float, known: list[str]) -> Result:
    """Batches by so many clients at once; the rate is counted until the last of them has its answer."""
    began = time.time()
    with ProcessPoolExecutor(clients) as pool:
        runs = [pool.submit(batches, url, key, began + seconds, known) for _ in range(clients)]
        done = [one.result() for one in runs]
    taken = time.time() - began
    made, rejected = (sum(one[at] for one in done) for at in (1, 2))
    whose = "of known people" if known else "with their people"
    what = f"leads in batches of 1,000, {whose}, {'one client' if clients == 1 else f'{clients} clients'}"
    return measured(what, 2500, [time for one in done for time in one[0]], made / taken, rejected)


def main() -> None:
    """Print each figure beside its bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8321")
    parser.add_argument("--key", required=True)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    results = run(given.url, given.key, given.seconds)
    if given.json:
        print(json.dumps([asdict(one) for one in results], indent=1))
        return
    for one in results:
        print(
            f"{one.what}: {one.per_second:,}/s (bar {one.bar:,.0f}); p50 {one.p50_ms} p95 {one.p95_ms}"
            f" p99 {one.p99_ms} ms; refused {one.refused}"
        )


if __name__ == "__main__":
    main()
