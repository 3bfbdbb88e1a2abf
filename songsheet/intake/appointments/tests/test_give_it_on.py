"""Whose member left or is away: the meeting goes to another who is free, and the buyer hears of it."""

from typing import Any

import pytest
from django.core import mail as box
from django.test import Client

from songsheet.base.refusals import Refusal
from songsheet.clocks.models import Clock
from songsheet.intake.appointments.events import AppointmentPageChanged, MeetingGiven
from songsheet.intake.appointments.giving_actions import give_meeting
from songsheet.intake.appointments.mail_actions import send_news
from songsheet.intake.appointments.models import Meeting
from songsheet.intake.appointments.reactions import READER
from songsheet.intake.appointments.tests.booking import booked, monday, page_of
from songsheet.intake.appointments.waiting import without_their_member
from songsheet.journal.readers import catch_up
from songsheet.journal.testing import assert_recorded
from songsheet.notices.models import Notice
from songsheet.notices.reactions import READER as NOTICES
from songsheet.team.acting import as_member
from songsheet.team.actions import change_member
from songsheet.team.hours.actions import enter_leave
from songsheet.team.models import Member
from songsheet.team.queries import now


@pytest.fixture
def public(cast: Any) -> Client:
    return Client(enforce_csrf_checks=True)


def on(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def leaves(member: Member, by: Member) -> None:
    change_member(member.key, state=Member.State.LEFT, by=as_member(by), at=now())


def test_of_who_left_it_waits_on_today_of_who_gives_leads_and_goes_to_another(
    cast: Any, public: Client
) -> None:
    priya, diane, amara = cast["priya"], cast["diane"], cast["amara"]
    meeting, _ = booked(public, page_of(priya, diane, by=cast["tom"]), monday(9))
    assert meeting.member is not None
    gone, stays = meeting.member, diane if meeting.member == priya else priya
    assert meeting.key not in on(amara).get("/").content.decode()
    leaves(gone, cast["ruth"])
    today = on(amara).get(f"/?open={meeting.key}").content.decode()
    assert f"{gone.name} has left" in today
    assert meeting.key not in on(cast["jonas"]).get("/").content.decode(), "who gives no leads is not asked"
    shown = on(amara).get(f"/meetings/{meeting.key}").content.decode()
    assert stays.key in shown
    catch_up(NOTICES)
    given = on(amara).post(f"/meetings/{meeting.key}/give", {"member": stays.key})
    assert given.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.member, meeting.begins_at, meeting.state) == (stays, monday(9), "booked")
    assert meeting.clock is not None
    assert (meeting.clock.member, meeting.clock.state) == (stays, "running")
    assert Clock.objects.filter(kind="meeting", state="stopped").count() == 1
    assert_recorded(MeetingGiven, meeting=meeting.key, member=stays.key, before=gone.key)
    catch_up(NOTICES)
    assert Notice.objects.filter(member=stays, about=meeting.key, cause="meeting_booked").exists()
    assert send_news(meeting.key, at=now())
    assert not send_news(meeting.key, at=now())
    assert "with somebody else of us" in str(box.outbox[-1].body)
    assert stays.name in str(box.outbox[-1].body)
    assert list(without_their_member(now())) == []
    assert meeting.key in on(stays).get("/").content.decode()


def test_the_own_page_of_who_left_closes_and_that_of_a_team_stays_open(cast: Any) -> None:
    priya, diane = cast["priya"], cast["diane"]
    own, team = page_of(priya, by=priya), page_of(priya, diane, by=cast["tom"])
    other = page_of(diane, by=diane)
    catch_up(READER)
    leaves(priya, cast["ruth"])
    catch_up(READER)
    for page in (own, team, other):
        page.refresh_from_db()
    assert (own.is_open, team.is_open, other.is_open) == (False, True, True)
    assert_recorded(AppointmentPageChanged, page=own.key, fields="is_open")
    assert Client().get(f"/m/{own.key}").status_code == 404


def test_who_is_away_on_that_day_alone_is_asked_about(cast: Any, public: Client) -> None:
    priya = cast["priya"]
    meeting, _ = booked(public, page_of(priya, by=priya), monday(9))
    day, ruth = monday(9).date(), as_member(cast["ruth"])
    assert list(without_their_member(now())) == []
    enter_leave(priya.key, day, day, by=ruth, at=now())
    assert list(without_their_member(now())) == [meeting]
    assert "is away on that day" in on(cast["amara"]).get("/").content.decode()
    give_meeting(meeting.key, cast["diane"].key, by=as_member(priya), at=now())
    assert list(without_their_member(now())) == []


def test_it_goes_to_nobody_who_is_not_free_and_by_nobody_who_may_not(cast: Any, public: Client) -> None:
    priya, diane, tom = cast["priya"], cast["diane"], cast["tom"]
    first, _ = booked(public, page_of(priya, by=priya), monday(9))
    booked(public, page_of(diane, by=diane), monday(9), mail="b@lakeside.example", phone="+44 117 496 0143")
    page = on(tom).get(f"/meetings/{first.key}").content.decode()
    assert f'value="{diane.key}"' not in page
    with pytest.raises(Refusal, match="not free at that time"):
        give_meeting(first.key, diane.key, by=as_member(tom), at=now())
    assert on(cast["jonas"]).post(f"/meetings/{first.key}/give", {"member": diane.key}).status_code == 403
    with pytest.raises(Refusal, match="It has begun"):
        give_meeting(first.key, diane.key, by=as_member(tom), at=monday(9))
    assert Meeting.objects.get(pk=first.pk).member == priya
    assert on(tom).post(f"/meetings/{first.key}/give", {}).status_code == 409
