"""Reads of the journal: the head, entries in order, the story of some keys, how far readers are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from songsheet.journal.entries import COLUMNS, Entry, from_rows
from songsheet.journal.events import Event
from songsheet.journal.held import PAUSES
from songsheet.journal.reader import Reader
from songsheet.journal.sql import rows

MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a reader is behind; `behind` is counted to 10,000, `error` says why it stands still."""

    reader: str
    position: int
    behind: int
    oldest: datetime | None
    parked: int
    waiting: int
    trying: int
    error: str


def head() -> int:
    """The position of the last entry."""
    return int(rows("select position from journal_head")[0][0])


def entry_at(position: int) -> Entry[Event] | None:
    """The entry at a position."""
    found = from_rows(rows(f"select {COLUMNS} from journal_entry where position = %s", [position]))
    return found[0] if found else None


def entries_after(position: int, limit: int = 500) -> list[Entry[Event]]:
    """The next entries in order of position."""
    return from_rows(
        rows(
            f"select {COLUMNS} from journal_entry where position > %s order by position limit %s",
            [position, limit],
        )
    )


def story_of(
    keys: Sequence[str], *, kinds: Sequence[str] | None = None, but: Sequence[str] = (), limit: int = 500
) -> list[Entry[Event]]:
    """What happened about any of these keys, of these kinds `but` those, each entry once, the latest first by
    when it happened."""
    chosen = list(kinds) if kinds else None
    return from_rows(
        rows(
            f"""select {COLUMNS} from journal_entry
                 where position in (select position from journal_about where key = any(%s))
                   and (%s::text[] is null or kind = any(%s::text[]))
                   and kind <> all(%s::text[])
                 order by occurred_at desc, position desc limit %s""",
            [list(keys), chosen, chosen, list(but), limit],
        )
    )


def lags(readers: Iterable[Reader]) -> list[Lag]:
    """How far each reader is, in the order given."""
    return [_lag(reader) for reader in readers]


def parked_count() -> int:
    """Entries that need somebody, and readers that stand still, for the administrator's Today."""
    found = rows(
        """select (select count(*) from journal_parked where state = 'parked')
                + (select count(*) from journal_reader where failures > %s)""",
        [len(PAUSES)],
    )
    return int(found[0][0])


def waiting_behind(reader: str, position: int) -> int:
    """How many entries wait behind a held one, counting what is about the same subjects."""
    found = rows(
        """select count(distinct later.position)
             from journal_parked held, unnest(held.keys) as own(key), journal_parked_about later
            where held.reader = %(reader)s and held.position = %(position)s
              and later.reader = %(reader)s and later.key = own.key and later.position > %(position)s""",
        {"reader": reader, "position": position},
    )
    return int(found[0][0])


def _lag(reader: Reader) -> Lag:
    found = rows(
        f"""select coalesce(cursor.position, 0), unheard.count, unheard.oldest, held.parked, held.waiting,
                   held.due, coalesce(cursor.error, '')
              from (select) as one left join journal_reader cursor on cursor.name = %(name)s,
           lateral (select count(*), min(recorded_at) as oldest from (
                        select recorded_at from journal_entry
                         where position > coalesce(cursor.position, 0) and {reader.filter}
                         order by position limit %(most)s) as nearest) as unheard,
           lateral (select count(*) filter (where state = 'parked') as parked,
                           count(*) filter (where state = 'waiting') as waiting,
                           count(*) filter (where state = 'due') as due
                      from journal_parked where reader = %(name)s) as held""",
        {"name": reader.name, "kinds": reader.kinds, "most": MOST_COUNTED},
    )
    return Lag(reader.name, *found[0])
