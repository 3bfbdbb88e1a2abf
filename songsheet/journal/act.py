"""The act: one transaction that changes rows and records entries, appended when the outermost act closes."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction

from songsheet.base.refusals import Busy
from songsheet.base.time import must_be_aware
from songsheet.journal.actors import Actor
from songsheet.journal.append import MOST_ENTRIES, Gathered, Note, append
from songsheet.journal.entries import LANES, Entry, Lane
from songsheet.journal.errors import TooDeep, TooManyEntries
from songsheet.journal.events import Event

DEEPEST = 5
_BUSY = {"55P03", "40P01", "40001"}  # lock not available, deadlock, serialization failure

Because = Entry[Event] | None


class _Running(threading.local):
    """What the outermost act of this thread's connection has gathered; None when none is open."""

    gathered: list[Gathered] | None = None
    whole = False
    rehearsal = False


_running = _Running()


class Record:
    """Notes entries of one act; they are appended when the outermost act closes."""

    def __init__(
        self, gathered: list[Gathered], by: Actor, at: datetime, because: Because, lane: Lane
    ) -> None:
        self.by = by
        self.at = must_be_aware(at)
        self._gathered = gathered
        self._because = because.position if because else None
        self._depth = because.depth + 1 if because else 0
        self._lane = LANES.index(lane)
        if self._depth > DEEPEST:
            raise TooDeep(self._depth)

    def __call__(self, event: Event, occurred_at: datetime | None = None) -> None:
        """Note that this happened, now or at an earlier time."""
        self._gather(self._note(event), event, occurred_at or self.at)
        self._not_too_many()

    def bulk(
        self, event_class: type[Event], bodies: Sequence[dict[str, Any]], occurred_at: Sequence[datetime]
    ) -> None:
        """Note many of one kind: the same entries, in the same order, as that many single calls."""
        note, because, depth = self._note(event_class), self._because, self._depth
        if _running.rehearsal:
            self._gathered += [Gathered(note, self.at, because, depth, "", [])] * len(bodies)
            self._not_too_many()
            return
        # what model_validate and model_dump_json come to, without their way there
        validate = event_class.__pydantic_validator__.validate_python
        to_json = event_class.__pydantic_serializer__.to_json
        for body, when in zip(bodies, occurred_at, strict=True):
            event = validate(body)
            text = to_json(event).decode()
            self._gathered.append(Gathered(note, must_be_aware(when), because, depth, text, event.subjects()))
        self._not_too_many()

    def _note(self, event: Event | type[Event]) -> Note:
        return Note(event.declared.name, event.declared.version, self.by.key, self._lane)

    def _gather(self, note: Note, event: Event, when: datetime) -> None:
        self._gathered.append(
            Gathered(
                note,
                must_be_aware(when),
                self._because,
                self._depth,
                event.model_dump_json(),
                event.subjects(),
            )
        )

    def _not_too_many(self) -> None:
        if len(self._gathered) > MOST_ENTRIES:
            raise TooManyEntries(len(self._gathered), MOST_ENTRIES)


@contextmanager
def act(*, by: Actor, at: datetime, because: Because = None, lane: Lane = "live") -> Iterator[Record]:
    """One act of somebody at a time; inside another act it joins that one's transaction as a savepoint."""
    with together() as gathered:
        yield Record(gathered, by, at, because, lane)


@contextmanager
def together(*, whole: bool = False) -> Iterator[list[Gathered]]:
    """One transaction around several acts; their entries are appended in order when the outermost closes.

    `whole` says that whatever fails within ends all of it: then the acts within need no savepoints.
    """
    if _running.gathered is None:
        with _busy_when_locked(), transaction.atomic(durable=True):
            gathered = _running.gathered = []
            _running.whole = whole
            try:
                yield gathered
            finally:
                _running.gathered, _running.whole = None, False
            if gathered and not _running.rehearsal:
                append(gathered, commit=len(connection.atomic_blocks) == 1)
    else:
        gathered = _running.gathered
        noted = len(gathered)
        try:
            with transaction.atomic(savepoint=not _running.whole):
                yield gathered
        except BaseException:
            del gathered[noted:]
            raise


@contextmanager
def rehearsal() -> Iterator[None]:
    """Within, acts on this thread count what they would note, and append nothing: for work on tables that are
    thrown away."""
    _running.rehearsal = True
    try:
        yield
    finally:
        _running.rehearsal = False


@contextmanager
def _busy_when_locked() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) in _BUSY:
            raise Busy from error
        raise
