"""The thread of a worker that takes in what arrives, within a moment."""

import logging
import threading

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


def keep_taking_in(stop: threading.Event) -> None:
    """Take in what arrives until told to stop. Several workers may: each row is one worker's."""
    try:
        _make_room()
        while not stop.is_set():
            try:
                taken = take_in(at=now()) if _something_waits() else 0
            except Busy:
                taken = 0
            except (OperationalError, InterfaceError) as error:
                log.warning("the database went away, trying again in a second: %s", describe(error))
                connection.close()
                stop.wait(1)
                continue
            if not taken:
                stop.wait(LOOK)
    finally:
        connection.close()


def _make_room() -> None:
    """A house that was asleep by night has room for the days to come as well."""
    try:
        ((today,),) = bulk.rows("select (clock_timestamp() at time zone 'utc')::date")
        make_room(today)
    except (OperationalError, ProgrammingError) as error:  # another worker is at it
        log.info("room for the next days is made elsewhere: %s", describe(error))


def _something_waits() -> bool:
    ((waits,),) = bulk.rows("select exists (select from intake_inbox)")
    return bool(waits)
