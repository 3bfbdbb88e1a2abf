"""Mails about appointments, times that are let go, calendars elsewhere read every quarter of an hour."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from songsheet.intake.appointments.calendar_actions import due_for_reading, read_calendar
from songsheet.intake.appointments.mail_actions import let_lapse, send_news, send_to_confirm, to_be_mailed
from songsheet.intake.appointments.models import Meeting
from songsheet.team.queries import now


def mail_soon(meeting: Meeting) -> None:
    """Have the mail sent that is owed; should this be lost, the look of each minute finds it."""
    asks = meeting.state == Meeting.State.WAITS and meeting.mailed_at is None
    if not asks and not meeting.owes_mail:
        return
    _soon(mail_meeting, meeting.key)


def read_soon(key: str) -> None:
    """Have a calendar read; where that waits already, it will do."""
    _soon(read_one, key)


def _soon(task: object, key: str) -> None:
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.configure(queueing_lock=f"{task.name} {key}").defer(key=key)  # type: ignore[attr-defined]


@app.task(queue="mail", name="intake.mail_meeting")
def mail_meeting(key: str) -> None:
    """What is owed about one meeting."""
    send_to_confirm(key, at=now())
    send_news(key, at=now())


@app.periodic(cron="* * * * *")
@app.task(queue="mail", name="intake.mail_meetings", queueing_lock="intake.mail_meetings")
def mail_meetings(timestamp: int) -> None:
    """What a server refused, or a killed worker left; and times that nobody confirmed are free again."""
    let_lapse(at=now())
    asked, news = to_be_mailed(now())
    for key in asked:
        send_to_confirm(key, at=now())
    for key in news:
        send_news(key, at=now())


@app.task(queue="out", name="intake.read_calendar")
def read_one(key: str) -> None:
    """One calendar elsewhere."""
    read_calendar(key, at=now())


@app.periodic(cron="*/15 * * * *")
@app.task(queue="out", name="intake.read_calendars", queueing_lock="intake.read_calendars")
def read_calendars(timestamp: int) -> None:
    """All of them."""
    for key in due_for_reading():
        read_soon(key)
