"""SendGrid: what became of mails, many in one body. Opens and clicks are left out: a gateway makes both."""

from collections.abc import Mapping
from typing import Any

from songsheet.intake.hooks.shapes.reading import at, instant, said, text_at

_STATUS = {
    "delivered": "delivered",
    "bounce": "bounced",
    "dropped": "bounced",
    "spamreport": "complained",
    "unsubscribe": "unsubscribed",
    "group_unsubscribe": "unsubscribed",
}


def read(body: Any, mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One mail per event that says what became of it."""
    events = body if isinstance(body, list) else [body]
    return [_event(one) for one in events if text_at(one, "event") in _STATUS]


def _event(one: Any) -> dict[str, Any]:
    status = _STATUS[text_at(one, "event")]
    leaves = status in ("complained", "unsubscribed")
    return said(
        id=text_at(one, "sg_event_id"),
        type="mail",
        at=instant(at(one, "timestamp")),
        direction="in" if leaves else "out",
        person={"mail": text_at(one, "email", 254)},
        text=text_at(one, "reason", 1000),
        status=status,
        consents=[{"purpose": "mail", "granted": False}] if leaves else [],
    )
