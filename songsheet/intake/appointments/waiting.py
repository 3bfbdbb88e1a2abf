"""Which meetings wait for a member: their own, and for who gives leads those that nobody could hold."""

from datetime import datetime

from django.db.models import DateField, DateTimeField, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from songsheet.intake.appointments.models import Meeting
from songsheet.team.hours.models import Leave
from songsheet.team.models import Member
from songsheet.team.roles import Right

MOST = 50
State = Meeting.State


def waiting_for(member: Member, *, at: datetime) -> list[Meeting]:
    """What they have booked and have not said what became of it, and what is without its member."""
    mine = Meeting.objects.filter(member=member, state=State.BOOKED).values("pk")
    ids = mine.union(without_their_member(at).values("pk")) if member.may(Right.OFFER) else mine
    found = Meeting.objects.filter(pk__in=ids).select_related(
        "clock", "member", "person", "person__company", "page"
    )
    found = found.prefetch_related("person__root__company__root", "person__company__root")
    return list(found.order_by("begins_at", "id")[:MOST])


def without_their_member(at: datetime) -> QuerySet[Meeting]:
    """Meetings to come of who does not work here any more, or is on leave on that day."""
    begins = Func(F("member__zone"), F("begins_at"), function="timezone", output_field=DateTimeField())
    leave = Leave.objects.filter(gone_at=None, until_on__gte=at.date())
    that_day = leave.filter(
        member=OuterRef("member"), from_on__lte=OuterRef("day"), until_on__gte=OuterRef("day")
    )
    missing = Member.objects.filter(Q(state=Member.State.LEFT) | Q(pk__in=leave.values("member")))
    found = Meeting.objects.filter(state=State.BOOKED, begins_at__gt=at, member__in=missing.values("pk"))
    found = found.alias(day=Cast(begins, DateField()))
    return found.filter(Q(member__state=Member.State.LEFT) | Exists(that_day))
