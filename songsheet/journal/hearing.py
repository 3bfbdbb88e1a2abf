"""One step of one reader: a batch of entries, the work and the cursor in one commit."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection

from songsheet.journal.act import together
from songsheet.journal.append import Gathered
from songsheet.journal.entries import COLUMNS, Entry, from_rows
from songsheet.journal.errors import TooManyEntries
from songsheet.journal.held import PAUSES, Held, blocked_keys, describe, due, failed_again, hold, release
from songsheet.journal.reader import BatchAnswer, Reader
from songsheet.journal.sql import execute, rows

T = TypeVar("T")

MOST_HEARD = 500
MOST_IN_RANGE = 10_000
LONGEST_STEP = 0.5
ENOUGH_GATHERED = 1_000
IDLE_JUMP = 1_000
"""A reader with nothing to hear moves its cursor only when this far behind: no write per wake-up."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a step did, and whether another one should follow at once."""

    answered: int
    more: bool


NOTHING = Step(0, more=False)


def hear(reader: Reader, at: datetime | None) -> Step:
    """Answer what is due and the next entries; nothing when another worker holds this reader."""
    if not _has_work(reader, at):
        return NOTHING
    with together() as gathered:
        position = _hold_cursor(reader, at)
        if position is None:
            return NOTHING
        if reader.ranges is not None:
            return _hear_range(reader, position)
        again = _try_again(reader, gathered, at)
        return again if again.more else _hear_next(reader, position, gathered, at)


def enrol(readers: Iterable[Reader]) -> None:
    """Give new readers their cursor; called after migrations, before anything else is recorded."""
    for reader in readers:
        start = "(select position from journal_head)" if reader.since == "now" else "0"
        execute(
            f"""insert into journal_reader (name, position, began) values (%s, {start}, {start})
                on conflict do nothing""",
            [reader.name],
        )


def _has_work(reader: Reader, at: datetime | None) -> bool:
    """Looks without a lock, so that an idle reader costs one statement."""
    found = rows(
        f"""select cursor.position is null or head.position - cursor.position > %(jump)s
                or exists (select from journal_parked where reader = %(name)s and state = 'due'
                              and due_at <= coalesce(%(at)s, clock_timestamp()))
                or exists (select from journal_entry where position > cursor.position and {reader.filter})
              from journal_head head left join journal_reader cursor on cursor.name = %(name)s""",
        {"name": reader.name, "at": at, "kinds": reader.kinds, "jump": IDLE_JUMP},
    )
    return bool(found[0][0])


def _hold_cursor(reader: Reader, at: datetime | None) -> int | None:
    enrol([reader])
    found = rows(
        """select position from journal_reader
            where name = %s and failures <= %s
              and (due_at is null or due_at <= coalesce(%s, clock_timestamp()))
              for update skip locked""",
        [reader.name, len(PAUSES), at],
    )
    return int(found[0][0]) if found else None


def _move(reader: Reader, position: int) -> None:
    execute(
        """update journal_reader set position = %s, moved_at = clock_timestamp(), failures = 0,
                  due_at = null, error = '' where name = %s""",
        [position, reader.name],
    )


def _hear_range(reader: Reader, position: int) -> Step:
    assert reader.ranges is not None
    head = rows("select position from journal_head")[0][0]
    until = min(head, position + MOST_IN_RANGE)
    if until > position:
        reader.ranges(position, until)
        _move(reader, until)
    return Step(until - position, more=until < head)


def _try_again(reader: Reader, gathered: list[Gathered], at: datetime | None) -> Step:
    """What is due, and what that sets free, until nothing is or the step must end."""
    answered = tried = 0
    limit = _Limit(gathered)
    while entries := due(reader.name, at, MOST_HEARD):
        for entry in entries:
            if limit.reached():
                return Step(answered, more=True)
            tried += 1
            error = _attempt(reader.answer, entry)
            if error is None:
                release(reader.name, entry.position)
                _note_effects(reader, [entry.position])
                answered += 1
            elif limit.caused(error):
                return Step(answered, more=True)
            else:
                failed_again(reader.name, entry.position, describe(error), at)
    return Step(answered, more=tried > 0)


