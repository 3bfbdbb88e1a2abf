"""What ten million events leave behind: how fast they go in at first and at last, and what each takes.

`python -m bench.growth [--millions 10] [--json]` with a home and a database of its own, which it removes: it takes
some 1.2 GB of disk for each million. Every million comes in on a day of its own, by the statement that the door puts
them in with, 800 at a time, one after another; then it goes on to the day's raw bodies, as taking in has it, and the
inbox is tidied. Two of three bodies are pages that a browser told of, one is a program's event.
"""

import argparse
import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.own_house import used

AT_ONCE, MILLION = 800, 1_000_000
_AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
_PAGE = (
    '{"event":{"id":"%s","type":"page_view","system":"site_01k0000000000000000000000a","visitor":'
    '"0b9d8c1e-6f0a-4a53-9d0e-2f4d1c3b5a69","page":{"url":"https://www.firm.example/chairs/%d","title":"Chairs"}},'
    f'"agent":"{_AGENT}","network":"203.0.113.0/24","method":"POST"}}'
)
_EVENT = (
    '{"event":{"id":"%s","type":"download","at":"2026-11-01T10:00:00Z","person":{"mail":"p%d@firm.example",'
    '"name":"Ada Byron"},"page":{"url":"https://www.firm.example/chairs","title":"Chairs"},"utm":{"source":'
    '"newsletter","campaign":"Spring"},"subject":"Catalogue"},"by":"key_01k0000000000000000000000a"}'
)
#: As taking in ends; the bodies go to the day on which this million is said to have come.
_ON = """
with gone as (delete from intake_inbox where id in (select id from intake_inbox order by id limit 100000)
              returning *)
insert into intake_raw (id, received_at, hash, door, feed, body, became, person_id)
select id, %s::date + (received_at - date_trunc('day', received_at)), hash, door, feed, body, 'hit', id %% 5000
  from gone
"""
_SIZES = """
select pg_relation_size('intake_seen'), pg_indexes_size('intake_seen'),
       (select sum(pg_relation_size(inhrelid)) from pg_inherits where inhparent = 'intake_raw'::regclass),
       (select sum(pg_indexes_size(inhrelid)) from pg_inherits where inhparent = 'intake_raw'::regclass),
       pg_total_relation_size('intake_inbox')
"""


@dataclass(frozen=True)
class Million:
    """One million: rows a second by the clock and by the processor time of the database, bytes of its log."""

    number: int
    per_second: int
    database_us_each: float
    log_bytes_each: int
    known_again_per_second: int


def events(first: int, count: int) -> "list[Any]":
    from songsheet.intake.inbox.put_actions import Item, mark_of

    made = []
    for n in range(first, first + count):
        id_, is_page = f"e-{n:012}", n % 3
        door, feed, body = (
            ("script", "site_01k0000000000000000000000a", _PAGE) if is_page else ("event", "api", _EVENT)
        )
        made.append(Item(mark_of(feed, id_), door, feed, body % (id_, n % 5000)))
    return made


def came(number: int, day: date) -> Million:
    """A million comes in on this day, and is taken in."""
    from django.db import connection

    from songsheet.base import bulk
    from songsheet.intake.inbox.put_actions import PUT, columns_of

    def put(first: int) -> float:
        columns = columns_of(events(first, AT_ONCE))
        began = time.perf_counter()
        bulk.rows(PUT, columns)
        return time.perf_counter() - began

    backend = connection.connection.info.backend_pid
    (log,) = bulk.rows("select pg_current_wal_lsn()")[0]
    before = used(backend)
    taken = sum(put(number * MILLION + n) for n in range(0, MILLION, AT_ONCE))
    spent = used(backend) - before
    ((logged,),) = bulk.rows("select pg_current_wal_lsn() - %s::pg_lsn", [log])
    again = sum(put(n * AT_ONCE * 100) for n in range(20))
    while bulk.execute(_ON, [day.isoformat()]):
        pass
    bulk.execute("vacuum analyze intake_inbox")
    return Million(
        number + 1, round(MILLION / taken), round(spent / MILLION * 1e6, 1), round(float(logged) / MILLION),
        round(20 * AT_ONCE / again),
    )  # fmt: skip


def run(millions: int) -> dict[str, Any]:
    """All of them; then what stands, and a day that goes."""
    from songsheet.config.prepare import ready

    ready()
    from songsheet.base import bulk
    from songsheet.intake.inbox.days_actions import KEPT, make_room

    bulk.rows("select 1")
    first = datetime.now(UTC).date() - timedelta(days=millions - 1)
    days = [first + timedelta(days=n) for n in range(millions)]
    for day in days[::7]:
        make_room(day)
    found: list[Million] = []
    for number, day in enumerate(days):
        found.append(came(number, day))
        print(found[-1], flush=True)
    seen, seen_index, raw, raw_index, inbox = (int(n) for n in bulk.rows(_SIZES)[0])
    rows = millions * MILLION
    began = time.perf_counter()
    make_room(first + timedelta(days=KEPT + 1))
    dropped = time.perf_counter() - began
    return {
        "millions": [asdict(one) for one in found],
        "bytes each, for ever": {"seen": round(seen / rows), "its index": round(seen_index / rows)},
        "bytes each, for thirty days": {"raw": round(raw / rows), "its indexes": round(raw_index / rows)},
        "inbox when it is empty, MB": round(inbox / 2**20),
        "a day of a million dropped, and eight days made, s": round(dropped, 3),
    }


def main() -> None:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        os.environ["SONGSHEET_HOME"] = f"{place}/home"
        os.environ.pop("DATABASE_URL", None)
        found = run(given.millions)
        print(
            json.dumps(found)
            if given.json
            else "\n".join(f"{name}: {value}" for name, value in found.items())
        )
        from django.db import connection

        connection.close()


if __name__ == "__main__":
    main()
