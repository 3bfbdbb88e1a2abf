"""A hot lead posted to the API until it is offered to its member with a brief, on a Songsheet that runs.

`python -m bench.hot --url http://127.0.0.1:8321 --key songsheet_… [--leads 100] [--per-second 2] [--json]` where
tiers and routing are in force and `--wants` makes a lead hot. Times are those of the client, from the first byte that
is sent until the lead is seen offered; it is asked for every 20 ms.
"""

import argparse
import json
import statistics
import threading
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

#: Milliseconds at p95.
BAR = 2_000
#: A lead that is not offered by then has failed.
LONGEST = 30


class Caller:
    """One connection with a key."""

    def __init__(self, url: str, key: str) -> None:
        parts = urlsplit(url)
        self.connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=60)
        self.headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer, read."""
        given = None if body is None else json.dumps(body)
        self.connection.request(method, f"/api/v1{path}", given, self.headers)
        return json.loads(self.connection.getresponse().read())


class Run:
    """Leads posted to one Songsheet: how long each took until it was offered, and those that were not."""

    def __init__(self, url: str, key: str, wants: str) -> None:
        self.url, self.key, self.wants = url, key, wants
        self.times: list[float] = []
        self.lost: list[str] = []

    def one(self, number: int) -> None:
        """Post one lead and wait until it is offered, and its brief is there."""
        caller, mark = Caller(self.url, self.key), f"{time.time_ns()}n{number}"
        began = time.perf_counter()
        person = {"name": f"Hot {mark}", "mails": [f"hot{mark}@firm{number}.example"]}
        lead = caller.ask("POST", "/leads", {"person": person, "wants": self.wants})["key"]
        while time.perf_counter() - began < LONGEST:
            seen = caller.ask("GET", f"/leads/{lead}")
            if seen["state"] == "offered" and seen["owner"]:
                caller.ask("GET", f"/handoffs/{lead}/brief")
                self.times.append((time.perf_counter() - began) * 1000)
                return
            time.sleep(0.02)
        self.lost.append(lead)


def main() -> None:
    """Post at an even pace, and say how long each took."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--url", default="http://127.0.0.1:8321")
    words.add_argument("--key", required=True)
    words.add_argument("--leads", type=int, default=100)
    words.add_argument("--per-second", type=float, default=2)
    words.add_argument("--wants", default="Please send us a quote")
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    run, threads = Run(asked.url, asked.key, asked.wants), []
    for number in range(asked.leads):
        threads.append(threading.Thread(target=run.one, args=[number]))
        threads[-1].start()
        time.sleep(1 / asked.per_second)
    for thread in threads:
        thread.join()
    found, lost = run.times, run.lost
    cuts = statistics.quantiles(found, n=100) if len(found) > 1 else [0.0] * 99
    p50, p95 = round(cuts[49]), round(cuts[94])
    if asked.json:
        print(json.dumps({"leads": len(found), "lost": len(lost), "p50": p50, "p95": p95, "bar": BAR}))
    else:
        print(f"{len(found)} hot leads offered: p50 {p50} ms, p95 {p95} ms (bar {BAR}); {len(lost)} were not")
    if lost or p95 > BAR:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
