"""Named readers: catching up, and the loop of a worker that listens."""

import logging
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection

from songsheet.journal.append import CHANNEL
from songsheet.journal.hearing import LONGEST_STEP, NOTHING, Step, enrol, hear
from songsheet.journal.held import PAUSES, describe
from songsheet.journal.reader import Reader
from songsheet.journal.sql import execute

__all__ = ["Reader", "catch_up", "enrol", "listen"]

log = logging.getLogger(__name__)
#: Seconds after a notification: what comes within them is heard together. On a busy day twice as long as the
#: last rounds took, since a round costs much the same however little it hears; never longer than the most.
_GATHERING, _MOST_GATHERING = 0.05, 0.25


def catch_up(reader: Reader, at: datetime | None = None) -> int:
    """Answer everything there is to hear now; returns how many entries were answered. `at` is for tests."""
    answered = 0
    while True:
        step = _step(reader, at)
        answered += step.answered
        if not step.more:
            return answered


def listen(readers: Sequence[Reader], stop: threading.Event, *, patience: float = 2.0) -> None:
    """Hear until told to stop: at each notification, and at the latest after `patience` seconds.

    Several workers may listen with the same readers; each step belongs to one of them.
    """
    live = [reader for reader in readers if not reader.hears_history]
    patient = [reader for reader in readers if reader.hears_history]
    try:
        while not stop.is_set():
            try:
                _hear_and_wait(live, patient, stop, patience)
            except (OperationalError, InterfaceError) as error:
                log.warning("the database went away, trying again in a second: %s", describe(error))
                connection.close()
                stop.wait(1)
    finally:
        connection.close()


def _hear_and_wait(
    live: Sequence[Reader], patient: Sequence[Reader], stop: threading.Event, patience: float
) -> None:
    with closing(connection.copy()) as listening:
        listening.ensure_connection()
        with listening.cursor() as cursor:
            cursor.execute(f"listen {CHANNEL}")
        while not stop.is_set():
            began = time.monotonic()
            while _round(live, patient, stop):
                pass
            gathering = min(max(_GATHERING, 2 * (time.monotonic() - began)), _MOST_GATHERING)
            _wait(listening.connection, stop, patience, gathering)


def _round(live: Sequence[Reader], patient: Sequence[Reader], stop: threading.Event) -> bool:
    """One step of each reader, and the live ones again before every step through history.

    A reader of ranges rests after a step as long as that took while there is more, as one through history
    does: whoever waits for a page goes first.
    """
    more = False
    for through_history in [None, *patient]:
        for reader in [*live, *([through_history] if through_history else [])]:
            if stop.is_set():
                return False
            began = time.monotonic()
            goes_on = _step(reader, None).more
            if goes_on and (reader is through_history or reader.ranges is not None):
                stop.wait(min(time.monotonic() - began, LONGEST_STEP))
            more = goes_on or more
    return more


def _wait(
    listening: psycopg.Connection[Any], stop: threading.Event, patience: float, gathering: float
) -> None:
    """Until somebody records something, and what comes while it gathers; looks at `stop` twice a second."""
    until = time.monotonic() + patience
    while not stop.is_set() and time.monotonic() < until:
        with connection.wrap_database_errors:
            if list(listening.notifies(timeout=min(patience, 0.5), stop_after=1)):
                stop.wait(gathering)
                return


def _step(reader: Reader, at: datetime | None) -> Step:
    try:
        return hear(reader, at)
    except Exception as error:
        if not connection.is_usable():
            raise
        log.error("reader %s could not go on: %s", reader.name, describe(error))
        _note_failure(reader, describe(error), at)
        return NOTHING


def _note_failure(reader: Reader, error: str, at: datetime | None) -> None:
    """The whole reader rests and tries again; after five failures it stands until somebody restarts it."""
    enrol([reader])
    execute(
        """update journal_reader
              set failures = failures + 1, error = %(error)s,
                  due_at = coalesce(%(at)s, clock_timestamp())
                           + make_interval(secs => (%(pauses)s::int[])[failures + 1])
            where name = %(name)s""",
        {
            "name": reader.name,
            "error": error,
            "at": at,
            "pauses": list(PAUSES),
        },
    )
