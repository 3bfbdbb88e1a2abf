"""Taking in what arrived: out of the inbox, into hits, touches and enquiries, in one transaction."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import InterfaceError, OperationalError

from songsheet.base import bulk
from songsheet.base.ids import new_key
from songsheet.base.refusals import Busy, Refusal
from songsheet.intake.arriving.names import Names
from songsheet.intake.arriving.one import One, read
from songsheet.intake.arriving.story_acts import into_stories
from songsheet.intake.inbox.put_actions import HOLD_BACK, HOUSE_AHEAD
from songsheet.journal.act import together
from songsheet.journal.errors import TooManyEntries
from songsheet.journal.held import describe

log = logging.getLogger("songsheet.arriving")
#: An enquiry is sorted, given and timed by itself: so many at most in one transaction.
_ENQUIRIES = 20

_TAKE = """
select id, hash, door, feed, received_at, body, statement_timestamp() from intake_inbox
 order by id limit %s for update skip locked
"""
_DONE = f"""
with gone as (delete from intake_inbox where id = any(%(ids)s::bigint[]) returning *)
insert into intake_raw (id, received_at, hash, door, feed, body, became, person_id, came_at)
select gone.id, gone.received_at, gone.hash, gone.door, gone.feed, gone.body, given.became,
       coalesce(given.person, hit.person_id), gone.received_at + {HOUSE_AHEAD}
  from unnest(%(ids)s::bigint[], %(became)s::text[], %(people)s::bigint[]) as given(id, became, person)
  join gone on gone.id = given.id left join intake_hit hit on hit.hash = gone.hash
 where given.became <> 'held'
"""


def take_in(*, at: datetime, most: int = 500) -> int:
    """Take in what waits, at most so many; how many that were. `at` is the time of the house."""
    try:
        with together():
            ones = _few_enquiries([read(row, at) for row in bulk.rows(_TAKE, [most])])
            if ones:
                _take([one for one in ones if one.fault is None], at)
                _hold_back([one for one in ones if one.fault])
                _done(ones)
        return len(ones)
    except TooManyEntries:
        if most == 1:
            raise
        return take_in(at=at, most=max(1, most // 4))


def _few_enquiries(ones: list[One]) -> list[One]:
    """As many as come before one enquiry too many; the others wait for the next round."""
    places = [nth for nth, one in enumerate(ones) if one.arrived and one.event.type == "enquiry"]
    return ones[: places[_ENQUIRIES]] if len(places) > _ENQUIRIES else ones


def _take(ones: Sequence[One], at: datetime) -> None:
    """All together; when that fails by halves, until the one that cannot be taken stands alone."""
    if not ones:
        return
    stood = [(one, one.person, one.visitor, one.became) for one in ones]
    try:
        with together():
            names = Names(ones)
            for one in ones:
                one.fault = names.fault(one)
            into_stories([one for one in ones if one.fault is None], names, at)
    except Exception as error:
        if isinstance(error, OperationalError | InterfaceError | Busy | TooManyEntries):
            raise
        for one, one.person, one.visitor, one.became in stood:
            one.fault = None
        if len(ones) > 1:
            _take(ones[: len(ones) // 2], at)
            _take(ones[len(ones) // 2 :], at)
            return
        if isinstance(error, Refusal):
            ones[0].fault = (error.sentence, error.field or "")
        else:
            log.error("an event could not be taken in: %s", describe(error))
            ones[0].fault = ("It could not be taken in; the log says where it failed.", "")


def _hold_back(ones: Sequence[One]) -> None:
    """Keep what cannot be taken until somebody mends it: by its hash it goes in again."""
    if not ones:
        return
    rows = []
    for one in ones:
        assert one.fault is not None
        one.became = "held"
        problem, field = one.fault
        rows.append((new_key("held"), one.door, one.feed, str(one.hash), one.body, problem[:500], field[:60]))
    bulk.execute(HOLD_BACK, [list(column) for column in zip(*rows, strict=True)])


def _done(ones: Sequence[One]) -> None:
    values = {
        "ids": [one.id for one in ones],
        "became": [one.became for one in ones],
        "people": [one.person[0] if one.person else None for one in ones],
    }
    bulk.execute(_DONE, values)
