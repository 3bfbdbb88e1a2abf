"""The API of appointments: pages, and what became of meetings."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from songsheet.doors.api import Archived, Given, Text
from songsheet.intake.appointments import meeting_actions, page_actions
from songsheet.intake.appointments.jobs import mail_soon
from songsheet.intake.appointments.models import BookingPage, Meeting
from songsheet.intake.appointments.offer import Offer
from songsheet.intake.appointments.queries import meeting_for, meetings_of, offer_of, page_for, pages_seen_by
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking

router = Router(tags=["appointments"])


class PageIn(Given):
    """An appointment page: what visitors see, and who takes the meetings (keys of members)."""

    body: Offer


class PageChange(Given):
    """The fields to change; `body` is the whole of what the page offers from then on."""

    body: Offer | None = None
    is_open: bool | None = None
    version: int | None = Field(None, ge=1, le=2**31 - 1)


class PageOut(Schema):
    """A page as it stands; visitors find it at `path`."""

    key: str
    name: str
    path: str
    is_open: bool
    body: dict[str, Any]
    made_at: datetime
    version: int

    @classmethod
    def of(cls, one: BookingPage) -> "PageOut":
        plain = {name: getattr(one, name) for name in ("key", "name", "is_open", "made_at", "version")}
        return cls(**plain, path=f"/m/{one.key}", body=offer_of(one).model_dump(mode="json"))


class MeetingOut(Schema):
    """A meeting; `state` waits, strange, lapsed, dropped, booked, held, missed or cancelled."""

    key: str
    page: str
    state: str
    title: str
    begins_at: datetime
    ends_at: datetime
    zone: str
    place: str
    came_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    moves: int
    said: dict[str, str | list[str]]
    reasons: list[str]
    member: str | None
    person: str | None
    touch: str | None
    lead: str | None
    version: int

    @classmethod
    def of(cls, one: Meeting) -> "MeetingOut":
        same = (
            "key", "state", "title", "begins_at", "ends_at", "zone", "place", "came_at", "confirmed_at",
            "ended_at", "moves", "said", "reasons", "version",
        )  # fmt: skip
        return cls(
            **{name: getattr(one, name) for name in same},
            page=one.page.key,
            member=one.member.key if one.member else None,
            person=one.person.whole.key if one.person else None,
            touch=one.touch_key or None,
            lead=one.lead_key or None,
        )


class MeetingsAsked(Schema):
    """Those of a view, of a page or a member; at most 50, those after one."""

    view: Literal["coming", "over", "waiting", "dropped"] = "coming"
    page: Annotated[Text, Field(max_length=40)] = ""
    member: Annotated[Text, Field(max_length=40)] = ""
    after: Annotated[Text, Field(max_length=40)] = ""


@router.get(
    "/appointment-pages", response={200: list[PageOut], **PROBLEMS}, operation_id="list_appointment_pages"
)
def list_appointment_pages(request: HttpRequest) -> Any:
    """The pages, the newest first."""
    return [PageOut.of(one) for one in pages_seen_by(asking(request))[:200]]


@router.post(
    "/appointment-pages", response={201: PageOut, **PROBLEMS}, operation_id="create_appointment_page"
)
def create_appointment_page(request: HttpRequest, body: PageIn) -> Any:
    """A page that visitors can choose a time on at once."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, PageOut.of(page_actions.make_page(body.body, by=by, at=at))

    return answered(request, do)


@router.get(
    "/appointment-pages/{key}", response={200: PageOut, **PROBLEMS}, operation_id="read_appointment_page"
)
def read_appointment_page(request: HttpRequest, key: str) -> Any:
    """One page."""
    return answer_of(PageOut.of(page_for(asking(request), key)))


@router.patch(
    "/appointment-pages/{key}", response={200: PageOut, **PROBLEMS}, operation_id="change_appointment_page"
)
def change_appointment_page(request: HttpRequest, key: str, body: PageChange) -> Any:
    """Change what it offers, or whether it is open; what is booked stays as it was booked."""

    def do(by: Acting, at: datetime) -> Any:
        given = {name: getattr(body, name) for name in body.model_fields_set}
        return PageOut.of(page_actions.change_page(key, **given, by=by, at=at))

    return answered(request, do)


@router.delete(
    "/appointment-pages/{key}", response={200: Archived, **PROBLEMS}, operation_id="delete_appointment_page"
)
def delete_appointment_page(request: HttpRequest, key: str) -> Any:
    """Nobody books there any more."""

    def do(by: Acting, at: datetime) -> Any:
        page_actions.take_page_out(key, by=by, at=at)
        return Archived(key=key)

    return answered(request, do)


@router.get("/meetings", response={200: list[MeetingOut], **PROBLEMS}, operation_id="list_meetings")
def list_meetings(request: HttpRequest, asked: Query[MeetingsAsked]) -> Any:
    """What is to come by time; of the other views the latest first."""
    viewer = asking(request)
    page = page_for(viewer, asked.page) if asked.page else None
    found = meetings_of(viewer, page=page, view=asked.view, member=asked.member, after=asked.after)
    return [MeetingOut.of(one) for one in found]


@router.get("/meetings/{key}", response={200: MeetingOut, **PROBLEMS}, operation_id="read_meeting")
def read_meeting(request: HttpRequest, key: str) -> Any:
    """One meeting."""
    return answer_of(MeetingOut.of(meeting_for(asking(request), key)))


@router.post("/meetings/{key}/held", response={200: MeetingOut, **PROBLEMS}, operation_id="hold_meeting")
def hold_meeting(request: HttpRequest, key: str) -> Any:
    """It took place."""
    return _became(request, key, meeting_actions.meeting_was_held)


@router.post("/meetings/{key}/no-show", response={200: MeetingOut, **PROBLEMS}, operation_id="miss_meeting")
def miss_meeting(request: HttpRequest, key: str) -> Any:
    """Nobody came."""
    return _became(request, key, meeting_actions.nobody_came)


@router.post("/meetings/{key}/cancel", response={200: MeetingOut, **PROBLEMS}, operation_id="cancel_meeting")
def cancel_meeting(request: HttpRequest, key: str) -> Any:
    """It does not take place; a mail tells the buyer."""
    return _became(request, key, meeting_actions.cancel_meeting)


def _became(request: HttpRequest, key: str, act: Callable[..., Meeting]) -> Any:
    def do(by: Acting, at: datetime) -> Any:
        meeting = act(key, by=by, at=at)
        mail_soon(meeting)
        return MeetingOut.of(meeting)

    return answered(request, do)
