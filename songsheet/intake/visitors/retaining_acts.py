"""What visitors did goes after its term: many at once, a piece at a time, while others go on."""

import time
from datetime import datetime

from django.db import transaction

from songsheet.base import bulk

_CHUNK = 5_000
_HITS = "select id::text from intake_hit where at < %s order by id limit %s"
_DROP_HITS = """
delete from intake_hit where id in (select id from intake_hit where at < %s order by id limit %s)
"""
_VISITORS = "select id::text from intake_visitor where last_at < %s order by id limit %s"
#: With what they did and who they were; an answer to a form that names the browser names it no more.
_DROP_VISITORS = """
with gone as (
    select id, token from intake_visitor where last_at < %s order by id limit %s for update),
hits as (delete from intake_hit where visitor_id in (select id from gone)),
told as (delete from intake_recognised where visitor_id in (select id from gone)),
said as (update intake_formanswer set visitor = null where visitor in (select token from gone))
delete from intake_visitor where id in (select id from gone)
"""


def hits_over(until: datetime, most: int) -> list[str]:
    """What was looked at before."""
    return [id_ for (id_,) in bulk.rows(_HITS, [until, most])]


def drop_hits(until: datetime, seconds: float) -> int:
    """Let go what was looked at before; the visits stay in the stories, by their own term. How many went."""
    return _all(_DROP_HITS, until, seconds)


def visitors_over(until: datetime, most: int) -> list[str]:
    """Browsers that did not come since."""
    return [id_ for (id_,) in bulk.rows(_VISITORS, [until, most])]


def drop_visitors(until: datetime, seconds: float) -> int:
    """Forget browsers that did not come since, with whose they were and what they did; how many."""
    return _all(_DROP_VISITORS, until, seconds)


def _all(sql: str, until: datetime, seconds: float) -> int:
    gone, began = 0, time.monotonic()
    while time.monotonic() - began < seconds:
        with transaction.atomic():
            some = bulk.execute(sql, [until, _CHUNK])
        gone += some
        if some < _CHUNK:
            break
    return gone
