"""What happens to appointment pages, meetings and calendars; what was typed stands in the meeting alone."""

from typing import Annotated, Any

from songsheet.journal.events import Event
from songsheet.journal.subjects import LeadKey, MemberKey, PersonKey, Subject, sample_key

BookingKey = Annotated[str, Subject("booking")]
MeetingKey = Annotated[str, Subject("meeting")]
BusyKey = Annotated[str, Subject("busy")]
FeedKey = Annotated[str, Subject("feed")]
_BEGINS = "2026-05-19T09:00:00+00:00"
_PAGE: dict[str, Any] = {"page": sample_key("booking")}
_MEETING: dict[str, Any] = {
    "meeting": sample_key("meeting"), "page": sample_key("booking"), "person": sample_key("person"),
    "member": sample_key("member"), "begins_at": _BEGINS,
}  # fmt: skip


class AppointmentPageMade(
    Event, name="intake.appointment_page_made", version=1, side="changed", icon="calendar",
    says="{by} made an appointment page",
    sample=_PAGE,
):  # fmt: skip
    """Visitors can choose a time there from now on."""

    page: BookingKey


class AppointmentPageChanged(
    Event, name="intake.appointment_page_changed", version=1, side="changed", icon="calendar",
    says="{by} changed an appointment page: {fields}",
    sample={**_PAGE, "fields": "minutes, title"},
):  # fmt: skip
    """A page was changed, closed, opened or taken out."""

    page: BookingKey
    fields: str


class MeetingBooked(
    Event, name="intake.meeting_booked", version=1, side="theirs", icon="calendar",
    says="{person} booked an appointment with {member}",
    sample={**_MEETING, "lead": sample_key("lead"), "due_at": _BEGINS},
):  # fmt: skip
    """Somebody chose a time and confirmed it by mail; a member owes to be there."""

    meeting: MeetingKey
    page: BookingKey
    person: PersonKey
    member: MemberKey
    begins_at: str
    due_at: str
    lead: LeadKey | None = None


class MeetingMoved(
    Event, name="intake.meeting_moved", version=1, side="theirs", icon="calendar",
    says="The appointment of {person} with {member} was moved",
    sample={**_MEETING, "before": "2026-05-18T09:00:00+00:00", "due_at": _BEGINS},
):  # fmt: skip
    """It takes place at another time."""

    meeting: MeetingKey
    page: BookingKey
    person: PersonKey
    member: MemberKey
    begins_at: str
    before: str
    due_at: str


class MeetingGiven(
    Event, name="intake.meeting_given", version=1, side="changed", icon="calendar",
    says="{by} gave the appointment of {person} to {member}",
    sample={**_MEETING, "before": sample_key("member", 2), "due_at": _BEGINS},
):  # fmt: skip
    """Another member holds it, at the same time."""

    meeting: MeetingKey
    page: BookingKey
    person: PersonKey
    member: MemberKey
    begins_at: str
    before: MemberKey
    due_at: str


class MeetingCancelled(
    Event, name="intake.meeting_cancelled", version=1, side="changed", icon="stop",
    says="{by} cancelled the appointment of {person} with {member}",
    sample=_MEETING,
):  # fmt: skip
    """It does not take place."""

    meeting: MeetingKey
    page: BookingKey
    person: PersonKey
    member: MemberKey
    begins_at: str


class MeetingHeld(
    Event, name="intake.meeting_held", version=1, side="ours", icon="check",
    says="{member} held the appointment with {person}",
    sample=_MEETING,
):  # fmt: skip
    """It took place."""

    meeting: MeetingKey
    page: BookingKey
    person: PersonKey
    member: MemberKey
    begins_at: str


class MeetingMissed(
    Event, name="intake.meeting_missed", version=1, side="theirs", icon="stop",
    says="{person} did not come to the appointment with {member}",
    sample=_MEETING,
):  # fmt: skip
    """The member was there and nobody else."""

    meeting: MeetingKey
    page: BookingKey
    person: PersonKey
    member: MemberKey
    begins_at: str


class BookingLetIn(
    Event, name="intake.booking_let_in", version=1, side="changed", icon="check",
    says="{by} let a booking in that looked strange",
    sample={"meeting": sample_key("meeting"), **_PAGE},
):  # fmt: skip
    """A booking that waited for a member goes its way."""

    meeting: MeetingKey
    page: BookingKey


class BookingDropped(
    Event, name="intake.booking_dropped", version=1, side="changed", icon="stop",
    says="{by} dropped a booking that looked strange",
    sample={"meeting": sample_key("meeting"), **_PAGE},
):  # fmt: skip
    """A booking that waited for a member is nobody's."""

    meeting: MeetingKey
    page: BookingKey


class CalendarAdded(
    Event, name="intake.calendar_added", version=1, side="changed", icon="calendar",
    says="{by} lets a calendar of theirs say when they are busy",
    sample={"calendar": sample_key("busy"), "member": sample_key("member")},
):  # fmt: skip
    """A calendar elsewhere is read for busy times."""

    calendar: BusyKey
    member: MemberKey


class CalendarTakenOut(
    Event, name="intake.calendar_taken_out", version=1, side="changed", icon="stop",
    says="{by} took a calendar out",
    sample={"calendar": sample_key("busy"), "member": sample_key("member")},
):  # fmt: skip
    """A calendar is not read any more; what it said is forgotten."""

    calendar: BusyKey
    member: MemberKey


class FeedMade(
    Event, name="intake.meeting_feed_made", version=1, side="changed", icon="calendar",
    says="{by} made an address for their own calendar",
    sample={"feed": sample_key("feed"), "member": sample_key("member")},
):  # fmt: skip
    """A calendar elsewhere can read a member's appointments; the address before it is over."""

    feed: FeedKey
    member: MemberKey


class FeedEnded(
    Event, name="intake.meeting_feed_ended", version=1, side="changed", icon="stop",
    says="{by} ended the address for their own calendar",
    sample={"feed": sample_key("feed"), "member": sample_key("member")},
):  # fmt: skip
    """Nobody reads appointments at that address any more."""

    feed: FeedKey
    member: MemberKey
