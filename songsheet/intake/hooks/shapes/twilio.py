"""Twilio: a call in its last state; what comes before is nothing yet."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from songsheet.intake.hooks.shapes.reading import said, text_at

_LAST = {
    "completed": "answered",
    "busy": "busy",
    "no-answer": "missed",
    "failed": "failed",
    "canceled": "missed",
}


def read(body: Any, mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One call: the other side's number is the caller's where it came in, else the one called."""
    state = text_at(body, "CallStatus")
    if state not in _LAST:
        return []
    out = text_at(body, "Direction").startswith("outbound")
    seconds = text_at(body, "CallDuration")
    return [
        said(
            id=text_at(body, "CallSid"),
            type="call",
            at=_moment(text_at(body, "Timestamp")),
            direction="out" if out else "in",
            person={"phone": text_at(body, "To" if out else "From", 40), "name": text_at(body, "CallerName")},
            seconds=int(seconds) if seconds.isascii() and seconds.isdecimal() and len(seconds) < 7 else None,
            status=_LAST[state],
        )
    ]


def _moment(given: str) -> str | None:
    try:
        return parsedate_to_datetime(given).isoformat()
    except ValueError:
        return None
