"""Reading a calendar: tasks that are due, appointments, and deals that are expected to close, by day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from songsheet.base.money import Money
from songsheet.deals.listing import deal_path
from songsheet.deals.models import EXPECTED_OR_LAST, Deal
from songsheet.deals.queries import seen_by as deals_seen_by
from songsheet.intake.appointments.queries import meetings_seen_by
from songsheet.team.acting import Acting
from songsheet.touches.queries import tasks_seen_by

#: More in one span is not read; the page says so.
MOST = 1_000


@dataclass(frozen=True)
class Span:
    """The days that are shown, whole weeks from a Monday; `middle` tells the month."""

    first: date
    days: int
    middle: date
    by_week: bool

    @classmethod
    def around(cls, on: date, *, by_week: bool) -> "Span":
        """The week of a day, or the weeks that its month touches."""
        start = on if by_week else on.replace(day=1)
        monday = start - timedelta(days=start.weekday())
        if by_week:
            return cls(monday, 7, on, True)
        after = (start + timedelta(days=31)).replace(day=1)
        return cls(monday, -(-(after - monday).days // 7) * 7, on, False)

    @property
    def end(self) -> date:
        """The first day that is not shown."""
        return self.first + timedelta(days=self.days)

    @property
    def before(self) -> date:
        """A day of the span before this one."""
        return (
            self.first - timedelta(days=1) if self.by_week else self.middle.replace(day=1) - timedelta(days=1)
        )

    @property
    def after(self) -> date:
        """A day of the span after this one."""
        return self.end if self.by_week else (self.middle.replace(day=28) + timedelta(days=4)).replace(day=1)


@dataclass(frozen=True)
class Item:
    """One line of a day: a task or an appointment with its time, or a deal that is expected to close."""

    kind: str
    words: str
    whom: str
    url: str
    at: datetime | None = None
    amount: Money | None = None
    by: str = ""
    is_late: bool = False


@dataclass
class Day:
    """A day with its lines."""

    day: date
    is_today: bool
    is_outside: bool
    items: list[Item] = field(default_factory=list)


def days_of(span: Span, viewer: Acting, *, mine: bool, at: datetime, zone: str) -> tuple[list[Day], bool]:
    """The days of a span with what is due on each, and whether that is everything; a statement each."""
    here = ZoneInfo(zone)
    today = at.astimezone(here).date()
    days = {
        one: Day(one, one == today, not span.by_week and one.month != span.middle.month)
        for one in (span.first + timedelta(days=number) for number in range(span.days))
    }
    timed = [*_tasks(span, viewer, mine, at, here), *_meetings(span, viewer, mine, at, here)]
    timed.sort(key=lambda one: one[1].at or at)
    read = [*timed, *_deals(span, viewer, mine, today)]
    for day, item in read:
        days[day].items.append(item)
    return list(days.values()), len(read) < MOST


def _tasks(
    span: Span, viewer: Acting, mine: bool, at: datetime, here: ZoneInfo
) -> Iterator[tuple[date, Item]]:
    since, until = (datetime.combine(day, time.min, here) for day in (span.first, span.end))
    rows = tasks_seen_by(viewer).filter(done_at=None, due_at__gte=since, due_at__lt=until)
    rows = rows.filter(member=viewer.member) if mine else rows
    for task in rows.order_by("due_at", "id")[:MOST]:
        assert task.due_at is not None
        due = task.due_at.astimezone(here)
        person = task.person
        url = f"/buyers/{person.key}" if person else f"/tasks/{task.key}"
        by = task.member.name if task.member else ""
        yield due.date(), Item("task", task.subject, str(person or ""), url, due, by=by, is_late=due < at)


def _meetings(
    span: Span, viewer: Acting, mine: bool, at: datetime, here: ZoneInfo
) -> Iterator[tuple[date, Item]]:
    """What is booked; one that is over is late until somebody says what became of it."""
    since, until = (datetime.combine(day, time.min, here) for day in (span.first, span.end))
    rows = meetings_seen_by(viewer).filter(state="booked", begins_at__gte=since, begins_at__lt=until)
    rows = rows.filter(member=viewer.member) if mine else rows
    for meeting in rows.order_by("begins_at", "id")[:MOST]:
        begins = meeting.begins_at.astimezone(here)
        whom = str(meeting.person.whole) if meeting.person else ""
        by = meeting.member.name if meeting.member else ""
        url, late = f"/meetings/{meeting.key}", meeting.ends_at < at
        yield begins.date(), Item("meeting", meeting.title, whom, url, begins, by=by, is_late=late)


def _deals(span: Span, viewer: Acting, mine: bool, today: date) -> Iterator[tuple[date, Item]]:
    rows = deals_seen_by(viewer).alias(expected=EXPECTED_OR_LAST)
    rows = rows.filter(state=Deal.State.OPEN, expected__gte=span.first, expected__lt=span.end)
    rows = rows.filter(owner=viewer.member) if mine else rows
    for deal in rows.order_by("expected", "id")[:MOST]:
        assert deal.expected_on is not None
        company = deal.company or deal.lead.person.company
        whom = company.name if company else deal.lead.person.name
        amount = Money(deal.amount, deal.currency) if deal.amount is not None else None
        words, by = deal.name or _("A deal"), deal.owner.name if deal.owner else ""
        late = deal.expected_on < today
        yield (
            deal.expected_on,
            Item("deal", words, whom, deal_path(deal), amount=amount, by=by, is_late=late),
        )


def shown(days: list[Day], most: int) -> list[dict[str, Any]]:
    """The days as the page draws them: the first lines of each, and how many more there are."""
    return [
        {
            "day": one,
            "items": one.items[:most],
            "more": max(0, len(one.items) - most),
            "count": len(one.items),
        }
        for one in days
    ]
