"""The thread of a worker that takes in what arrives, within a moment."""

import logging
import threading
import time

from django.db import InterfaceError, OperationalError, ProgrammingError, connection

from songsheet.base import bulk
from songsheet.base.refusals import Busy
from songsheet.intake.arriving.actions import take_in
from songsheet.intake.inbox.days_actions import make_room
from songsheet.journal.held import describe
from songsheet.team.queries import now

log = logging.getLogger("songsheet.arriving")
#: Seconds between two looks at an empty inbox.
LOOK = 0.2
#: So many a second, over so many seconds, are a flood. While it comes, and for so many seconds at most, a
#: round is followed by so many times its own length of rest.
FLOOD, LOOKED_OVER, LASTS = 1_000, 2.0, 60.0
REST, MOST_REST = 5, 2.0
_WAITS = "select exists (select from intake_inbox), last_value from intake_inbox_id_seq"


def keep_taking_in(stop: threading.Event) -> None:
    """Take in what arrives until told to stop. Several workers may: each row is one worker's."""
    pace = Pace(time.monotonic())
    try:
        _make_room()
        while not stop.is_set():
            began = time.monotonic()
            try:
                waits, last = _what_waits()
                taken = take_in(at=now()) if waits else 0
            except Busy:
                taken = 0
            except (OperationalError, InterfaceError) as error:
                log.warning("the database went away, trying again in a second: %s", describe(error))
                connection.close()
                stop.wait(1)
                continue
            rest = pace.rest(last, began, time.monotonic() - began)
            stop.wait(rest if taken else LOOK)
    finally:
        connection.close()


def _make_room() -> None:
    """A house that was asleep by night has room for the days to come as well."""
    try:
        ((today,),) = bulk.rows("select (clock_timestamp() at time zone 'utc')::date")
        make_room(today)
    except (OperationalError, ProgrammingError) as error:  # another worker is at it
        log.info("room for the next days is made elsewhere: %s", describe(error))


def _what_waits() -> tuple[bool, int]:
    """Whether something waits, and the number of what came last."""
    ((waits, last),) = bulk.rows(_WAITS)
    return bool(waits), int(last)


class Pace:
    """While far more arrives than can be taken in, the doors go before: what waits is kept, and whoever sends
    or follows a link waits now. A flood that lasts is none any more: it is taken in as fast as it can be."""

    def __init__(self, now: float) -> None:
        self._last: int | None = None
        self._looked_at = self._calm_at = now

    def rest(self, last: int, now: float, worked: float) -> float:
        """Seconds to rest after a round that took so long; `last` is the number of what had come last."""
        passed = now - self._looked_at
        if self._last is None:
            self._last, self._looked_at = last, now
        elif passed >= LOOKED_OVER:
            if last - self._last < FLOOD * passed:
                self._calm_at = now
            self._last, self._looked_at = last, now
        is_flood = self._looked_at > self._calm_at and now - self._calm_at < LASTS
        return min(worked * REST, MOST_REST) if is_flood else 0.0
