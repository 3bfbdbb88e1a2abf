"""What is expected of a member each working day: kept or missed on their last one, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from songsheet.agreements.kinds.expectations import EXPECTATIONS, WORDS
from songsheet.agreements.queries import in_force
from songsheet.base.time import day_of
from songsheet.journal.sql import rows
from songsheet.team.hours.calendars import calendars
from songsheet.team.models import Member

#: Further back nobody looks for a day on which somebody worked.
MOST_DAYS = 60
#: What a member did between two instants, and what came of their leads and deals since the month began.
_DONE = """
select (select count(*) from clocks_clock where member_id = %(member)s and kind = 'first_answer'
           and state = 'kept' and ended_at >= %(since)s and ended_at < %(until)s),
       (select count(*) from touches_touch where member_id = %(member)s and gone_at is null
           and kind = 'call' and direction = 'out' and at >= %(since)s and at < %(until)s),
       (select count(*) from touches_touch where member_id = %(member)s and gone_at is null
           and kind in ('call', 'mail', 'meeting', 'note') and at >= %(since)s and at < %(until)s),
       (select count(*) from clocks_clock where member_id = %(member)s and kind = 'verdict'
           and state in ('kept', 'broken') and ended_at >= %(since)s and ended_at < %(until)s),
       (select count(*) from handoffs_return where answered_by_id = %(member)s and gone_at is null
           and answered_at >= %(since)s and answered_at < %(until)s),
       (select count(*) from leads_lead where owner_id = %(member)s and gone_at is null
           and state = 'converted' and ended_at >= %(month)s and ended_at <= %(at)s),
       (select count(*) from deals_deal where owner_id = %(member)s and gone_at is null
           and state = 'won' and closed_at >= %(month)s and closed_at <= %(at)s)"""
_COUNTED = ("leads_answered", "calls_made", "activities_logged", "verdicts_given", "returns_answered")


@dataclass(frozen=True)
class Expected:
    """One thing that is expected, and how much of it was done."""

    words: str
    a_day: int
    done: int

    @property
    def is_kept(self) -> bool:
        """Whether it was done often enough."""
        return self.done >= self.a_day


@dataclass(frozen=True)
class Day:
    """A member's last working day against what was agreed, and what came of their work this month."""

    on: date
    is_yesterday: bool
    expected: Sequence[Expected]
    converted: int
    won: int


def last_working_day(member: Member, at: datetime) -> date | None:
    """The last day before today, in the member's zone, on which they worked."""
    calendar, today = calendars().of(member.id), day_of(at, member.zone)
    days = (today - timedelta(days=back) for back in range(1, MOST_DAYS + 1))
    return next((day for day in days if calendar.works_on(day)), None)


def day_before(member: Member, at: datetime) -> Day | None:
    """What was expected of the member on their last working day; None where nothing is agreed for them.

    Three statements: what was in force on that day, the calendars' stamp, the counts.
    """
    on = last_working_day(member, at)
    if on is None:
        return None
    zone = ZoneInfo(member.zone)
    since, until = (datetime.combine(day, time(), zone) for day in (on, on + timedelta(days=1)))
    agreed = in_force(EXPECTATIONS, until - timedelta(seconds=1))
    wanted = agreed.of(member.key, member.role) if agreed else []
    if not wanted:
        return None
    month = datetime.combine(day_of(at, member.zone).replace(day=1), time(), zone)
    given: dict[str, Any] = {"member": member.id, "since": since, "until": until, "month": month, "at": at}
    *counts, converted, won = rows(_DONE, given)[0]
    done = dict(zip(_COUNTED, counts, strict=True))
    expected = [Expected(str(WORDS[one.what]), one.a_day, done[one.what]) for one in wanted]
    is_yesterday = on == day_of(at, member.zone) - timedelta(days=1)
    return Day(on, is_yesterday, expected, converted, won)
