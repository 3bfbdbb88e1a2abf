"""What happened after a position of the journal, for programs that ask."""

from datetime import datetime
from typing import Any

from ninja import Schema

from songsheet.beside.kinds import kinds_for
from songsheet.journal.entries import COLUMNS, from_rows
from songsheet.journal.queries import head
from songsheet.journal.sql import rows
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: So many positions are looked at for one answer, however few of them the asker may hear of.
LOOKED_AT = 10_000


class Change(Schema):
    """One entry of the journal: keys and plain values, never a personal one."""

    position: int
    type: str
    version: int
    occurred_at: datetime
    recorded_at: datetime
    by: str
    because: int | None
    lane: str
    data: dict[str, Any]


class Changes(Schema):
    """Entries in order of position. `position` is how far this answer looked: the next `after`."""

    items: list[Change]
    position: int
    more: bool


def changes_after(viewer: Acting, after: int, limit: int) -> Changes:
    """The next entries that the viewer may hear of; positions of others are passed over."""
    viewer.must(Right.LOOK)
    last = head()
    until = min(last, after + LOOKED_AT)
    found = from_rows(
        rows(
            f"""select {COLUMNS} from journal_entry
                 where position > %s and position <= %s and kind = any(%s)
                 order by position limit %s""",
            [after, until, kinds_for(viewer), limit],
        )
    )
    reached = found[-1].position if len(found) == limit else max(after, until)
    items = [
        Change(
            position=one.position,
            type=one.kind,
            version=one.version,
            occurred_at=one.occurred_at,
            recorded_at=one.recorded_at,
            by=one.actor,
            because=one.because,
            lane=one.lane,
            data=one.event.model_dump(mode="json"),
        )
        for one in found
    ]
    return Changes(items=items, position=reached, more=reached < last)
