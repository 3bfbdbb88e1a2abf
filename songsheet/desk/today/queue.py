"""A member's queue: running clocks, open tasks and next steps of deals, in order of due time."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models.functions import Least
from django.utils.translation import gettext as _

from songsheet.base.time import UTC, day_of
from songsheet.clocks.kinds import NEXT_CONTACT, NEXT_LOOK
from songsheet.clocks.models import Clock
from songsheet.deals.models import Deal
from songsheet.desk.today.enquiries import enquiry_lines
from songsheet.desk.today.items import Item
from songsheet.desk.today.meetings import meeting_lines
from songsheet.desk.today.verdicts import verdict_line, with_verdict_due
from songsheet.handoffs.models import OPEN_STATES as OWED
from songsheet.handoffs.models import Return
from songsheet.leads.models import OPEN_STATES, Lead
from songsheet.team.models import Member
from songsheet.touches.models import Task

MOST = 40
#: A next step is dated by a day; on that day it is due at the end of the working day.
END_OF_DAY = time(17)
_WITH_BUYER = ("person", "person__company")
#: Whom somebody was merged into: no statement where nobody was.
_WHOLE = ("person__root__company__root", "person__company__root")


@dataclass(frozen=True)
class Queue:
    """The lines due until the end of today and those after, each in order; `more` when not all are shown."""

    today: list[Item]
    later: list[Item]
    more: bool

    @property
    def count(self) -> int:
        """How many are shown."""
        return len(self.today) + len(self.later)

    @property
    def first(self) -> Item | None:
        """What comes next."""
        return next(iter([*self.today, *self.later]), None)


def queue_of(member: Member, *, at: datetime, zone: str) -> Queue:
    """What waits for a member, one line a buyer: a few statements, whatever their number.

    Of several things about one buyer the first due counts; at the same time a plan says more than a clock.
    """
    lines = [*_tasks(member), *_steps(member, zone), *_clocks(member)]
    asked = [*enquiry_lines(member, at=at, zone=zone), *meeting_lines(member, at=at)]
    found = sorted([*lines, *asked], key=lambda one: one.due)
    items = list({_pile(one): one for one in reversed(found)}.values())[::-1]
    items.sort(key=lambda one: one.due)
    midnight = datetime.combine(day_of(at, zone), time(23, 59, 59), ZoneInfo(zone))
    shown = items[:MOST]
    return Queue(
        [one for one in shown if one.due <= midnight],
        [one for one in shown if one.due > midnight],
        len(items) > MOST,
    )


def _pile(one: Item) -> int | str:
    """What makes one line: a buyer; each question and each appointment of theirs is one of its own."""
    return one.answer_url or one.meeting_url or (one.person.id if one.person else id(one))


def free_leads(limit: int = 6) -> list[Lead]:
    """The newest leads that nobody has; one more than asked tells that there are more."""
    return list(
        Lead.objects.filter(gone_at=None, owner=None, queue__isnull=False, state__in=OPEN_STATES)
        .select_related("person", "person__company", "source")
        .prefetch_related(*_WHOLE)
        .order_by("-came_at", "-id")[: limit + 1]
    )


def _clocks(member: Member) -> list[Item]:
    leads = (
        with_verdict_due(
            Lead.objects.filter(gone_at=None, owner=member, clock__isnull=False, state__in=OPEN_STATES)
        )
        .exclude(id__in=Return.objects.filter(owes=member, state__in=OWED, gone_at=None).values("lead"))
        .select_related("clock", *_WITH_BUYER)
        .prefetch_related(*_WHOLE)
        .order_by(Least("clock__due_at", "verdict_due"))[: MOST + 1]
    )
    lines = [_of_lead(lead, lead.clock) for lead in leads if lead.clock]
    return lines + [verdict_line(lead) for lead in leads if lead.verdict_due]


def _of_lead(lead: Lead, clock: Clock) -> Item:
    offered = lead.state == Lead.State.OFFERED
    answered, nurtured = clock.kind == NEXT_CONTACT, clock.kind == NEXT_LOOK
    owed = _("in touch again, so that it does not fall silent") if answered else _("you owe the first answer")
    owed = _("nurtured: you wanted to look at it again") if nurtured else owed
    return Item(
        due=clock.due_at,
        since=clock.started_at,
        person=lead.person.whole,
        want=lead.wants,
        why=_("offered to you") if offered else owed,
        verb=_("Accept") if offered else _("Look") if nurtured else _("Contact") if answered else _("Answer"),
        url=f"/handoffs/{lead.key}" if offered else f"/buyers/{lead.person.whole.key}",
        take_url=f"/handoffs/{lead.key}/accept" if offered else "",
        return_url=f"/handoffs/{lead.key}/return",
        version=lead.version,
        soon=clock.warn_at,
    )


def _tasks(member: Member) -> list[Item]:
    tasks = (
        Task.objects.filter(gone_at=None, done_at=None, member=member, due_at__isnull=False)
        .select_related(*_WITH_BUYER)
        .prefetch_related(*_WHOLE)
        .order_by("due_at")[: MOST + 1]
    )
    return [
        Item(
            due=task.due_at,
            since=task.made_at,
            person=task.person.whole if task.person else None,
            want=task.subject,
            why=_("it is your task"),
            verb=_("Do"),
            url=f"/buyers/{task.person.whole.key}" if task.person else f"/tasks/{task.key}",
            done_url=f"/tasks/{task.key}/done",
            change_url=f"/tasks/{task.key}",
        )
        for task in tasks
        if task.due_at
    ]


def _steps(member: Member, zone: str) -> list[Item]:
    deals = (
        Deal.objects.filter(
            gone_at=None, state=Deal.State.OPEN, owner=member, at_rest=False, next_step_on__isnull=False
        )
        .select_related("lead__person__company")
        .prefetch_related(*(f"lead__{way}" for way in _WHOLE))
        .order_by("next_step_on")[: MOST + 1]
    )
    return [
        Item(
            due=datetime.combine(deal.next_step_on, END_OF_DAY, ZoneInfo(zone)).astimezone(UTC),
            since=None,
            person=deal.lead.person.whole,
            want=deal.next_step,
            why=_("next step of the deal"),
            verb=_("Do"),
            url=f"/buyers/{deal.lead.person.whole.key}",
        )
        for deal in deals
        if deal.next_step_on
    ]
