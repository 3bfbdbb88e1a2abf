"""The appointments of a member as their own calendar reads them."""

from datetime import datetime, timedelta

from songsheet.intake.appointments.calendar_actions import hash_of
from songsheet.intake.appointments.errors import NoSuchCalendar
from songsheet.intake.appointments.ics import calendar_of
from songsheet.intake.appointments.mail_actions import entry_of
from songsheet.intake.appointments.models import Meeting, MeetingFeed
from songsheet.team.models import Member
from songsheet.team.queries import house

#: So long back, and so many, a calendar is told of.
BACK, MOST = timedelta(days=90), 2_000


def feed_of(token: str, *, at: datetime) -> bytes:
    """Every appointment of the member whose secret this is; refused for any other text, and for who left."""
    hashed = hash_of(token[:100])
    found = MeetingFeed.objects.select_related("member").filter(token_hash=hashed, ended_at=None).first()
    if found is None or found.member.state != Member.State.ACTIVE:
        raise NoSuchCalendar
    states = [Meeting.State.BOOKED, Meeting.State.HELD, Meeting.State.MISSED, Meeting.State.CANCELLED]
    meetings = Meeting.objects.filter(member=found.member, state__in=states, begins_at__gt=at - BACK)
    rows = meetings.select_related("person__root", "page").order_by("begins_at")[:MOST]
    entries = [entry_of(one, _title(one), at=one.ended_at or one.confirmed_at or one.came_at) for one in rows]
    return calendar_of(entries, name=house().name)


def _title(meeting: Meeting) -> str:
    name = meeting.person.whole.name if meeting.person else ""
    return f"{name} · {meeting.title}" if name else meeting.title
