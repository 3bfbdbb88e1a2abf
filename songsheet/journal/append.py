"""The only statement that writes the journal: one round trip, under the one-row lock, verified."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from django.db import connection

from songsheet.base.bulk import array

MOST_ENTRIES = 2_000
CHANNEL = "journal"

#: Up to so many entries one plan does.
_FEW = 20
#: Foreign keys are looked up now: at the commit that would be done under the journal's lock.
_CHECKED = "set constraints all immediate"
_APPEND = """
select journal_append(
    %(entries)b::int4, %(subjects)b::int4, %(live)b::bool,
    %(kinds)s::text[], %(versions)s::int2[], %(actors)s::text[], %(lanes)s::int2[],
    %(notes)s::int4[], %(occurred)s::timestamptz[], %(causes)s::int8[], %(depths)s::int2[],
    %(bodies)s::text[],
    %(keys)s::text[], %(numbers)s::int4[])
"""


class Note(NamedTuple):
    """What entries of one kind have in common; sent once however many they are."""

    kind: str
    version: int
    actor: str
    lane: int


class Gathered(NamedTuple):
    """An entry on its way: everything but the position and the database's time."""

    note: Note
    occurred_at: datetime
    because: int | None
    depth: int
    body: str
    keys: list[str]


def append(gathered: Sequence[Gathered], *, commit: bool) -> None:
    """Append in order; the database refuses unless it appended as many as were gathered.

    `commit` travels with the statement, so that the lock is never held while an answer is on its way to us:
    Django's own commit afterwards finds the transaction closed and does nothing.
    """
    driver = connection.connection
    with connection.wrap_database_errors, psycopg.Cursor(driver) as cursor, driver.pipeline():
        cursor.execute(_CHECKED, prepare=True)
        cursor.execute(_APPEND, _values(gathered), prepare=len(gathered) <= _FEW)
        if commit and not connection.needs_rollback:
            driver.commit()


def _values(gathered: Sequence[Gathered]) -> dict[str, Any]:
    number_of: dict[Note, int] = {}
    for entry in gathered:
        number_of.setdefault(entry.note, len(number_of) + 1)
    kinds, versions, actors, lanes = zip(*number_of, strict=True)
    keys = [key for entry in gathered for key in entry.keys]
    return {
        "entries": len(gathered),
        "subjects": len(keys),
        "kinds": array(kinds),
        "versions": array(versions),
        "actors": array(actors),
        "lanes": array(lanes),
        "notes": array([number_of[entry.note] for entry in gathered]),
        "causes": array([entry.because for entry in gathered]),
        "depths": array([entry.depth for entry in gathered]),
        "occurred": array([entry.occurred_at for entry in gathered]),
        "bodies": array([entry.body for entry in gathered]),
        "keys": array(keys),
        "numbers": array([number for number, entry in enumerate(gathered, 1) for _ in entry.keys]),
        "live": 0 in lanes,
    }
