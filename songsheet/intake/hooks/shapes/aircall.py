"""Aircall: a call once it has ended."""

from collections.abc import Mapping
from typing import Any

from songsheet.intake.hooks.shapes.reading import at, instant, said, text_at


def read(body: Any, mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One call; what happens while it rings is nothing yet."""
    if text_at(body, "event") != "call.ended":
        return []
    given = at(body, "data")
    name = f"{text_at(given, 'contact.first_name')} {text_at(given, 'contact.last_name')}".strip()
    missed = not at(given, "answered_at")
    return [
        said(
            id=text_at(given, "id"),
            type="call",
            at=instant(at(given, "started_at")),
            direction="out" if text_at(given, "direction") == "outbound" else "in",
            person={
                "mail": text_at(given, "contact.emails.0.value", 254),
                "phone": text_at(given, "raw_digits", 40),
                "name": name,
                "company": text_at(given, "contact.company_name"),
            },
            member=text_at(given, "user.email", 254),
            seconds=0 if missed else _whole(at(given, "duration")),
            status="missed" if missed else "answered",
        )
    ]


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
