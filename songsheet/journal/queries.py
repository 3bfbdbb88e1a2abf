"""Reads of the journal: the head, entries in order, the story of some keys."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from songsheet.journal.entries import COLUMNS, Entry, from_rows
from songsheet.journal.events import Event


def head() -> int:
    """The position of the last entry."""
    return int(_rows("select position from journal_head")[0][0])


def entries_after(position: int, limit: int = 500) -> list[Entry[Event]]:
    """The next entries in order of position."""
    return from_rows(
        _rows(
            f"select {COLUMNS} from journal_entry where position > %s order by position limit %s",
            [position, limit],
        )
    )


def story_of(
    keys: Sequence[str], *, kinds: Sequence[str] | None = None, limit: int = 500
) -> list[Entry[Event]]:
    """What happened about any of these keys, each entry once, the latest first by when it happened."""
    return from_rows(
        _rows(
            f"""select {COLUMNS} from journal_entry
                 where position in (select position from journal_about where key = any(%s))
                   and (%s::text[] is null or kind = any(%s::text[]))
                 order by occurred_at desc, position desc limit %s""",
            [list(keys), list(kinds) if kinds else None, list(kinds) if kinds else None, limit],
        )
    )


def _rows(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
