"""The only statement that writes the journal: one round trip, under the one-row lock, verified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection

from songsheet.journal.errors import AppendMismatch, TooManyEntries

MOST_ENTRIES = 2_000
CHANNEL = "journal"

_APPEND = """
with head as (
    update journal_head
       set position = position + %(count)b, recorded_at = greatest(clock_timestamp(), recorded_at)
     where id = 1
 returning position - %(count)b as base, recorded_at
), entered as (
    insert into journal_entry
          (position, kind, version, occurred_at, recorded_at, actor, because, depth, lane, body)
    select head.base + given.number, given.kind, given.version, given.occurred_at, head.recorded_at,
           given.actor, given.because, given.depth, given.lane, given.body::jsonb
      from head, unnest(%(kinds)b::text[], %(versions)b::int2[], %(occurred)b::timestamptz[],
                        %(actors)b::text[], %(causes)b::int8[], %(depths)b::int2[], %(lanes)b::int2[],
                        %(bodies)b::text[]) with ordinality
           as given(kind, version, occurred_at, actor, because, depth, lane, body, number)
 returning 1
), told as (
    insert into journal_about (key, position)
    select given.key, head.base + given.number
      from head, unnest(%(keys)b::text[], %(numbers)b::int4[]) as given(key, number)
 returning 1
)
select (select base from head), (select count(*) from entered), (select count(*) from told),
       case when %(live)b then pg_notify('journal', '') is null end
"""


@dataclass(frozen=True, slots=True)
class Gathered:
    """An entry on its way: everything but the position and the database's time."""

    kind: str
    version: int
    occurred_at: datetime
    actor: str
    because: int | None
    depth: int
    lane: int
    body: str
    keys: list[str]


def append(gathered: Sequence[Gathered]) -> int:
    """Append in order and return the position before the first; held until the transaction commits."""
    count = len(gathered)
    if count > MOST_ENTRIES:
        raise TooManyEntries(count, MOST_ENTRIES)
    values: dict[str, Any] = {
        "count": count,
        "kinds": [entry.kind for entry in gathered],
        "versions": [entry.version for entry in gathered],
        "occurred": [entry.occurred_at for entry in gathered],
        "actors": [entry.actor for entry in gathered],
        "causes": [entry.because for entry in gathered],
        "depths": [entry.depth for entry in gathered],
        "lanes": [entry.lane for entry in gathered],
        "bodies": [entry.body for entry in gathered],
        "keys": [key for entry in gathered for key in entry.keys],
        "numbers": [number for number, entry in enumerate(gathered, 1) for _ in entry.keys],
        "live": any(entry.lane == 0 for entry in gathered),
    }
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        row = cursor.execute(_APPEND, values, prepare=True).fetchone()
    if row is None or row[1] != count or row[2] != len(values["keys"]):
        raise AppendMismatch(f"gathered {count} entries about {len(values['keys'])} subjects, appended {row}")
    return int(row[0])
