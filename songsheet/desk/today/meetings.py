"""Appointments of a member, as lines of their queue: until one begins, and then until they say what became of
it. Who gives leads to others also sees those to come whose member left or is away."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from songsheet.desk.today.items import Item
from songsheet.intake.appointments.models import Meeting
from songsheet.intake.appointments.waiting import waiting_for
from songsheet.team.models import Member

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def meeting_lines(member: Member, *, at: datetime) -> list[Item]:
    """A line for each appointment that is to come, or of which nobody said what became of it."""
    found = waiting_for(member, at=at)
    return [_line(one, at) if one.member_id == member.pk else _alone(one) for one in found]


def _alone(one: Meeting) -> Item:
    assert one.person is not None
    assert one.member is not None
    has_left = one.member.state == Member.State.LEFT
    why = _("%(name)s has left") if has_left else _("%(name)s is away on that day")
    return Item(
        due=one.begins_at,
        since=one.confirmed_at,
        person=one.person.whole,
        want=one.title,
        why=why % {"name": one.member.name},
        verb=_("Give it on"),
        url=f"/meetings/{one.key}",
        soon=one.begins_at - _DAY,
        meeting_url=f"/meetings/{one.key}",
    )


def _line(one: Meeting, at: datetime) -> Item:
    assert one.person is not None
    assert one.clock is not None
    begun = one.begins_at <= at
    return Item(
        due=one.clock.due_at if begun else one.begins_at,
        since=one.confirmed_at,
        person=one.person.whole,
        want=one.title,
        why=_("say what became of the appointment") if begun else _("they booked this time with you"),
        verb=_("Say it") if begun else _("Meet"),
        url=f"/meetings/{one.key}",
        soon=one.clock.warn_at if begun else one.begins_at - _HOUR,
        meeting_url=f"/meetings/{one.key}",
        has_begun=begun,
    )
