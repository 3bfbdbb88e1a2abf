"""What we hold about one buyer, as they see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.buyers.models import Consent, DoNotContact, Mail, Person, Phone
from songsheet.buyers.permissions import answers_of
from songsheet.buyers.queries import family_of
from songsheet.intake.privacy.models import Ask
from songsheet.leads.enquiries.models import Enquiry
from songsheet.touches.models import Touch

#: So many contacts are shown; the copy has all of them.
MOST_SHOWN = 50
#: What each purpose allows, in the buyer's words.
PURPOSES: dict[str, Any] = {
    "mail": "Write to me by mail",
    "call": "Call me",
    "post": "Send me letters",
    "tracking": "Remember my visits to your website",
    "opens": "Notice when I open your mails",
}


@dataclass(frozen=True)
class Answer:
    """What they said to one purpose; nobody was asked where `granted` is empty."""

    purpose: str
    label: str
    granted: bool | None
    since: datetime | None


def ask_for(key: str) -> Ask | None:
    """The request with this key and its person."""
    return Ask.objects.select_related("person__root", "person__company").filter(key=key).first()


def held_about(person: Person) -> dict[str, Any]:
    """Names and addresses, what they allow, what happened, through all their records."""
    ids = list(family_of(person))
    said = answers_of([person.pk]).get(person.pk, {})
    answers = [Answer(name, label, *said.get(name, (None, None))) for name, label in PURPOSES.items()]
    contacts = Touch.objects.filter(person__in=ids, gone_at=None)
    return {
        "mails": _values(Mail, "address", ids),
        "phones": _values(Phone, "number", ids),
        "answers": [one for one in answers if one.purpose in Consent.Purpose.values],
        "is_forbidden": DoNotContact.objects.filter(person__in=ids, channel="", gone_at=None).exists(),
        "contacts": list(contacts.order_by("-at", "-id")[:MOST_SHOWN]),
        "more": max(0, contacts.count() - MOST_SHOWN),
        "asked": list(Enquiry.objects.filter(person__in=ids, gone_at=None).order_by("-came_at")[:MOST_SHOWN]),
    }


def _values(model: type[Mail] | type[Phone], column: str, ids: list[int]) -> list[str]:
    found = model._default_manager.filter(person__in=ids, gone_at=None).order_by("id")
    return list(dict.fromkeys(found.values_list(column, flat=True)))


def said_done(what: str) -> str:
    """What is said after something was done here."""
    return {
        "answers": "Your answers count from now on.",
        "name": "It is corrected.",
        "stop": "Nobody of ours will contact you.",
        "erase": "Somebody of ours will erase it within a month. Until then nobody contacts you.",
    }.get(what, "")
