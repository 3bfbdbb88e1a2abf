"""Postmark: what became of a mail. Opens and clicks are left out: a gateway makes both."""

from collections.abc import Mapping
from typing import Any

from songsheet.intake.hooks.shapes.reading import at, id_of, said, text_at

_WHEN = {
    "Delivery": ("delivered", "DeliveredAt"),
    "Bounce": ("bounced", "BouncedAt"),
    "SpamComplaint": ("complained", "BouncedAt"),
    "SubscriptionChange": ("unsubscribed", "ChangedAt"),
}


def read(body: Any, mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One mail per record; a complaint or a suppression takes the consent to mail back."""
    kind = text_at(body, "RecordType")
    if kind not in _WHEN or (kind == "SubscriptionChange" and at(body, "SuppressSending") is not True):
        return []
    status, when = _WHEN[kind]
    leaves = status in ("complained", "unsubscribed")
    mail = text_at(body, "Recipient", 254) or text_at(body, "Email", 254)
    return [
        said(
            id=id_of(status, text_at(body, "MessageID"), mail),
            type="mail",
            at=at(body, when),
            direction="in" if leaves else "out",
            person={"mail": mail},
            subject=text_at(body, "Subject", 500),
            text=text_at(body, "Description", 1000),
            status=status,
            consents=[{"purpose": "mail", "granted": False}] if leaves else [],
        )
    ]
