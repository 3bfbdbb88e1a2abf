"""Entries that a reader could not answer yet: due again, parked, or waiting behind one of these."""

import traceback
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson

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
        """select key from unnest(%s::text[]) as key
            where exists (select from journal_parked_about held
                           where held.reader = %s and held.key = key.key)""",
        [list(keys), reader],
    )
    return {row[0] for row in found}


def hold(reader: str, held: Sequence[Held], at: datetime | None) -> None:
    """Keep entries of which the first try failed, or that wait behind such."""
    if not held:
        return
    given = [{"position": position, "keys": keys, "error": error} for position, keys, error in held]
    values = {"reader": reader, "held": orjson.dumps(given).decode(), "at": at, "pause": PAUSES[0]}
    execute(
        """insert into journal_parked (reader, position, keys, state, attempts, due_at, error)
           select %(reader)s, position, array(select jsonb_array_elements_text(keys)),
                  case when error is null then 'waiting' else 'due' end,
                  case when error is null then 0 else 1 end,
                  case when error is not null
                       then coalesce(%(at)s, clock_timestamp()) + make_interval(secs => %(pause)s) end,
                  coalesce(error, '')
             from jsonb_to_recordset(%(held)s::jsonb) as held(position bigint, keys jsonb, error text)""",
        values,
    )
    execute(
        """insert into journal_parked_about (reader, key, position)
           select %(reader)s, jsonb_array_elements_text(keys), position
             from jsonb_to_recordset(%(held)s::jsonb) as held(position bigint, keys jsonb)""",
        values,
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
    values: dict[str, Any] = {"reader": reader, "position": position}
    found = rows(
        "delete from journal_parked where reader = %(reader)s and position = %(position)s returning keys",
        values,
    )
    if not found:
        return False
    values["keys"] = found[0][0]
    execute(
        """delete from journal_parked_about
            where reader = %(reader)s and key = any(%(keys)s::text[]) and position = %(position)s""",
        values,
    )
    execute(_FREE, values)
    return True


_FIRST = """(select position from journal_parked_about held
              where held.reader = %(reader)s and held.key = own.key order by position limit 1)"""
_FREE = f"""
update journal_parked later set state = 'due', due_at = 'epoch'
 where reader = %(reader)s and state = 'waiting'
   and position = any(array(select {_FIRST} from unnest(%(keys)s::text[]) as own(key)))
   and not exists (select from unnest(later.keys) as own(key) where {_FIRST} < later.position)
"""
"""Of what waits about these keys only the first of each can be free, if it is the first of all its keys."""
