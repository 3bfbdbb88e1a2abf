"""Aldermoor's four forms as they were asked, version after version. Literal tables."""

from typing import Any

CONTACT, GUIDE, WEBINAR, RFP = "Ask us", "Guide by mail", "Webinar, register", "Request for proposal"
_NAME = {"name": "name", "label": "Your name", "means": "name", "required": True}
_MAIL = {"name": "mail", "kind": "mail", "label": "Your mail address", "required": True}
_COMPANY = {"name": "company", "label": "Company", "means": "company"}
_PHONE = {"name": "phone", "kind": "phone", "label": "Phone", "hint": "If you would rather be called."}
_NEWS = {"name": "news", "kind": "consent", "label": "Mails twice a month", "purpose": "mail"}
SIZES = ("1 to 9", "10 to 49", "50 to 249", "250 or more", "I study")
_HEARD = {"name": "heard", "kind": "heard", "label": "How did you hear of us?"}
_HOW_MANY = {
    "name": "how_many", "kind": "choice", "label": "How many work there?", "options": list(SIZES),
    "required": True,
}  # fmt: skip


def _asks(label: str, *, required: bool = True) -> dict[str, Any]:
    return {"name": "question", "kind": "long", "label": label, "means": "question", "required": required}


_CONTACT: dict[str, Any] = {
    "title": "Ask us",
    "intro": "A person answers, usually within the hour on working days.",
    "thanks": "Thank you. We have your question and answer today, on a working day within hours.",
    "becomes": "enquiry",
    "source": "Website",
    "colour": "#1f5c4d",
}
_GUIDE: dict[str, Any] = {
    "title": "Furnishing a practice: the guide",
    "intro": "Twenty pages, no sales talk. We send it by mail once you confirm your address.",
    "button": "Send me the guide",
    "thanks": "Look into your mails: one click there, and the guide is yours.",
    "becomes": "lead",
    "confirm": True,
    "source": "Website",
    "colour": "#1f5c4d",
}
_RFP: dict[str, Any] = {
    "title": "Request for proposal",
    "intro": "Tell us what you tender and until when. You hear within a working day whether we offer.",
    "button": "Send the request",
    "becomes": "enquiry",
    "colour": "#1f5c4d",
}
_WEBINAR: dict[str, Any] = {
    "title": "Register for the next webinar",
    "intro": "45 minutes, live, with questions at the end.",
    "button": "Register",
    "becomes": "story",
    "confirm": True,
    "source": "Webinars",
    "colour": "#1f5c4d",
}
_TOPICS = {
    "name": "topics", "kind": "several", "label": "What interests you?",
    "options": ["Leasing", "Fitting while you work", "Quiet rooms", "Reception"],
}  # fmt: skip
_SEATS = {"name": "seats", "kind": "number", "label": "How many seats?", "required": True}
_UNTIL = {"name": "until", "kind": "date", "label": "Offers are due on"}

#: Name of the form → since which day it asked what, the oldest first.
FORMS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    CONTACT: (
        ("2025-03-12", {**_CONTACT, "fields": [_NAME, _MAIL, _asks("What do you want to know?")]}),
        (
            "2025-09-15",
            {**_CONTACT, "fields": [_NAME, _MAIL, _COMPANY, _PHONE, _asks("What do you need?"), _HEARD]},
        ),
    ),
    GUIDE: (
        ("2025-03-12", {**_GUIDE, "fields": [_NAME, _MAIL, _asks("What is it for?", required=False), _NEWS]}),
        (
            "2026-04-22",
            {
                **_GUIDE,
                "fields": [
                    _NAME, _MAIL, {**_COMPANY, "required": True}, _HOW_MANY,
                    {"name": "studies", "label": "What do you study?", "shown_if": "how_many",
                     "shown_is": SIZES[4]},
                    _asks("What is it for?", required=False), _NEWS,
                ],
            },
        ),
    ),
    WEBINAR: (
        (
            "2025-05-20",
            {**_WEBINAR, "fields": [_NAME, _MAIL, _COMPANY, _TOPICS, _asks("Your question", required=False)]},
        ),
        (
            "2026-01-12",
            {
                **_WEBINAR,
                "fields": [_NAME, _MAIL, _COMPANY, _TOPICS, _asks("Your question", required=False), _NEWS],
            },
        ),
    ),
    RFP: (
        (
            "2025-10-01",
            {
                **_RFP,
                "fields": [
                    _NAME, _MAIL, {**_COMPANY, "required": True}, _PHONE, _SEATS, _UNTIL,
                    _asks("What do you tender?"),
                ],
            },
        ),
    ),
}  # fmt: skip
