"""Appointments of a member, as lines of their queue: until one begins, and then until they say what became of
it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from songsheet.desk.today.items import Item
from songsheet.intake.appointments.models import Meeting
from songsheet.intake.appointments.queries import due_for
from songsheet.team.models import Member

_HOUR = timedelta(hours=1)


def meeting_lines(member: Member, *, at: datetime) -> list[Item]:
    """A line for each appointment that is to come, or of which nobody said what became of it."""
    return [_line(one, at) for one in due_for(member)]


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
