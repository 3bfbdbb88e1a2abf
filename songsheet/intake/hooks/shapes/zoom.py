"""Zoom: who registered for a webinar or a meeting, who joined, who left."""

from collections.abc import Mapping
from typing import Any

from songsheet.intake.hooks.shapes.reading import at, id_of, instant, said, text_at

_STATUS = {"registration_created": "registered", "participant_joined": "joined", "participant_left": "left"}


def read(body: Any, mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One webinar or meeting per person and status."""
    kind, _dot, what = text_at(body, "event").partition(".")
    if kind not in ("webinar", "meeting") or what not in _STATUS:
        return []
    given = at(body, "payload.object")
    who = at(given, "registrant") or at(given, "participant")
    name = f"{text_at(who, 'first_name')} {text_at(who, 'last_name')}".strip() or text_at(who, "user_name")
    its = text_at(given, "uuid") or text_at(given, "id")
    whose = (
        text_at(who, "id")
        or text_at(who, "registrant_id")
        or text_at(who, "user_id")
        or text_at(who, "email")
    )
    # Somebody joins as often as their line breaks: each time is one of its own.
    moment = text_at(who, "join_time") or text_at(who, "leave_time")
    return [
        said(
            id=id_of(_STATUS[what], its, whose, *filter(None, [moment])),
            type=kind,
            at=at(who, "leave_time") or at(who, "join_time") or instant(at(body, "event_ts")),
            person={
                "mail": text_at(who, "email", 254),
                "name": name,
                "phone": text_at(who, "phone", 40),
                "title": text_at(who, "job_title"),
                "company": text_at(who, "org"),
            },
            subject=text_at(given, "topic", 500),
            text=text_at(who, "comments", 4000),
            status=_STATUS[what],
        )
    ]
