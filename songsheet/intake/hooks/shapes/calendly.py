"""Calendly: an appointment booked or cancelled, told when it was, not when it will take place."""

from collections.abc import Mapping
from typing import Any

from songsheet.intake.hooks.shapes.reading import at, id_of, list_at, said, text_at, utm_of

_STATUS = {"invitee.created": "booked", "invitee.canceled": "cancelled"}


def read(body: Any, mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One meeting per invitee that comes or goes."""
    event = text_at(body, "event")
    if event not in _STATUS:
        return []
    given = at(body, "payload")
    lines = [f"For {start}"] if (start := text_at(given, "scheduled_event.start_time")) else []
    lines += [
        f"{text_at(one, 'question', 500)}: {text_at(one, 'answer', 2000)}"
        for one in list_at(given, "questions_and_answers")
    ]
    if why := text_at(given, "cancellation.reason", 1000):
        lines.append(why)
    return [
        said(
            id=id_of(_STATUS[event], text_at(given, "uri", 900)),
            type="meeting",
            at=at(body, "created_at"),
            person={
                "mail": text_at(given, "email", 254),
                "name": text_at(given, "name"),
                "phone": text_at(given, "text_reminder_number", 40),
            },
            member=text_at(given, "scheduled_event.event_memberships.0.user_email", 254),
            utm=utm_of(at(given, "tracking")),
            subject=text_at(given, "scheduled_event.name", 500),
            text="\n".join(lines),
            status=_STATUS[event],
        )
    ]
