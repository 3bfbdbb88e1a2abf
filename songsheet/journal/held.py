"""Entries that a reader could not answer yet: due again, parked, or waiting behind one of these."""

import traceback
from collections.abc import Iterable, Sequence
from datetime import datetime

from songsheet.base.refusals import Refusal
from songsheet.journal.entries import COLUMNS, Entry, from_rows
from songsheet.journal.events import Event
from songsheet.journal.sql import execute, rows

PAUSES = (1, 5, 30, 120)
"""Seconds before the second, third, fourth and fifth try; then a person must look."""

Held = tuple[int, list[str], str | None]
"""Position, subjects, and the error; None when it only waits behind another."""


def describe(error: BaseException) -> str:
    """What went wrong and where, without values: messages of other programs may quote personal ones."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    said = error.sentence if isinstance(error, Refusal) else ""
    place = f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
    return f"{type(error).__name__} in {place}. {said}".strip()


def blocked_keys(reader: str, keys: Iterable[str]) -> set[str]:
    """Those subjects about which an earlier entry is held."""
    found = rows(
        "select distinct key from journal_parked, unnest(keys) key where reader = %s and keys && %s::text[]",
        [reader, list(keys)],
    )
    return {row[0] for row in found}


def hold(reader: str, held: Sequence[Held], at: datetime | None) -> None:
    """Keep entries of which the first try failed, or that wait behind such."""
    for position, keys, error in held:
        execute(
            """insert into journal_parked (reader, position, keys, state, attempts, due_at, error)
               values (%(reader)s, %(position)s, %(keys)s,
                       case when %(error)s::text is null then 'waiting' else 'due' end,
                       case when %(error)s::text is null then 0 else 1 end,
                       case when %(error)s::text is not null
                            then coalesce(%(at)s, clock_timestamp()) + make_interval(secs => %(pause)s) end,
                       coalesce(%(error)s, ''))""",
            {
                "reader": reader,
                "position": position,
                "keys": keys,
                "error": error,
                "at": at,
                "pause": PAUSES[0],
            },
        )


def due(reader: str, at: datetime | None, limit: int) -> list[Entry[Event]]:
    """Held entries whose next try is due, in order."""
    return from_rows(
        rows(
            f"""select {COLUMNS} from journal_entry where position in (
                    select position from journal_parked
                     where reader = %s and state = 'due' and due_at <= coalesce(%s, clock_timestamp())
                     order by position limit %s)
                 order by position""",
            [reader, at, limit],
        )
    )


def failed_again(reader: str, position: int, error: str, at: datetime | None) -> None:
    """Count another failure; after the fifth the entry is parked."""
    execute(
        """update journal_parked
              set attempts = attempts + 1, error = %(error)s,
                  state = case when attempts < %(most)s then 'due' else 'parked' end,
                  due_at = case when attempts < %(most)s then coalesce(%(at)s, clock_timestamp())
                                + make_interval(secs => (%(pauses)s::int[])[attempts + 1]) end
            where reader = %(reader)s and position = %(position)s""",
        {
            "reader": reader,
            "position": position,
            "error": error,
            "at": at,
            "most": len(PAUSES),
            "pauses": list(PAUSES),
        },
    )


def release(reader: str, position: int) -> bool:
    """Let go of an entry; what waited behind it and nothing else is due at once. Says if it was held."""
    found = rows(
        "delete from journal_parked where reader = %s and position = %s returning keys", [reader, position]
    )
    if found:
        execute(
            """update journal_parked later set state = 'due', due_at = 'epoch'
                where reader = %(reader)s and state = 'waiting' and keys && %(keys)s::text[]
                  and not exists (select from journal_parked earlier
                                   where earlier.reader = later.reader and earlier.keys && later.keys
                                     and earlier.position < later.position)""",
            {"reader": reader, "keys": found[0][0]},
        )
    return bool(found)
