"""A confirmed booking becomes part of a story: the person, a touch, a lead where they buy, a clock."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from songsheet.base.adopting import Ref
from songsheet.clocks.actions import start_clocks, stop_clock
from songsheet.clocks.kinds import MEETING
from songsheet.clocks.making import Promise
from songsheet.intake.appointments.events import MeetingBooked
from songsheet.intake.appointments.holding_acts import open_lead_of
from songsheet.intake.appointments.models import Meeting
from songsheet.intake.appointments.queries import asked_of, offer_of
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.models import FormAnswer
from songsheet.intake.forms.taking_acts import campaign_of, record_consents, source_of, whom
from songsheet.intake.spoken.saying import ENGLISH, say_weekday
from songsheet.intake.visitors.actions import recognise
from songsheet.intake.visitors.models import Recognised
from songsheet.journal.act import Record
from songsheet.leads.actions import give_lead, lead_came
from songsheet.leads.adopt_leads import LeadRow
from songsheet.leads.enquiries.actions import MOST_WANTED
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting, as_system
from songsheet.team.errors import NeverDue
from songsheet.team.hours.calendars import calendars
from songsheet.team.roles import Right
from songsheet.touches.actions import log_touch
from songsheet.touches.adopt import TouchRow

#: Strangers book: what follows is done by the system.
BY: Acting = as_system("appointments")
#: What touches say that come from here.
SYSTEM, BOOKED = "appointments", "booked"
#: So much working time a member has to say what became of a meeting.
TO_SAY = 240


def take_in(meeting: Meeting, record: Record, *, at: datetime) -> None:
    """Everything that a booking brings, in the act that is open; the row is saved by who holds it."""
    form, member = asked_of(meeting), meeting.member
    assert member is not None
    answer = as_answer(meeting)
    person = whom(answer, form, at=at)
    ref = (person.pk, person.key)
    meeting.person, meeting.state, meeting.held_until = person, Meeting.State.BOOKED, None
    meeting.confirmed_at = answer.confirmed_at = at
    meeting.lead_key = _lead(meeting, answer, form, ref, at=at)
    touch = TouchRow(
        kind="meeting", direction="in", at=at, person=ref, lead_key=meeting.lead_key, status=BOOKED,
        subject=f"{meeting.title} with {member.name}, {when_of(meeting)}"[:500], text=wanted(meeting, form),
        campaign=campaign_of(answer, form), external=(SYSTEM, meeting.key),
    )  # fmt: skip
    meeting.touch_key = log_touch(touch, by=BY, at=at).key
    if meeting.visitor is not None:
        recognise(meeting.visitor, ref, how=Recognised.How.FORM, by=BY, at=meeting.came_at)
    record_consents(answer, form, person, at=at)
    owe(meeting, at=at)
    meeting.owes_mail = "booked"
    record(MeetingBooked(**about(meeting), due_at=due_of(meeting), lead=meeting.lead_key or None))


def owe(meeting: Meeting, *, at: datetime) -> None:
    """A clock of the member: it is due so much working time after the meeting, when its end must be said."""
    assert meeting.member is not None
    if meeting.clock is not None:
        stop_clock(meeting.clock.key, by=BY, at=at)
    try:
        due = calendars().of(meeting.member.pk).due(meeting.ends_at, TO_SAY)
    except NeverDue:
        due = calendars().of(None).due(meeting.ends_at, TO_SAY)
    promise = Promise(MEETING, meeting.key, meeting.member.pk, at, due_at=due)
    (meeting.clock,) = start_clocks([promise], by=BY, at=at)


def as_answer(meeting: Meeting) -> FormAnswer:
    """What they typed as the answer to a form that it is, so that forms take it in; never saved."""
    same = (
        "key", "came_at", "confirmed_at", "said", "wordings", "mail", "utm", "click_ids", "referrer",
        "visitor",
    )  # fmt: skip
    return FormAnswer(**{name: getattr(meeting, name) for name in same})


def about(meeting: Meeting) -> dict[str, Any]:
    """What every entry about it says."""
    assert meeting.member is not None
    assert meeting.person is not None
    return {
        "meeting": meeting.key, "page": meeting.page.key, "person": meeting.person.whole.key,
        "member": meeting.member.key, "begins_at": meeting.begins_at.isoformat(),
    }  # fmt: skip


def due_of(meeting: Meeting) -> str:
    """Until when the member has to say what became of it."""
    return meeting.clock.due_at.isoformat() if meeting.clock else ""


def when_of(meeting: Meeting, language: str = ENGLISH) -> str:
    """Day and time in the zone of whoever booked; in their mails in the page's language."""
    begins, ends = (at.astimezone(ZoneInfo(meeting.zone)) for at in (meeting.begins_at, meeting.ends_at))
    return f"{say_weekday(language, begins.date())}, {begins:%H:%M}–{ends:%H:%M} ({meeting.zone})"


def wanted(meeting: Meeting, form: Definition) -> str:
    """What they said it is about."""
    asked = form.field_that("question")
    return str(meeting.said.get(asked.name, "")) if asked else ""


def _lead(meeting: Meeting, answer: FormAnswer, form: Definition, ref: Ref, *, at: datetime) -> str:
    """Their open lead; without one a new one, offered to who has the meeting or, where the page says so, sent
    the way of the agreed rules. A lead that somebody has stays theirs."""
    assert meeting.member is not None
    stands, becomes = open_lead_of(meeting.mail), offer_of(meeting.page).becomes
    theirs = becomes == "lead" and Right.WORK in meeting.member.rights
    if stands is not None:
        if theirs and stands.owner_id is None:
            give_lead(stands.key, meeting.member, by=BY, at=at)
        return stands.key
    if becomes == "story":
        return ""
    row = LeadRow(
        person=ref, source=source_of(answer, form), campaign=campaign_of(answer, form),
        wants=" ".join((wanted(meeting, form) or form.title).split())[:MOST_WANTED],
    )  # fmt: skip
    if theirs:
        row.owner, row.state = (meeting.member.pk, meeting.member.key), Lead.State.OFFERED
    return lead_came(row, by=BY, at=at).key