def _hear_next(reader: Reader, position: int, gathered: list[Gathered], at: datetime | None) -> Step:
    head = rows("select position from journal_head")[0][0]
    entries = from_rows(
        rows(
            f"""select {COLUMNS} from journal_entry
                 where position > %(after)s and position <= %(head)s and {reader.filter}
                 order by position limit %(limit)s""",
            {"after": position, "head": head, "kinds": reader.kinds, "limit": MOST_HEARD},
        )
    )
    hearing = _Hearing(reader, entries, _Limit(gathered))
    before = hearing.run()
    until = entries[-1].position if len(entries) == MOST_HEARD else head
    if before is not None:
        until = before - 1
    hold(reader.name, hearing.held, at)
    _note_effects(reader, hearing.done)
    _move(reader, until)
    return Step(len(hearing.done), more=until < head)


class _Limit:
    """When a step must end: after half a second, or when its acts have gathered enough for one append."""

    def __init__(self, gathered: list[Gathered]) -> None:
        self.gathered = gathered
        self.noted = 0
        self.begun = time.monotonic()

    def reached(self) -> bool:
        """Asked before each entry."""
        self.noted = len(self.gathered)
        return self.noted > ENOUGH_GATHERED or time.monotonic() - self.begun > LONGEST_STEP

    def caused(self, error: Exception) -> bool:
        """The entry failed only because earlier ones of this step had filled the append."""
        return isinstance(error, TooManyEntries) and self.noted > 0


class _Hearing:
    """The entries of one step: answered, held because they failed, or held behind another."""

    def __init__(self, reader: Reader, entries: list[Entry[Any]], limit: _Limit) -> None:
        self.reader = reader
        self.limit = limit
        self.entries = _not_yet_answered(reader, entries)
        self.subjects = {entry.position: entry.subjects() for entry in self.entries}
        self.blocked = blocked_keys(reader.name, {key for keys in self.subjects.values() for key in keys})
        self.done: list[int] = []
        self.held: list[Held] = []

    def run(self) -> int | None:
        """Returns the position before which it had to stop, if it had to."""
        if self.reader.batch is not None and self._all_at_once(self.reader.batch):
            return None
        for entry in self.entries:
            keys = self.subjects[entry.position]
            if self.blocked.intersection(keys):
                self._wait(entry.position, keys)
                continue
            if self.limit.reached():
                return entry.position
            error = _attempt(self.reader.answer, entry)
            if error is None:
                self.done.append(entry.position)
            elif self.limit.caused(error):
                return entry.position
            else:
                self.held.append((entry.position, keys, describe(error)))
                self.blocked.update(keys)
        return None

    def _all_at_once(self, batch: BatchAnswer) -> bool:
        free = [e for e in self.entries if not self.blocked.intersection(self.subjects[e.position])]
        if free and _attempt(batch, free) is not None:
            return False
        self.done = [entry.position for entry in free]
        for position in self.subjects.keys() - set(self.done):
            self._wait(position, self.subjects[position])
        return True

    def _wait(self, position: int, keys: list[str]) -> None:
        self.held.append((position, keys, None))
        self.blocked.update(keys)


def _attempt(answer: Callable[[T], None], given: T) -> Exception | None:
    """Answer within a savepoint. The error is returned, not hidden: the caller holds the entry with it."""
    try:
        with together():
            answer(given)
    except Exception as error:
        if not connection.is_usable():
            raise
        return error
    return None


def _not_yet_answered(reader: Reader, entries: list[Entry[Any]]) -> list[Entry[Any]]:
    if not reader.handles or not entries:
        return entries
    answered = {
        row[0]
        for row in rows(
            "select because from journal_effect where reader = %s and because = any(%s)",
            [reader.name, [entry.position for entry in entries]],
        )
    }
    return [entry for entry in entries if entry.position not in answered]


def _note_effects(reader: Reader, positions: list[int]) -> None:
    if reader.handles and positions:
        execute(
            "insert into journal_effect (reader, because) select %s, unnest(%s::int8[])",
            [reader.name, positions],
        )
