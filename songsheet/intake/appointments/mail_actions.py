"""The mails to whoever books: one asks whether it was them, each turn brings one with a calendar file."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string

from songsheet.intake.appointments.booking_actions import TO_CONFIRM, State
from songsheet.intake.appointments.holding_acts import HELD_FOR, let_go
from songsheet.intake.appointments.ics import Entry, calendar_of
from songsheet.intake.appointments.models import Meeting
from songsheet.intake.appointments.queries import offer_of
from songsheet.intake.appointments.taking_acts import when_of
from songsheet.intake.appointments.tokens import token_of
from songsheet.intake.spoken.saying import say, spoken_for
from songsheet.journal.act import act
from songsheet.team.acting import as_system
from songsheet.team.queries import house

log = logging.getLogger(__name__)
MOST_TRIES, MOST_AT_ONCE = 5, 200
#: What was dropped or never confirmed is readable for so long.
KEPT = timedelta(days=30)
_SUBJECTS = {
    "booked": "Booked: %(title)s", "moved": "Moved: %(title)s", "cancelled": "Cancelled: %(title)s",
    "given": "Somebody else for you: %(title)s",
}  # fmt: skip


def send_to_confirm(key: str, *, at: datetime) -> bool:
    """Mail the link, once; what the server refuses is tried again. Nothing that was typed stands in it."""
    waits = Meeting.objects.filter(key=key, state=State.WAITS, mailed_at=None, tries__lt=MOST_TRIES)
    if not waits.update(mailed_at=at, tries=F("tries") + 1):
        return False
    if _sent(to_confirm(Meeting.objects.select_related("page").get(key=key))):
        return True
    Meeting.objects.filter(key=key).update(mailed_at=None)
    return False


def send_news(key: str, *, at: datetime) -> bool:
    """Mail what became of it, with the calendar file; who has cancelled and moved at once hears the last."""
    one = Meeting.objects.select_related("page", "member").filter(key=key).exclude(owes_mail="").first()
    if one is None or not one.mail or one.tries >= 2 * MOST_TRIES:
        return False
    taken = Meeting.objects.filter(key=key, owes_mail=one.owes_mail, version=one.version)
    if not taken.update(owes_mail="", tries=F("tries") + 1):
        return False
    if _sent(news_of(one, at=at)):
        return True
    Meeting.objects.filter(key=key, owes_mail="").update(owes_mail=one.owes_mail)
    return False


def _sent(message: EmailMessage) -> bool:
    try:
        message.send()
    except (SMTPException, OSError) as error:
        log.warning("a mail about an appointment could not be sent: %s", type(error).__name__)
        return False
    return True


def to_be_mailed(at: datetime) -> tuple[list[str], list[str]]:
    """What waits to be asked about, and what there is news of."""
    asked = Meeting.objects.filter(
        state=State.WAITS, mailed_at=None, tries__lt=MOST_TRIES, came_at__gt=at - TO_CONFIRM
    )
    news = Meeting.objects.exclude(owes_mail="").filter(tries__lt=2 * MOST_TRIES)
    asked_keys, news_keys = (one.order_by("id").values_list("key", flat=True) for one in (asked, news))
    return list(asked_keys[:MOST_AT_ONCE]), list(news_keys[:MOST_AT_ONCE])


def let_lapse(*, at: datetime) -> int:
    """Let go of times that nobody confirmed; forget what was typed where nobody did for days."""
    with act(by=as_system("appointments").actor, at=at):
        gone = let_go((), at=at)
    nothing: dict[str, Any] = {
        "said": {},
        "mail": "",
        "click_ids": {},
        "address": "",
        "visitor": None,
        "network": "",
    }
    never = Meeting.objects.filter(state=State.LAPSED, came_at__lt=at - TO_CONFIRM).exclude(said={})
    old = Meeting.objects.filter(state=State.DROPPED, ended_at__lt=at - KEPT).exclude(said={})
    return gone + never.update(ended_at=at, **nothing) + old.update(**nothing)


def to_confirm(meeting: Meeting) -> EmailMessage:
    """Plain text: which page of whom, which time, and the address of the page with the button."""
    spoken = _spoken(meeting)
    words = {
        "meeting": meeting, "house": house(), "when": when_of(meeting, spoken), "spoken": spoken,
        "minutes": int(HELD_FOR.total_seconds() // 60), "days": TO_CONFIRM.days,
        "link": f"{_address(meeting)}/confirm/{token_of(meeting.key)}",
    }  # fmt: skip
    subject = say(spoken, "Please confirm: %(title)s", title=meeting.title)
    return _mail(meeting, subject, "intake/appointments/confirm.txt", words, "asks")


def news_of(meeting: Meeting, *, at: datetime) -> EmailMessage:
    """What became of it, where, with whom, and how to move or cancel it."""
    there, spoken = house(), _spoken(meeting)
    words = {
        "meeting": meeting, "house": there, "when": when_of(meeting, spoken), "what": meeting.owes_mail,
        "spoken": spoken,
        "link": f"{_address(meeting)}/yours/{token_of(meeting.key)}", "page": _address(meeting),
    }  # fmt: skip
    subject = say(spoken, _SUBJECTS.get(meeting.owes_mail, _SUBJECTS["booked"]), title=meeting.title)
    said = f"{meeting.owes_mail}{meeting.moves}"
    message = _mail(meeting, subject, "intake/appointments/news.txt", words, said)
    cancelled = meeting.state == State.CANCELLED
    title = f"{meeting.title} · {there.name}" if there.name else meeting.title
    method = "CANCEL" if cancelled else "PUBLISH"
    file = calendar_of([entry_of(meeting, title, at=at)], method="CANCEL" if cancelled else "PUBLISH")
    message.attach("appointment.ics", file.decode(), f"text/calendar; method={method}; charset=utf-8")
    return message


def entry_of(meeting: Meeting, title: str, *, at: datetime) -> Entry:
    """A meeting as calendars show it."""
    cancelled = meeting.state == State.CANCELLED
    return Entry(
        f"{meeting.key}@{_host()}", meeting.begins_at, meeting.ends_at, title, meeting.place,
        meeting.moves + (1 if cancelled else 0), at, cancelled,
    )  # fmt: skip


def _mail(meeting: Meeting, subject: str, template: str, words: dict[str, Any], said: str) -> EmailMessage:
    headers = {"Message-ID": f"<{meeting.key}.{said}@{_host()}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, render_to_string(template, words), None, [meeting.mail], headers=headers)


def _spoken(meeting: Meeting) -> str:
    return spoken_for(offer_of(meeting.page).language)


def _address(meeting: Meeting) -> str:
    return f"{settings.ENVIRONMENT.url}/m/{meeting.page.key}"


def _host() -> str:
    return urlsplit(settings.ENVIRONMENT.url).hostname or "localhost"
