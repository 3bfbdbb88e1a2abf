"""Reads of appointment pages, meetings and calendars."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from songsheet.intake.appointments.errors import NoSuchMeeting, NoSuchPage
from songsheet.intake.appointments.models import BookingPage, BusyFeed, Meeting, MeetingFeed
from songsheet.intake.appointments.offer import Offer
from songsheet.intake.forms.definition import Definition
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

MOST_SHOWN = 50
State = Meeting.State
#: What a list of meetings shows: what is to come, what is over, what waits for somebody.
VIEWS: dict[str, Q] = {
    "coming": Q(state=State.BOOKED),
    "over": Q(state__in=[State.HELD, State.MISSED, State.CANCELLED]),
    "waiting": Q(state__in=[State.WAITS, State.STRANGE]),
    "dropped": Q(state__in=[State.DROPPED, State.LAPSED]),
}


def pages_seen_by(viewer: Acting) -> QuerySet[BookingPage]:
    """The pages: everybody who looks may know of them, since everybody may send one to a buyer."""
    viewer.must(Right.LOOK)
    return BookingPage.objects.filter(gone_at=None).select_related("owner", "made_by").order_by("-id")


def page_for(viewer: Acting, key: str) -> BookingPage:
    """One page."""
    found = pages_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchPage
    return found


def may_change(viewer: Acting, page: BookingPage | None) -> bool:
    """One's own page, or any with the right to make what stands at the front doors."""
    mine = page is not None and viewer.member is not None and page.owner_id == viewer.member.pk
    return viewer.may(Right.FRONT) or (viewer.may(Right.WORK) and (page is None or mine))


def open_page(key: str) -> BookingPage:
    """The page that a visitor chooses a time on."""
    found = BookingPage.objects.filter(key=key, gone_at=None, is_open=True).first()
    if found is None:
        raise NoSuchPage
    return found


def offer_of(page: BookingPage) -> Offer:
    """What a page offers."""
    return Offer.model_validate(page.body)


def asked_of(meeting: Meeting) -> Definition:
    """The form that they saw."""
    return Definition.model_validate(meeting.asked)


def members_of(offer: Offer) -> list[Member]:
    """Who takes its meetings."""
    return list(Member.objects.active().filter(key__in=offer.members).order_by("name", "id"))


def counts_of(pages: Sequence[BookingPage]) -> dict[int, dict[str, int]]:
    """By page and state, how many meetings there are."""
    counted: dict[int, dict[str, int]] = {}
    every = Meeting.objects.filter(page__in=pages).values_list("page_id", "state")
    for page, state, count in every.annotate(Count("id")).order_by():
        counted.setdefault(page, {})[state] = count
    return counted


def meetings_seen_by(viewer: Acting) -> QuerySet[Meeting]:
    """Meetings with what a line shows."""
    viewer.must(Right.LOOK)
    return Meeting.objects.select_related("page", "member", "person__root", "ended_by", "clock")


def meetings_of(
    viewer: Acting,
    *,
    page: BookingPage | None = None,
    view: str = "coming",
    member: str = "",
    after: str = "",
) -> list[Meeting]:
    """Those of a view, what is to come first by time, everything else the latest first."""
    found = meetings_seen_by(viewer).filter(VIEWS.get(view, VIEWS["coming"]))
    found = found.filter(page=page) if page else found
    found = found.filter(member__key=member) if member else found
    if after and (last := Meeting.objects.filter(key=after).first()):
        found = found.filter(
            Q(begins_at__gt=last.begins_at) if view == "coming" else Q(begins_at__lt=last.begins_at)
        )
    return list(
        found.order_by(*(("begins_at", "id") if view == "coming" else ("-begins_at", "-id")))[:MOST_SHOWN]
    )


def meeting_for(viewer: Acting, key: str) -> Meeting:
    """One meeting."""
    found = meetings_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchMeeting
    return found


def how_many(
    network: str, submission: str, mail: str, *, at: datetime, within: timedelta
) -> tuple[int, int, int]:
    """Bookings before: of this network lately, of this showing of a page, of this address in a day."""
    every = Meeting.objects.all()
    lately = every.filter(network=network, came_at__gt=at - within).count() if network else 0
    again = every.filter(submission=submission).count() if submission else 0
    mailed = every.filter(mail=mail, came_at__gt=at - timedelta(days=1)).count() if mail else 0
    return lately, again, mailed


def booked_in_week(members: Sequence[Member], since: datetime, until: datetime) -> dict[int, int]:
    """By member, how many meetings they have between two instants."""
    current = Meeting.objects.filter(
        member__in=members,
        state__in=["waits", "booked", "held", "missed"],
        begins_at__gte=since,
        begins_at__lt=until,
    )
    return dict(current.order_by().values_list("member_id").annotate(Count("id")))


def calendars_of(viewer: Acting) -> tuple[list[BusyFeed], MeetingFeed | None]:
    """One's own calendars elsewhere, and the address at which they read ours."""
    viewer.must(Right.LOOK)
    feeds = list(BusyFeed.objects.filter(member=viewer.member, gone_at=None).order_by("id"))
    return feeds, MeetingFeed.objects.filter(member=viewer.member, ended_at=None).order_by("-id").first()
