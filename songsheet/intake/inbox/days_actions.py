"""Room for what arrives: raw bodies by the day on which they came, and gone whole after thirty days.

What was seen stays seen: the sixteen bytes of each are no part of this.
"""

import re
from datetime import date, timedelta

from django.db import transaction

from songsheet.base import bulk
from songsheet.intake.inbox.put_actions import HOUSE_AHEAD

#: Days for which there is room ahead, and for how many bodies are kept.
AHEAD, KEPT = 7, 30
#: Whoever takes in waits so long at most; the next night tries again.
_PATIENCE = "set local lock_timeout = '2s'"
#: By the clock of the house these came when they came, however far it is from the clock outside by now.
_STAY = (
    f"update intake_raw set received_at = came_at - {HOUSE_AHEAD} where came_at is not null",
    f"update intake_heldback set received_at = came_at - {HOUSE_AHEAD} where came_at is not null",
    """update intake_hit hit set received_at = raw.received_at,
              loaded_at = hit.loaded_at + (raw.received_at - hit.received_at)
         from intake_raw raw where raw.hash = hit.hash and hit.received_at <> raw.received_at""",
)
_THERE = """
select relname from pg_class join pg_inherits on inhrelid = pg_class.oid
 where inhparent = 'intake_raw'::regclass and relname <> 'intake_raw_other'
"""
_NAME = re.compile(r"intake_raw_(\d{4})(\d\d)(\d\d)")


def make_room(today: date) -> int:
    """Make a partition for each of the next days that has none, and drop those over their term; how many."""
    there = {day: name for (name,) in bulk.rows(_THERE) if (day := _day_of(name))}
    done = 0
    for day in (today + timedelta(days=n) for n in range(AHEAD + 1)):
        if day not in there:
            with transaction.atomic():
                _make(day)
            done += 1
    first = today - timedelta(days=KEPT)
    for day, name in there.items():
        if day < first:
            with transaction.atomic():
                bulk.execute(_PATIENCE)
                bulk.execute(f"drop table {name}")
            done += 1
    bulk.execute("delete from intake_raw_other where received_at < %s::date", [first.isoformat()])
    return done


def stay_on_their_day() -> None:
    """In the demo, whose Tuesday begins again: what arrived stays where it was in the time of the house."""
    for statement in _STAY:
        bulk.execute(statement)


def _make(day: date) -> None:
    """A day's own partition, with what stood in the last one until now."""
    name, end = f"intake_raw_{day:%Y%m%d}", day + timedelta(days=1)
    since, until = (f"'{one.isoformat()} 00:00:00+00'::timestamptz" for one in (day, end))
    bulk.execute(_PATIENCE)
    bulk.execute("lock table intake_raw in share row exclusive mode")
    bulk.execute(f"create table {name} (like intake_raw including defaults including constraints)")
    bulk.execute(
        f"""with moved as (delete from intake_raw_other
                            where received_at >= {since} and received_at < {until} returning *)
            insert into {name} select * from moved"""
    )
    bulk.execute(
        f"""alter table intake_raw attach partition {name}
            for values from ('{day.isoformat()} 00:00:00+00') to ('{end.isoformat()} 00:00:00+00')"""
    )


def _day_of(name: str) -> date | None:
    found = _NAME.fullmatch(name)
    return date(*map(int, found.groups())) if found else None
