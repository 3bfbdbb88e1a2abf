"""Somebody chooses a time, confirms it by the mail, and it stands in their story with a clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as box
from django.test import Client

from songsheet.clocks.models import Clock
from songsheet.intake.appointments.events import AppointmentPageMade, MeetingBooked
from songsheet.intake.appointments.mail_actions import let_lapse, send_to_confirm
from songsheet.intake.appointments.models import Meeting
from songsheet.intake.appointments.tests.booking import (
    MAIL,
    TYPED,
    booked,
    link_in_mail,
    monday,
    page_of,
    sent,
)
from songsheet.intake.appointments.tokens import token_of
from songsheet.journal.testing import assert_recorded
from songsheet.leads.actions import give_lead
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member
from songsheet.team.queries import now
from songsheet.touches.models import Touch


@pytest.fixture
def public(cast: Any) -> Client:
    return Client(enforce_csrf_checks=True)


def test_nothing_happens_before_the_button_and_then_everything_does(cast: Any, public: Client) -> None:
    priya = cast["priya"]
    page = page_of(priya, by=priya, intro="We look at your rooms.")
    assert_recorded(AppointmentPageMade, page=page.key)
    shown = public.get(f"/m/{page.key}?zone=Europe/Oslo").content.decode()
    assert "We look at your rooms." in shown
    assert "With Priya Raman" in shown
    at = monday(9)
    assert f"at={at:%Y-%m-%dT%H}%3A00Z" in shown
    details = public.get(f"/m/{page.key}/book?at={at:%Y-%m-%dT%H:%MZ}&zone=Europe/Oslo").content.decode()
    assert f"{at.astimezone().hour:02}" in details
    assert sent(public, page, at)["Location"] == f"/m/{page.key}/thanks"
    assert "30 minutes" in public.get(f"/m/{page.key}/thanks").content.decode()
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.member, meeting.person) == ("waits", priya, None)
    assert not Touch.objects.exists()
    assert not Lead.objects.exists()
    assert send_to_confirm(meeting.key, at=now())
    words = str(box.outbox[-1].body)
    assert TYPED["about"] not in words
    assert "Nils" not in words
    looked = public.get(link_in_mail())
    assert "Yes, book it" in looked.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == "waits", "looking books nothing"

    assert "It is booked" in public.post(link_in_mail()).content.decode()
    assert "It is booked" in public.post(link_in_mail()).content.decode()
    meeting.refresh_from_db()
    touch, lead, clock = Touch.objects.get(), Lead.objects.get(), Clock.objects.get(kind="meeting")
    assert meeting.person is not None
    assert (meeting.state, meeting.person.name, meeting.clock) == ("booked", "Nils Åberg", clock)
    assert (touch.kind, touch.direction, touch.person, touch.lead_key) == (
        "meeting",
        "in",
        meeting.person,
        lead.key,
    )
    assert "Eighty chairs" in touch.text
    assert (lead.owner, lead.state, lead.wants) == (priya, "offered", "Eighty chairs, leased")
    assert (clock.about, clock.member, clock.state) == (meeting.key, priya, "running")
    assert clock.due_at > meeting.ends_at
    assert_recorded(
        MeetingBooked, meeting=meeting.key, person=meeting.person.key, member=priya.key, lead=lead.key
    )


def test_what_is_booked_is_mailed_with_a_file_for_their_calendar(cast: Any, public: Client) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    meeting, link = booked(public, page, monday(9))
    message = box.outbox[-1]
    name, file, kind = message.attachments[0]
    assert (name, kind.split(";")[0]) == ("appointment.ics", "text/calendar")
    assert f"DTSTART:{meeting.begins_at:%Y%m%dT%H%M%SZ}" in file
    assert "SEQUENCE:0" in file
    assert message.to == [MAIL]
    assert "Priya Raman" in str(message.body)
    assert "Move it" in public.get(link).content.decode()
    assert public.get(f"/m/{page.key}/yours/{meeting.key}.{'0' * 40}").status_code == 404


def test_a_time_is_held_for_half_an_hour_and_then_free_again(cast: Any, public: Client) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    sent(public, page, monday(9))
    late = sent(public, page, monday(9), mail="second@lakeside.example", _work="")
    said = late.content.decode()
    assert (late.status_code, "not free any more" in said) == (409, True)
    assert "Eighty chairs, leased" in said, "what was typed is kept"
    assert "formaction" in said, "the next times are offered"
    first = Meeting.objects.get()
    Meeting.objects.update(held_until=now() - timedelta(seconds=1))
    assert sent(public, page, monday(9), mail="second@lakeside.example").status_code == 303
    first.refresh_from_db()
    assert first.state == "lapsed"
    taken = public.post(f"/m/{page.key}/confirm/{token_of(first.key)}")
    assert (taken.status_code, "not free any more" in taken.content.decode()) == (409, True)


def test_who_confirms_late_has_the_time_if_nobody_took_it(cast: Any, public: Client) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    sent(public, page, monday(9))
    Meeting.objects.update(held_until=now() - timedelta(minutes=1))
    let_lapse(at=now())
    one = Meeting.objects.get()
    assert one.state == "lapsed"
    assert one.said
    done = public.post(f"/m/{page.key}/confirm/{token_of(one.key)}")
    assert "It is booked" in done.content.decode()


def test_what_nobody_confirms_is_forgotten(cast: Any, public: Client) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    sent(public, page, monday(9))
    let_lapse(at=now() + timedelta(hours=1))
    let_lapse(at=now() + timedelta(days=4))
    one = Meeting.objects.get()
    assert (one.state, one.said, one.mail, one.network) == ("lapsed", {}, "", "")
    assert public.get(f"/m/{page.key}/confirm/{token_of(one.key)}").status_code == 404


def test_of_a_team_whoever_has_their_lead_gets_it_else_who_has_fewest(cast: Any, public: Client) -> None:
    priya, diane, tom = cast["priya"], cast["diane"], cast["tom"]
    page = page_of(priya, diane, by=tom)
    first, _ = booked(public, page, monday(9))
    second, _ = booked(public, page, monday(11), mail="b@lakeside.example", phone="+44 117 496 0143")
    assert {first.member, second.member} == {priya, diane}
    lead = Lead.objects.get(person=first.person)
    other = diane if first.member == priya else priya
    give_lead(lead.key, other, by=as_member(tom), at=now())
    third, _ = booked(public, page, monday(14))
    assert (third.member, third.lead_key, Lead.objects.filter(person=third.person).count()) == (
        other,
        lead.key,
        1,
    )


def test_a_page_may_send_its_leads_the_way_of_the_agreed_rules(cast: Any, public: Client) -> None:
    page = page_of(cast["priya"], by=cast["priya"], becomes="routed")
    meeting, _ = booked(public, page, monday(9))
    lead = Lead.objects.get(key=meeting.lead_key)
    assert (lead.owner, lead.state) == (None, "new")
    quiet = page_of(cast["diane"], by=cast["diane"], becomes="story")
    other, _ = booked(public, quiet, monday(9), mail="c@lakeside.example", phone="+44 117 496 0144")
    assert (other.lead_key, Lead.objects.count()) == ("", 1)


def test_what_looks_strange_waits_for_a_member_and_holds_no_time(cast: Any, public: Client) -> None:
    tom = cast["tom"]
    page = page_of(cast["priya"], by=cast["priya"])
    assert sent(public, page, monday(9), homepage="x").status_code == 303
    one = Meeting.objects.get()
    assert (one.state, one.member) == ("strange", None)
    assert f"{monday(9):%Y-%m-%dT%H}%3A00Z" in public.get(f"/m/{page.key}").content.decode()
    member = Client()
    member.force_login(tom)
    assert "no person sees" in member.get(f"/appointments/{page.key}?view=waiting").content.decode()
    assert member.post(f"/meetings/{one.key}/let-in").status_code == 302
    one.refresh_from_db()
    assert (one.state, one.member) == ("waits", cast["priya"])
    assert member.post(f"/meetings/{one.key}/drop").status_code == 409


def test_what_is_no_time_of_the_page_is_refused(cast: Any, public: Client) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    for at in (monday(3), monday(9, 7), monday(9, weeks=9), monday(9, weeks=-1)):
        assert sent(public, page, at).status_code == 409
    assert public.get(f"/m/{page.key}/book?at=never")["Location"] == f"/m/{page.key}"
    assert public.get("/m/booking_nothing").status_code == 404
    assert not Meeting.objects.exists()
