"""What the tests of appointments share: a page, somebody who books, and the links of their mails."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core import mail as box
from django.test import Client

from songsheet.intake.appointments.mail_actions import send_news, send_to_confirm
from songsheet.intake.appointments.models import BookingPage, Meeting
from songsheet.intake.appointments.offer import Offer
from songsheet.intake.appointments.page_actions import make_page
from songsheet.intake.appointments.shown import instant
from songsheet.intake.forms.stamps import stamp
from songsheet.team.acting import as_member
from songsheet.team.models import Member
from songsheet.team.queries import now

MAIL = "nils@lakeside.example"
TYPED = {"name": "Nils Åberg", "mail": MAIL, "phone": "+44 117 496 0142", "about": "Eighty chairs, leased"}


def offer(*members: Member, **given: Any) -> Offer:
    """Half an hour by phone."""
    body = {"title": "Half an hour", "members": [one.key for one in members], "notice": 0, **given}
    return Offer.model_validate(body)


def page_of(*members: Member, by: Member, **given: Any) -> BookingPage:
    """A page that was made just now."""
    return make_page(offer(*members, **given), by=as_member(by), at=now())


def monday(hour: int = 9, minute: int = 0, *, weeks: int = 1) -> datetime:
    """A time of a Monday to come, in UTC, which is the zone of the house and its members here."""
    today = now().astimezone(UTC).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today + timedelta(days=7 * weeks - today.weekday())


def sent(client: Client, page: BookingPage, at: datetime, zone: str = "Europe/Oslo", **given: Any) -> Any:
    """What somebody types on the page of a time."""
    shown = stamp(page.key, 1, at=now() - timedelta(minutes=1))
    address = f"/m/{page.key}/book?at={instant(at)}&zone={zone}"
    return client.post(address, {**TYPED, "_stamp": shown, **given})


def link_in_mail() -> str:
    """The path of the link in the last mail."""
    found = re.search(r"https?://\S+/(?:confirm|yours)/\S+", str(box.outbox[-1].body))
    assert found, box.outbox[-1].body
    return urlsplit(found[0]).path


def booked(
    client: Client, page: BookingPage, at: datetime, says: str = "It is booked", **given: Any
) -> tuple[Meeting, str]:
    """Somebody books and confirms: the meeting, and the path of the link by which they change it."""
    answer = sent(client, page, at, **given)
    assert answer.status_code == 303, answer.content.decode()
    meeting = Meeting.objects.latest("id")
    assert send_to_confirm(meeting.key, at=now())
    done = client.post(link_in_mail())
    assert says in done.content.decode(), done.content.decode()
    assert send_news(meeting.key, at=now())
    meeting.refresh_from_db()
    return meeting, link_in_mail()
