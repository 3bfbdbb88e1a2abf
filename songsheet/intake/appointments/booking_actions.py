"""Somebody chooses a time, confirms it by the mail, and a member looks at what seems strange."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import orjson
from django.db import IntegrityError

from songsheet.base import bulk
from songsheet.intake.appointments.errors import (
    MeetingLinkOver,
    NoSuchMeeting,
    NotSoNow,
    TimeTaken,
    TooManyBookings,
)
from songsheet.intake.appointments.events import BookingDropped, BookingLetIn
from songsheet.intake.appointments.holding_acts import HELD_FOR, take_time
from songsheet.intake.appointments.models import BookingPage, Meeting
from songsheet.intake.appointments.offer import asks, where
from songsheet.intake.appointments.queries import how_many, offer_of
from songsheet.intake.appointments.taking_acts import BY, take_in
from songsheet.intake.appointments.tokens import meant_by
from songsheet.intake.forms.answer_actions import Came
from songsheet.intake.forms.reading import Value
from songsheet.intake.forms.spam import FAR_TOO_MANY, WINDOW, Signs, suspicions
from songsheet.intake.inbox.put_actions import hash_of
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

_REALM = 44
#: So long a mail's link holds; after the time that is held only where nobody else took it.
TO_CONFIRM = timedelta(days=3)
State = Meeting.State


def book(
    page: BookingPage, begins_at: datetime, said: Mapping[str, Value], came: Came, *, zone: str, at: datetime
) -> Meeting:
    """Hold a time for who has still to confirm it; the same submission again is the same one."""
    offer = offer_of(page)
    words = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    mark = hash_of(page.key, f"{came.submission}\x00{begins_at.isoformat()}\x00{words}")
    mail = str(said.get("mail", ""))
    with act(by=BY.actor, at=at):
        bulk.hold(_REALM, [str(mark)])
        known = Meeting.objects.filter(mark=mark).first()
        if known is not None:
            return known
        reasons = _strange(came, mail, at=at)
        meeting = Meeting(
            page=page, mark=mark, submission=came.submission[:64], came_at=at, begins_at=begins_at,
            ends_at=begins_at + offer.length, title=offer.title, place=where(offer)[:300], zone=zone,
            asked=asks(offer).model_dump(mode="json"), said=dict(said), mail=mail, reasons=reasons,
            utm=dict(came.utm), click_ids=dict(came.click_ids), referrer=came.referrer[:253],
            address=came.page[:500], visitor=came.visitor, network=came.network,
            wordings=dict(came.wordings), state=State.STRANGE if reasons else State.WAITS,
        )  # fmt: skip
        if not reasons:
            _hold(meeting, at=at)
        write_meeting(meeting)
    return meeting


def to_confirm(token: str, *, at: datetime) -> Meeting:
    """The meeting behind a mail's link that holds, or that was confirmed by it already."""
    key = meant_by(token)
    found = Meeting.objects.select_related("page", "member").filter(key=key).first() if key else None
    return _must_hold(found, at=at)


def confirm(token: str, *, at: datetime) -> Meeting:
    """Whoever has the mail says that it was them: now it is booked. Again changes nothing."""
    key = meant_by(token)
    with act(by=BY.actor, at=at) as record:
        meeting = _must_hold(held_meeting(key) if key else None, at=at)
        if meeting.state in (State.WAITS, State.LAPSED):
            if meeting.state == State.LAPSED or (meeting.held_until or at) <= at:
                take_time(meeting, offer_of(meeting.page), at=at)
            take_in(meeting, record, at=at)
            write_meeting(meeting)
    return meeting


def let_in(key: str, *, by: Acting, at: datetime) -> Meeting:
    """A member saw that it is no spam: its time is held, if it is free still, and the mail is sent."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        meeting = _must_be_strange(key)
        record(BookingLetIn(meeting=meeting.key, page=meeting.page.key))
        meeting.ended_by = by.member
        _hold(meeting, at=at)
        meeting.state = State.WAITS
        write_meeting(meeting)
    return meeting


def drop(key: str, *, by: Acting, at: datetime) -> Meeting:
    """A member saw that it is spam; what was typed stays readable here for a while, and goes nowhere."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        meeting = _must_be_strange(key)
        meeting.state, meeting.ended_at, meeting.ended_by = State.DROPPED, at, by.member
        write_meeting(meeting)
        record(BookingDropped(meeting=meeting.key, page=meeting.page.key))
    return meeting


def _hold(meeting: Meeting, *, at: datetime) -> None:
    take_time(meeting, offer_of(meeting.page), at=at)
    meeting.held_until = at + HELD_FOR


def write_meeting(meeting: Meeting) -> None:
    """The constraint has the last word, should somebody have come by another way."""
    meeting.version += 0 if meeting.pk is None else 1
    try:
        meeting.save()
    except IntegrityError as error:
        if "one_meeting_of_a_member_at_a_time" not in str(error):
            raise
        raise TimeTaken from None


def _strange(came: Came, mail: str, *, at: datetime) -> list[str]:
    lately, again, mailed = how_many(came.network, came.submission, mail, at=at, within=WINDOW)
    if lately >= FAR_TOO_MANY:
        raise TooManyBookings(
            "Too many bookings came from your network just now. Wait some minutes, then send it again."
        )
    return suspicions(Signs(came.stamp, came.trapped, came.worked, lately, again, mailed), at=at)


def _must_be_strange(key: str) -> Meeting:
    meeting = held_meeting(key)
    if meeting is None:
        raise NoSuchMeeting
    if meeting.state != State.STRANGE:
        raise NotSoNow("This booking waits for nobody any more. Look at it again.")
    return meeting


def _must_hold(meeting: Meeting | None, *, at: datetime) -> Meeting:
    """What was taken in says so again until it begins; what waits is good for some days."""
    if meeting is None or not meeting.said or meeting.state in (State.STRANGE, State.DROPPED):
        raise MeetingLinkOver
    late = at > (meeting.mailed_at or meeting.came_at) + TO_CONFIRM
    if meeting.begins_at <= at or (meeting.state in (State.WAITS, State.LAPSED) and late):
        raise MeetingLinkOver
    return meeting


def held_meeting(key: str) -> Meeting | None:
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("page", "member", "person__root", "clock").filter(key=key).first()
