"""A booked meeting is held, nobody comes, it is moved or cancelled; the clock and the story follow."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as box
from django.test import Client

from songsheet.clocks.models import Clock
from songsheet.flows.erase_person import erase_person
from songsheet.intake.appointments.events import (
    AppointmentPageChanged,
    MeetingCancelled,
    MeetingHeld,
    MeetingMissed,
    MeetingMoved,
)
from songsheet.intake.appointments.mail_actions import send_news
from songsheet.intake.appointments.meeting_actions import meeting_was_held
from songsheet.intake.appointments.models import Meeting
from songsheet.intake.appointments.shown import instant
from songsheet.intake.appointments.tests.booking import booked, monday, page_of, sent
from songsheet.journal.readers import catch_up
from songsheet.journal.testing import assert_recorded
from songsheet.leads.actions import end_lead
from songsheet.leads.models import Lead
from songsheet.notices.models import Notice
from songsheet.notices.queries import notices_of
from songsheet.notices.reactions import READER
from songsheet.notices.shown import shown
from songsheet.team.acting import as_member
from songsheet.team.models import Member
from songsheet.team.queries import now
from songsheet.touches.models import Touch


@pytest.fixture
def public(cast: Any) -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def priya(cast: Any) -> Client:
    client = Client()
    client.force_login(cast["priya"])
    return client


def begun(meeting: Meeting) -> None:
    """As if it had begun an hour ago."""
    ago = now() - timedelta(hours=1)
    Meeting.objects.filter(pk=meeting.pk).update(begins_at=ago, ends_at=ago + timedelta(minutes=30))


def test_the_buyer_moves_it_by_post_alone(cast: Any, public: Client) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    meeting, link = booked(public, page, monday(9))
    assert instant(monday(9)) in public.get(f"{link}/move").content.decode(), (
        "their own time is free for them"
    )
    assert sent(public, page, monday(10), mail="b@lakeside.example").status_code == 303
    taken = public.post(f"{link}/move", {"at": instant(monday(10)), "zone": "UTC"})
    assert "not free any more" in taken.content.decode()
    clock = meeting.clock
    moved = public.post(f"{link}/move", {"at": instant(monday(14)), "zone": "America/New_York"})
    assert "It is moved" in moved.content.decode()
    meeting.refresh_from_db()
    assert (meeting.begins_at, meeting.zone, meeting.moves) == (monday(14), "America/New_York", 1)
    assert clock is not None
    clock.refresh_from_db()
    assert (clock.state, meeting.clock != clock) == ("stopped", True)
    assert_recorded(MeetingMoved, meeting=meeting.key, before=monday(9).isoformat())
    assert send_news(meeting.key, at=now())
    assert box.outbox[-1].subject.startswith("Moved")
    assert "SEQUENCE:1" in box.outbox[-1].attachments[0][1]
    assert sent(public, page, monday(9), mail="c@lakeside.example").status_code == 303, "the old time is free"


def test_the_buyer_cancels_by_post_alone_and_the_link_is_dead(cast: Any, public: Client) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    meeting, link = booked(public, page, monday(9))
    assert public.get(f"{link}/cancel").status_code == 405
    assert "does not take place" in public.post(f"{link}/cancel").content.decode()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.clock) == ("cancelled", None)
    assert Clock.objects.get(kind="meeting").state == "stopped"
    entry = assert_recorded(MeetingCancelled, meeting=meeting.key)
    assert meeting.person is not None
    assert entry.actor == meeting.person.key
    assert (public.get(link).status_code, public.post(f"{link}/cancel").status_code) == (404, 404)
    assert send_news(meeting.key, at=now())
    _name, file, kind = box.outbox[-1].attachments[0]
    assert "STATUS:CANCELLED" in file
    assert "method=CANCEL" in kind


def test_the_link_is_dead_once_it_began(cast: Any, public: Client) -> None:
    meeting, link = booked(public, page_of(cast["priya"], by=cast["priya"]), monday(9))
    begun(meeting)
    assert public.get(link).status_code == 404
    assert public.post(f"{link}/cancel").status_code == 404
    assert public.post(f"{link}/move", {"at": instant(monday(14))}).status_code == 404


def test_the_member_says_that_it_was_held(cast: Any, public: Client, priya: Client) -> None:
    meeting, _ = booked(public, page_of(cast["priya"], by=cast["priya"]), monday(9))
    today = priya.get(f"/?open={meeting.key}").content.decode()
    assert "they booked this time with you" in today
    assert priya.post(f"/meetings/{meeting.key}/held").status_code == 409, "it has not begun"
    begun(meeting)
    today = priya.get(f"/?open={meeting.key}").content.decode()
    assert f"/meetings/{meeting.key}/held" in today
    assert priya.post(f"/meetings/{meeting.key}/held").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.ended_by, meeting.clock) == ("held", cast["priya"], None)
    assert Clock.objects.get(kind="meeting").state == "kept"
    met = Touch.objects.get(direction="out")
    assert (met.kind, met.member, met.seconds, met.at) == ("meeting", cast["priya"], 1800, meeting.begins_at)
    assert_recorded(MeetingHeld, meeting=meeting.key, member=cast["priya"].key)
    assert meeting.key not in priya.get("/").content.decode()
    assert meeting.person is not None
    story = priya.get(f"/buyers/{meeting.person.key}").content.decode()
    assert "booked an appointment: Half an hour with Priya Raman" in story
    assert "Priya Raman met Nils Åberg" in story
    assert "Eighty chairs, leased" in story
    assert priya.post(f"/meetings/{meeting.key}/no-show").status_code == 409


def test_nobody_came_stands_in_the_story_and_the_promise_was_kept(
    cast: Any, public: Client, priya: Client
) -> None:
    meeting, _ = booked(public, page_of(cast["priya"], by=cast["priya"]), monday(9))
    begun(meeting)
    assert priya.post(f"/meetings/{meeting.key}/no-show").status_code == 302
    assert_recorded(MeetingMissed, meeting=meeting.key)
    assert Clock.objects.get(kind="meeting").state == "kept"
    assert not Touch.objects.filter(direction="out").exists()


def test_the_member_cancels_and_the_buyer_hears_of_it(cast: Any, public: Client, priya: Client) -> None:
    meeting, _ = booked(public, page_of(cast["priya"], by=cast["priya"]), monday(9))
    other = Client()
    other.force_login(cast["jonas"])
    assert other.post(f"/meetings/{meeting.key}/cancel").status_code == 403
    assert priya.post(f"/meetings/{meeting.key}/cancel").status_code == 302
    assert_recorded(MeetingCancelled, meeting=meeting.key)
    assert send_news(meeting.key, at=now())
    assert not send_news(meeting.key, at=now())
    assert box.outbox[-1].subject == "Cancelled: Half an hour"


def test_erasing_the_buyer_empties_what_they_typed(cast: Any, public: Client) -> None:
    meeting, _ = booked(public, page_of(cast["priya"], by=cast["priya"]), monday(9))
    ruth = as_member(cast["ruth"])
    begun(meeting)
    meeting_was_held(meeting.key, by=ruth, at=now())
    end_lead(meeting.lead_key, Lead.State.RELEASED, reason="x", by=ruth, at=now())
    assert meeting.person is not None
    erase_person(meeting.person.key, by=ruth, at=now())
    meeting.refresh_from_db()
    assert (meeting.said, meeting.mail, meeting.network, meeting.state) == ({}, "", "", "held")


def test_a_page_is_made_changed_closed_and_taken_out_by_whom_it_belongs_to(cast: Any) -> None:
    priya, jonas = Client(), Client()
    priya.force_login(cast["priya"])
    jonas.force_login(cast["jonas"])
    given = {
        "title": "Coffee", "minutes": "30", "step": "15", "way": "video", "place": "https://meet.example.com/p",
        "members": [cast["priya"].key], "before": "0", "after": "10", "notice": "4", "days": "20",
        "becomes": "lead", "language": "en", "phone": "", "about": "", "button": "", "thanks": "",
    }  # fmt: skip
    assert jonas.get("/appointments/new").status_code == 403
    wrong = priya.post("/appointments/new", {**given, "place": "", "minutes": "7"})
    assert wrong.status_code == 422
    assert "begins with https://" in wrong.content.decode() or "greater than" in wrong.content.decode()
    made = priya.post("/appointments/new", given)
    assert made.status_code == 302, made.content.decode()
    path = made["Location"]
    shown = priya.get(path).content.decode()
    assert "Video call: https://meet.example.com/p" in shown
    team = priya.post("/appointments/new", {**given, "members": [cast["priya"].key, cast["diane"].key]})
    assert team.status_code == 403, "a page of a team asks for the right"
    assert jonas.post(f"{path}/close").status_code == 403
    assert priya.post(f"{path}/change", {**given, "title": "Tea", "version": "1"}).status_code == 302
    assert_recorded(AppointmentPageChanged, page=path.rsplit("/", 1)[-1], fields="title")
    assert priya.post(f"{path}/change", {**given, "title": "Milk", "version": "1"}).status_code == 409
    assert priya.post(f"{path}/close").status_code == 302
    public = Client()
    assert public.get(f"/m/{path.rsplit('/', 1)[-1]}").status_code == 404
    assert priya.post(f"{path}/end").status_code == 302
    assert "Nobody offers" in priya.get("/appointments").content.decode()


def told(member: Member) -> list[str]:
    """The notices of a member, the newest first, in words."""
    catch_up(READER)
    return [one.says for one in shown(list(notices_of(as_member(member))))]


def test_the_member_is_told_at_once_that_it_is_booked_moved_and_cancelled(cast: Any, public: Client) -> None:
    catch_up(READER)
    _, link = booked(public, page_of(cast["priya"], by=cast["priya"]), monday(9))
    assert "Somebody booked an appointment with you: Nils Åberg" in told(cast["priya"])
    public.post(f"{link}/move", {"at": instant(monday(10)), "zone": "UTC"})
    public.post(f"{link}/cancel")
    assert [one.partition(":")[0] for one in told(cast["priya"])][:2] == [
        "An appointment with you was cancelled",
        "An appointment with you was moved",
    ]


def test_who_says_nothing_of_it_is_reminded_by_name(cast: Any, public: Client, priya: Client) -> None:
    meeting, _ = booked(public, page_of(cast["priya"], by=cast["priya"]), monday(9))
    Notice.objects.create(
        member=cast["priya"], cause="clock_over", about=meeting.key, by="", because=1, at=now()
    )
    told = priya.get("/notices").content.decode()
    assert "Nils Åberg" in told
    assert f"/meetings/{meeting.key}" in told
