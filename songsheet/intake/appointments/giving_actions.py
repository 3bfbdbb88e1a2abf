"""A meeting whose member cannot hold it goes to another who is free; who left offers no times any more."""

from datetime import datetime

from songsheet.base import bulk
from songsheet.intake.appointments.booking_actions import write_meeting
from songsheet.intake.appointments.errors import NobodyFree, NotSoNow
from songsheet.intake.appointments.events import AppointmentPageChanged, MeetingGiven
from songsheet.intake.appointments.finding import team_of
from songsheet.intake.appointments.holding_acts import REALM
from songsheet.intake.appointments.meeting_actions import held_to_come
from songsheet.intake.appointments.models import BookingPage, Meeting
from songsheet.intake.appointments.offer import STEPS, Offer
from songsheet.intake.appointments.queries import offer_of
from songsheet.intake.appointments.taking_acts import about, due_of, owe
from songsheet.journal.act import Because, act
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

MOST = 50


def give_meeting(key: str, to: str, *, by: Acting, at: datetime) -> Meeting:
    """Another member holds it at the same time, with a clock of theirs; a mail tells the buyer who."""
    with act(by=by.actor, at=at) as record:
        meeting = held_to_come(key, by)
        if meeting.begins_at <= at:
            raise NotSoNow("It has begun. Say what became of it, or cancel it.")
        bulk.hold(REALM, _may_take(meeting))
        member = next((one for one in who_could(meeting, at=at) if one.key == to), None)
        if member is None:
            raise NobodyFree("This member is not free at that time. Choose another one.", field="member")
        assert meeting.member is not None
        before, meeting.member = meeting.member.key, member
        meeting.owes_mail, meeting.tries = "given", 0
        owe(meeting, at=at)
        write_meeting(meeting)
        record(MeetingGiven(**about(meeting), before=before, due_at=due_of(meeting)))
    return meeting


def who_could(meeting: Meeting, *, at: datetime) -> list[Member]:
    """Who else is free for it: members of its page; where that is one member's own, whoever works leads."""
    minutes = int((meeting.ends_at - meeting.begins_at).total_seconds() // 60)
    offer = offer_of(meeting.page).model_copy(
        update={
            "members": _may_take(meeting), "minutes": minutes, "before": meeting.before,
            "after": meeting.after, "notice": 0, "days": 365, "step": STEPS[0],
        }
    )  # fmt: skip
    free = team_of(offer, at=at, but=meeting).free_at(meeting.begins_at)
    return sorted((one for one in free if one.pk != meeting.member_id), key=lambda one: (one.name, one.pk))


def close_pages_of(left: Member, *, by: Acting, at: datetime, because: Because) -> int:
    """Nobody books with who left: their own pages close, those of a team go on with the others."""
    by.must(Right.TEAM)
    pages = BookingPage.objects.filter(owner=left, gone_at=None, is_open=True).order_by("id")
    closed = 0
    for key in pages.values_list("key", flat=True):
        with act(by=by.actor, at=at, because=because) as record:
            page = BookingPage.objects.select_for_update(no_key=True).get(key=key)
            if page.is_open:
                page.is_open = False
                page.version += 1
                page.save()
                record(AppointmentPageChanged(page=key, fields="is_open"))
                closed += 1
    return closed


def _may_take(meeting: Meeting) -> list[str]:
    """The members of its page; of one member's own page everybody who works leads."""
    offer: Offer = offer_of(meeting.page)
    if len(offer.members) > 1:
        return offer.members
    return [one.key for one in Member.objects.active().order_by("id") if one.may(Right.WORK)][:MOST]
