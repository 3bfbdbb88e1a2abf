"""What a file can tell us: the kinds of record, their fields and types, and what they may refer to."""

from dataclasses import dataclass

LONG = 100_000


@dataclass(frozen=True)
class Field:
    """One of our fields: how its cells are read, and how long or which they may be."""

    type: str
    limit: int = 300
    choices: frozenset[str] = frozenset()

    @property
    def is_list(self) -> bool:
        return self.type in ("mails", "phones")


@dataclass(frozen=True)
class Kind:
    """A kind of record; `rank` orders them so that what is referred to comes first."""

    rank: int
    fields: dict[str, Field]
    links: dict[str, str]


def _text(limit: int = 300) -> Field:
    return Field("text", limit)


def _choice(*words: str) -> Field:
    return Field("choice", choices=frozenset(words))


_person = {
    "given_name": _text(150),
    "family_name": _text(150),
    "name": _text(),
    "title": _text(200),
    "mails": Field("mails"),
    "phones": Field("phones"),
    "source": _text(120),
    "language": Field("language"),
    "created_at": Field("moment"),
    "consent_mail": Field("bool"),
    "consent_call": Field("bool"),
    "consent_post": Field("bool"),
    "consent_since": Field("moment"),
    "do_not_contact": Field("bool"),
    "company_name": _text(),
    "website": Field("website"),
    "industry": _text(120),
    "country": Field("country"),
}
_activity = {
    "direction": _choice("in", "out"),
    "at": Field("moment"),
    "until": Field("moment"),
    "duration": Field("duration"),
    "subject": _text(500),
    "text": _text(LONG),
    "status": _text(60),
}
_buyer_links = {"person": "person", "company": "company", "lead": "lead", "deal": "deal", "owner": "member"}

KINDS: dict[str, Kind] = {
    "member": Kind(
        0,
        {
            "given_name": _text(100),
            "family_name": _text(100),
            "name": _text(200),
            "mails": Field("mails"),
            "phones": Field("phones"),
            "title": _text(200),
            "active": Field("bool"),
        },
        {},
    ),
    "campaign": Kind(
        1,
        {
            "name": _text(),
            "kind": _text(60),
            "status": _text(60),
            "source": _text(120),
            "starts_on": Field("date"),
            "ends_on": Field("date"),
            "budget": Field("money"),
            "cost": Field("money"),
            "currency": Field("currency"),
            "created_at": Field("moment"),
        },
        {"owner": "member"},
    ),
    "company": Kind(
        2,
        {
            "name": _text(),
            "website": Field("website"),
            "phones": Field("phones"),
            "industry": _text(120),
            "country": Field("country"),
            "people_count": Field("integer"),
            "created_at": Field("moment"),
        },
        {"owner": "member"},
    ),
    "person": Kind(3, _person, {"company": "company", "owner": "member", "campaign": "campaign"}),
    "lead": Kind(
        4,
        _person
        | {
            "state": _choice(
                "new", "nurturing", "qualified", "offered", "working", "converted", "disqualified", "released"
            ),
            "end_reason": _text(200),
            "ended_at": Field("moment"),
            "came_at": Field("moment"),
            "wants": _text(500),
            "look_again_on": Field("date"),
            "contacted_elsewhere": Field("bool"),
        },
        {"company": "company", "owner": "member", "campaign": "campaign", "person": "person"},
    ),
    "deal": Kind(
        5,
        {
            "name": _text(),
            "stage": _text(120),
            "state": _choice("open", "won", "lost", "no_decision", "released"),
            "amount": Field("money"),
            "margin": Field("money"),
            "currency": Field("currency"),
            "probability": Field("percent"),
            "category": _text(60),
            "type": _text(60),
            "source": _text(120),
            "opened_at": Field("moment"),
            "expected_on": Field("date"),
            "closed_at": Field("moment"),
            "reason": _text(200),
            "next_step": _text(300),
            "next_step_on": Field("date"),
        },
        {"lead": "lead", "person": "person", "company": "company", "campaign": "campaign", "owner": "member"},
    ),
    "campaign_member": Kind(
        6,
        {"status": _text(60), "at": Field("moment")},
        {"campaign": "campaign", "lead": "lead", "person": "person"},
    ),
    "call": Kind(7, _activity, _buyer_links),
    "meeting": Kind(7, _activity, _buyer_links),
    "mail": Kind(7, _activity, _buyer_links),
    "note": Kind(7, _activity, _buyer_links),
    "task": Kind(
        7,
        {
            "subject": _text(500),
            "text": _text(LONG),
            "status": _text(60),
            "at": Field("moment"),
            "due": Field("moment"),
            "done": Field("bool"),
            "done_at": Field("moment"),
        },
        _buyer_links,
    ),
    "invoice": Kind(
        8,
        {
            "number": _text(100),
            "subject": _text(500),
            "amount": Field("money"),
            "currency": Field("currency"),
            "at": Field("moment"),
            "status": _text(60),
        },
        {"person": "person", "company": "company", "deal": "deal", "lead": "lead", "owner": "member"},
    ),
}
KEPT_WHEN_BAD = frozenset({"website", "country", "language"})
"""Types whose unreadable cells are kept as custom text: no row should be lost over them."""
