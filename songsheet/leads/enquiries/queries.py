"""Reads of enquiries: what a viewer sees, what waits for somebody, and one held for change."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from songsheet.base.time import day_of
from songsheet.leads.enquiries.errors import NoSuchEnquiry
from songsheet.leads.enquiries.models import Enquiry
from songsheet.team.acting import Acting
from songsheet.team.models import Leave, Member
from songsheet.team.queries import house
from songsheet.team.roles import Right

_RELATED = (
    "person", "person__company", "company", "source", "campaign", "owner", "clock", "lead", "lead__owner",
    "moved_by", "answered_by",
)  # fmt: skip


def enquiries_seen_by(viewer: Acting) -> QuerySet[Enquiry]:
    """The enquiries that the viewer may see, with what a row of the list shows."""
    return _enquiries(viewer, gone_at=None)


def archived_enquiries(viewer: Acting) -> QuerySet[Enquiry]:
    """The enquiries that were taken out."""
    return _enquiries(viewer, gone_at__isnull=False)


def _enquiries(viewer: Acting, **which: Any) -> QuerySet[Enquiry]:
    viewer.must(Right.LOOK)
    found = Enquiry.objects.filter(**which).select_related(*_RELATED)
    return found.prefetch_related("person__root", "person__company__root", "person__root__company__root")


def enquiry_for(viewer: Acting, key: str) -> Enquiry:
    """One enquiry that the viewer may see."""
    found = enquiries_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchEnquiry(key)
    return found


def held_enquiry(key: str) -> Enquiry:
    """One enquiry locked until the act ends, as it stands."""
    held = Enquiry.objects.filter(key=key, gone_at=None).select_for_update(of=("self",), no_key=True)
    if held.first() is None:
        raise NoSuchEnquiry(key)
    return Enquiry.objects.select_related(*_RELATED).get(key=key)


def waiting_for(member: Member, *, at: datetime, zone: str, most: int = 40) -> list[Enquiry]:
    """The enquiries that wait for a member's answer, and for whom they stand in today, by due time."""
    on_leave = _away(day_of(at, zone)).filter(deputy=member).values("member")
    found = Enquiry.objects.filter(
        Q(owner=member) | Q(owner__in=on_leave), state=Enquiry.State.OPEN, gone_at=None
    )
    related = found.select_related("person", "person__company", "owner", "clock")
    related = related.prefetch_related("person__root__company__root", "person__company__root")
    return list(related.order_by("clock__due_at", "id")[:most])


def away(at: datetime) -> dict[int, int | None]:
    """Who is on leave on this day of the house, and who answers for them, by id."""
    found = _away(day_of(at, house().zone))
    return dict(found.order_by("id").values_list("member_id", "deputy_id"))


def _away(day: date) -> QuerySet[Leave]:
    return Leave.objects.filter(gone_at=None, from_on__lte=day, until_on__gte=day)


def beside(viewer: Acting, one: Enquiry, most: int = 5) -> list[Enquiry]:
    """What else they asked, the newest first."""
    family = Q(person__in=[one.person.whole.pk]) | Q(person__root=one.person.whole)
    found = enquiries_seen_by(viewer).filter(family).exclude(pk=one.pk)
    return list(found.order_by("-came_at", "-id")[:most])
