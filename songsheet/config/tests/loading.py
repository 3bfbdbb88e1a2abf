"""A client that brings people in for as long as it is let: `python -m songsheet.config.tests.loading SEED`.

With URL and KEY it goes by the API, else by the actions themselves. It prints the key of each person once the
answer was there: what it printed must never be lost.
"""

import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any


def bodies(seed: str) -> Iterator[dict[str, Any]]:
    """People without end."""
    number = 0
    while True:
        number += 1
        yield {"name": f"Load {seed} {number}", "mails": [f"load-{seed}-{number}@load.example"]}


def by_action() -> Callable[[dict[str, Any]], str | None]:
    """Brings one in by an act; None when it was refused or nobody answered."""
    from songsheet.config.prepare import ready

    ready()
    from django.db import Error, connection

    from songsheet.base.refusals import Refusal
    from songsheet.buyers.actions import meet_person
    from songsheet.buyers.adopt import PersonRow
    from songsheet.team.acting import as_system
    from songsheet.team.queries import now

    def bring(body: dict[str, Any]) -> str | None:
        row = PersonRow(name=body["name"], mails=tuple(body["mails"]))
        try:
            return meet_person(row, by=as_system("load"), at=now()).key
        except (Error, Refusal):
            connection.close()
            return None

    return bring


def by_api(url: str, key: str) -> Callable[[dict[str, Any]], str | None]:
    """Brings one in by a request; None when it was refused or nobody answered."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def bring(body: dict[str, Any]) -> str | None:
        asked = urllib.request.Request(f"{url}/api/v1/people", json.dumps(body).encode(), headers)  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
                return str(json.loads(answer.read())["key"])
        except (OSError, urllib.error.HTTPError, ValueError):
            return None

    return bring


def main(seed: str, *served: str) -> None:
    """Bring people in, one after the other; whatever dies, go on as soon as it is there again."""
    bring = by_api(*served) if served else by_action()
    for body in bodies(seed):
        key = bring(body)
        if key:
            print(key, flush=True)  # noqa: T201
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
