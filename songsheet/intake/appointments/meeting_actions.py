"""What becomes of a meeting: it is held, nobody comes, it is moved or cancelled by either of the two."""

from datetime import datetime

from songsheet.clocks.actions import keep_clock, stop_clock
from songsheet.intake.appointments.booking_actions import State, held_meeting, write_meeting
from songsheet.intake.appointments.errors import MeetingLinkOver, NoSuchMeeting, NotSoNow, NotYourMeeting
from songsheet.intake.appointments.events import MeetingCancelled, MeetingHeld, MeetingMissed, MeetingMoved
from songsheet.intake.appointments.holding_acts import take_time
from songsheet.intake.appointments.models import Meeting
from songsheet.intake.appointments.queries import offer_of
from songsheet.intake.appointments.taking_acts import BY, SYSTEM, about, due_of, owe
from songsheet.intake.appointments.tokens import meant_by
from songsheet.intake.privacy.actions import as_buyer
from songsheet.journal.act import Record, act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.actions import log_touch
from songsheet.touches.adopt import TouchRow


def to_change(token: str, *, at: datetime) -> Meeting:
    """The meeting that a buyer's own link opens; dead once it began, or does not take place."""
    key = meant_by(token)
    rows = Meeting.objects.select_related("page", "member", "person__root")
    return _must_be_to_come(rows.filter(key=key).first() if key else None, at=at)


def move_as_buyer(token: str, begins_at: datetime, *, zone: str, at: datetime) -> Meeting:
    """The buyer chooses another time of the page; who has the meeting keeps it where they are free then."""
    key = meant_by(token)
    found = to_change(token, at=at)
    assert found.person is not None
    with act(by=as_buyer(found.person.whole).actor, at=at) as record:
        meeting = _must_be_to_come(held_meeting(key), at=at)
        if begins_at == meeting.begins_at:
            return meeting
        before, meeting.begins_at, meeting.zone = meeting.begins_at, begins_at, zone
        take_time(meeting, offer_of(meeting.page), at=at)
        meeting.moves += 1
        meeting.owes_mail, meeting.tries = "moved", 0
        owe(meeting, at=at)
        write_meeting(meeting)
        record(MeetingMoved(**about(meeting), before=before.isoformat(), due_at=due_of(meeting)))
    return meeting


def cancel_as_buyer(token: str, *, at: datetime) -> Meeting:
    """The buyer does not come, and says so before."""
    key = meant_by(token)
    found = to_change(token, at=at)
    assert found.person is not None
    with act(by=as_buyer(found.person.whole).actor, at=at) as record:
        meeting = _must_be_to_come(held_meeting(key), at=at)
        _cancel(meeting, record, at=at)
    return meeting


def cancel_meeting(key: str, *, by: Acting, at: datetime) -> Meeting:
    """A member says it off; the buyer hears of it by mail and can choose another time."""
    with act(by=by.actor, at=at) as record:
        meeting = held_to_come(key, by)
        meeting.ended_by = by.member
        _cancel(meeting, record, at=at)
    return meeting


def meeting_was_held(key: str, *, by: Acting, at: datetime) -> Meeting:
    """It took place: a contact that the member had, and their promise is kept."""
    with act(by=by.actor, at=at) as record:
        meeting = held_to_come(key, by)
        _must_have_begun(meeting, at)
        assert meeting.member is not None
        assert meeting.person is not None
        person = meeting.person.whole
        log_touch(
            TouchRow(
                kind="meeting", direction="out", at=meeting.begins_at, person=(person.pk, person.key),
                member=(meeting.member.pk, meeting.member.key), subject=meeting.title,
                seconds=int((meeting.ends_at - meeting.begins_at).total_seconds()),
                lead_key=meeting.lead_key, status="held", external=(SYSTEM, f"{meeting.key} held"),
            ),
            by=BY,
            at=at,
        )  # fmt: skip
        _end(meeting, State.HELD, by=by, at=at)
        record(MeetingHeld(**about(meeting)))
    return meeting


def nobody_came(key: str, *, by: Acting, at: datetime) -> Meeting:
    """The member was there, the buyer was not; the promise was kept all the same."""
    with act(by=by.actor, at=at) as record:
        meeting = held_to_come(key, by)
        _must_have_begun(meeting, at)
        _end(meeting, State.MISSED, by=by, at=at)
        record(MeetingMissed(**about(meeting)))
    return meeting


def _cancel(meeting: Meeting, record: Record, *, at: datetime) -> None:
    if meeting.clock is not None:
        stop_clock(meeting.clock.key, by=BY, at=at)
    meeting.clock, meeting.state, meeting.ended_at = None, State.CANCELLED, at
    meeting.owes_mail, meeting.tries = "cancelled", 0
    write_meeting(meeting)
    record(MeetingCancelled(**about(meeting)))


def _end(meeting: Meeting, state: str, *, by: Acting, at: datetime) -> None:
    assert meeting.clock is not None
    keep_clock(meeting.clock.key, by=BY, at=at)
    meeting.clock, meeting.state, meeting.ended_at, meeting.ended_by = None, state, at, by.member
    write_meeting(meeting)


def may_handle(by: Acting, meeting: Meeting) -> bool:
    """Whose it is, whoever gives leads, and whoever makes the pages."""
    mine = by.member is not None and meeting.member_id == by.member.pk and by.may(Right.ANSWER)
    return mine or by.may(Right.OFFER) or by.may(Right.FRONT)


def held_to_come(key: str, by: Acting) -> Meeting:
    """One that is booked still, held for who may handle it."""
    by.must(Right.ANSWER)
    meeting = held_meeting(key)
    if meeting is None:
        raise NoSuchMeeting
    if not may_handle(by, meeting):
        name = meeting.member.name if meeting.member else "Nobody"
        raise NotYourMeeting(f"{name} has this appointment. Ask them, or somebody who gives leads.")
    if meeting.state != State.BOOKED:
        how = meeting.get_state_display().lower()
        raise NotSoNow(f"This appointment is not to come any more ({how}). Look at it again.")
    return meeting


def _must_have_begun(meeting: Meeting, at: datetime) -> None:
    if at < meeting.begins_at:
        raise NotSoNow("It has not begun yet. Say what became of it once it has.")


def _must_be_to_come(meeting: Meeting | None, *, at: datetime) -> Meeting:
    if meeting is None or meeting.state != State.BOOKED or meeting.person is None or meeting.begins_at <= at:
        raise MeetingLinkOver
    return meeting
