"""A member's calendar elsewhere takes times away; theirs reads ours at a secret address."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client

from songsheet.intake.appointments.calendar_actions import read_calendar
from songsheet.intake.appointments.events import CalendarAdded, CalendarTakenOut, FeedEnded, FeedMade
from songsheet.intake.appointments.finding import team_of
from songsheet.intake.appointments.models import BusyFeed
from songsheet.intake.appointments.queries import offer_of
from songsheet.intake.appointments.tests.booking import booked, monday, page_of
from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import as_member
from songsheet.team.hours.actions import enter_leave
from songsheet.team.queries import now


class Elsewhere:
    """A calendar on a server of somebody else."""

    def __init__(self) -> None:
        self.status, self.text, self.url, self.asked = 200, "", "", 0


@pytest.fixture
def elsewhere(settings: Any) -> Iterator[Elsewhere]:
    settings.LOCAL_TARGETS = True
    there = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.asked += 1
            body = there.text.encode()
            self.send_response(there.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *given: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    there.url = f"http://127.0.0.1:{server.server_port}/private-7f3a/basic.ics"
    yield there
    server.shutdown()
    server.server_close()


@pytest.fixture
def priya(cast: Any) -> Client:
    client = Client()
    client.force_login(cast["priya"])
    return client


def busy(hours: int = 2) -> str:
    """Busy from nine for two hours on the Monday to come."""
    at = monday(9)
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:The dentist\r\n"
        f"DTSTART:{at:%Y%m%dT%H%M%SZ}\r\nDURATION:PT{hours}H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def test_what_a_calendar_says_is_taken_and_stays_so_when_it_fails(
    cast: Any, priya: Client, elsewhere: Elsewhere
) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    elsewhere.text = busy()
    assert priya.post("/appointments/calendars/add", {"url": elsewhere.url}).status_code == 302
    feed = BusyFeed.objects.get()
    assert_recorded(CalendarAdded, calendar=feed.key, member=cast["priya"].key)
    assert "private-7f3a" not in feed.sealed
    assert "private-7f3a" not in priya.get("/appointments/calendars").content.decode()
    assert priya.post(f"/appointments/calendars/{feed.key}/read").status_code == 302
    feed.refresh_from_db()
    assert (len(feed.busy), feed.failure) == (1, "")
    assert "dentist" not in str(vars(feed))

    def is_free() -> list[bool]:
        team = team_of(offer_of(page), at=now())
        return [bool(team.free_at(monday(hour))) for hour in (9, 10, 11)]

    assert is_free() == [False, False, True]
    for status, text, says in (
        (404, "", "It answers 404"), (200, "<html>", "is no calendar"),
        (200, "x" * 6_000_000, "more than fits"),
    ):  # fmt: skip
        elsewhere.status, elsewhere.text = status, text
        assert not read_calendar(feed.key, at=now())
        shown = priya.get("/appointments/calendars").content.decode()
        assert says in shown
        assert "What it said before still counts" in shown
    assert is_free() == [False, False, True]
    assert priya.post(f"/appointments/calendars/{feed.key}/end").status_code == 302
    assert_recorded(CalendarTakenOut, calendar=feed.key)
    assert is_free() == [True, True, True]
    feed.refresh_from_db()
    assert (feed.sealed, feed.busy) == ("", [])


def test_a_calendar_of_another_is_out_of_reach_and_no_address_of_ours_is_asked(
    cast: Any, priya: Client, elsewhere: Elsewhere, settings: Any
) -> None:
    elsewhere.text = busy()
    priya.post("/appointments/calendars/add", {"url": elsewhere.url})
    feed, tom = BusyFeed.objects.get(), Client()
    tom.force_login(cast["tom"])
    assert tom.post(f"/appointments/calendars/{feed.key}/read").status_code == 404
    assert tom.post(f"/appointments/calendars/{feed.key}/end").status_code == 404
    assert "127.0.0.1" not in tom.get("/appointments/calendars").content.decode()
    settings.LOCAL_TARGETS = False
    assert not read_calendar(feed.key, at=now())
    assert elsewhere.asked == 0
    for url in ("http://10.0.0.7/x.ics", "file:///etc/passwd", "http://localhost/x", "nothing"):
        assert priya.post("/appointments/calendars/add", {"url": url}).status_code == 422
    webcal = priya.post("/appointments/calendars/add", {"url": "webcal://calendar.example.com/x.ics"})
    assert webcal.status_code == 302


def test_leave_takes_times_also_where_a_deputy_answers(cast: Any) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    day = monday(9).date()
    by = as_member(cast["ruth"])
    enter_leave(cast["priya"].key, day, day, by=by, at=now(), deputy=cast["diane"].key)
    team = team_of(offer_of(page), at=now())
    assert not team.free_at(monday(9))
    assert team.free_at(monday(9) + timedelta(days=1))


def test_their_own_calendar_reads_appointments_until_the_address_is_over(cast: Any, priya: Client) -> None:
    meeting, _ = booked(Client(), page_of(cast["priya"], by=cast["priya"]), monday(9))
    shown = priya.post("/appointments/calendars/feed").content.decode()
    assert_recorded(FeedMade, member=cast["priya"].key)
    path = shown[shown.index("/m/feed/") :].split("<")[0]
    assert path not in priya.get("/appointments/calendars").content.decode(), "it is shown once"
    file = Client().get(path)
    assert file["Content-Type"].startswith("text/calendar")
    assert f"UID:{meeting.key}@" in file.content.decode()
    assert "Nils Åberg · Half an hour" in file.content.decode()
    assert Client().get("/m/feed/nothing.ics").status_code == 404
    priya.post("/appointments/calendars/feed/end")
    assert_recorded(FeedEnded, member=cast["priya"].key)
    assert Client().get(path).status_code == 404
