"""Visits of web pages: what was looked at goes, also from the story."""

from datetime import datetime

from songsheet.base.bulk import execute, rows
from songsheet.journal.act import together
from songsheet.team.acting import Acting
from songsheet.touches.withdraw import withdraw_touches


def visits_over(until: datetime, most: int) -> list[str]:
    """The keys of visits before `until`, the oldest first."""
    found = rows(
        """select key from touches_touch where kind = 'visit' and gone_at is null and at < %s
            order by at, id limit %s""",
        [until, most],
    )
    return [key for (key,) in found]


def drop_visit(key: str, by: Acting, at: datetime) -> None:
    """Take a visit out, and its words away."""
    with together():
        withdraw_touches([key], by=by, at=at, why="withdrawn")
        execute("update touches_touch set subject = '', text = '', external_id = '' where key = %s", [key])
