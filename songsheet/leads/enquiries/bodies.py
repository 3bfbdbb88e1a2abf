"""Enquiries as the API takes and gives them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from songsheet.base.adopting import Ref
from songsheet.buyers.bodies import PersonIn, bring_people
from songsheet.buyers.models import Company, Mail, Person
from songsheet.doors.api import Given, Key, Text, Version, keyed, named_by
from songsheet.leads.enquiries.actions import EnquiryRow, enquiry_came
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.enquiries.sorting import why
from songsheet.team.acting import Acting
from songsheet.touches.campaign_bodies import source_id, sources_called
from songsheet.touches.models import Campaign

Kind = Annotated[str, Field(pattern="^[a-z_]{0,12}$")]
Why = Annotated[Text, Field(min_length=1, max_length=500)]


class EnquiryIn(Given):
    """What somebody asks us: who, by key or by what is known of them, and their words.

    The agreed rules sort it; with a `kind`, whoever sends it has.
    """

    person: Key | PersonIn
    text: Annotated[Text, Field(min_length=1, max_length=4000)]
    company: Key | None = None
    source: Annotated[Text, Field(max_length=120)] = ""
    campaign: Key | None = None
    kind: Kind = ""


class MoveEnquiryIn(Given):
    """Of which kind it is instead, and why; `buying` makes a lead of it."""

    kind: Kind
    why: Why
    version: Version | None = None


class AnswerEnquiryIn(Given):
    """What was answered."""

    answer: Annotated[Text, Field(min_length=1, max_length=4000)]
    version: Version | None = None


class CloseEnquiryIn(Given):
    """Why nobody answers it."""

    why: Why
    version: Version | None = None


class GiveEnquiryIn(Given):
    """Who answers it from now on."""

    member: Key
    version: Version | None = None


class EnquiryOut(BaseModel):
    """An enquiry: what they ask, its kind and by which rule, who answers until when, and what was answered.

    Of kind buying, `lead` is what came of it.
    """

    key: str
    person: str
    company: str | None
    kind: str
    text: str
    source: str
    campaign: str | None
    came_at: datetime
    state: str
    owner: str | None
    due_at: datetime | None
    sorted_by: str
    rule: int
    words: list[str]
    moved_from: str
    moved_by: str | None
    why: str
    lead: str | None
    answer: str
    answered_by: str | None
    answered_at: datetime | None
    version: int

    @classmethod
    def of(cls, one: Enquiry) -> "EnquiryOut":
        """As it stands."""
        related: dict[str, Any] = {
            name: found.key if (found := getattr(one, name)) else None
            for name in ("company", "campaign", "owner", "moved_by", "lead", "answered_by")
        }
        plain = {
            name: getattr(one, name)
            for name in (
                "key", "kind", "text", "came_at", "state", "moved_from", "why", "answer", "answered_at",
                "version",
            )
        }  # fmt: skip
        return cls(
            **plain,
            **related,
            person=one.person.key,
            source=one.source.name if one.source else "",
            due_at=one.clock.due_at if one.clock else None,
            sorted_by=why(one.sorted_by.get("kind", one.kind), one.sorted_by),
            rule=one.sorted_by.get("rule", 0),
            words=one.sorted_by.get("words", []),
        )


def bring_enquiry(given: EnquiryIn, *, by: Acting, at: datetime) -> Enquiry:
    """An enquiry comes in as it is given, with its person where they are given too."""
    person, addresses = _person(given, by=by, at=at)
    sources = sources_called([given.source], by=by)
    source = source_id(sources, given.source)
    row = EnquiryRow(
        person,
        given.text,
        source=(source, given.source) if source else None,
        campaign=named_by(
            keyed(Campaign, [given.campaign], gone_at=None), given.campaign, "campaign", "campaign"
        ),
        company=named_by(keyed(Company, [given.company], gone_at=None), given.company, "company", "company"),
        addresses=addresses,
        kind=given.kind,
    )
    return enquiry_came(row, by=by, at=at)


def _person(given: EnquiryIn, *, by: Acting, at: datetime) -> tuple[Ref, Sequence[str]]:
    """Who asks, and the addresses by which they may be sorted."""
    if isinstance(given.person, str):
        found = named_by(keyed(Person, [given.person], gone_at=None), given.person, "person", "person")
        assert found is not None
    else:
        (adopted,) = bring_people([given.person], by=by, at=at, lane="live")
        found = adopted.must
    return found, mails_of(found[0])


def mails_of(person: int) -> list[str]:
    """The mail addresses of a person, and of the record that theirs was merged into."""
    ids = Person.objects.filter(id=person).values_list("id", "root_id")[:1]
    meant = [id_ for pair in ids for id_ in pair if id_]
    return list(Mail.objects.filter(person__in=meant, gone_at=None).values_list("address", flat=True))
