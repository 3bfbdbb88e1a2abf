"""The brief of a lead on one screen: who, what they want, where from, what they said, saw and were told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from songsheet.buyers.models import DoNotContact
from songsheet.buyers.permissions import answers_of
from songsheet.buyers.queries import family_of
from songsheet.handoffs.first_sentence import first_sentence
from songsheet.handoffs.models import Return
from songsheet.handoffs.queries import returns_seen_by
from songsheet.journal.queries import story_of
from songsheet.leads.events import LeadGiven
from songsheet.leads.models import Lead
from songsheet.leads.qualifying.why import Why, why_of
from songsheet.leads.queries import lead_for
from songsheet.leads.routing.events import LeadRouted
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.touches.models import Touch

#: So many touches are looked through, and so many of a kind are shown, the newest first.
MOST_READ, MOST_SHOWN = 60, 5
_GIVEN = [LeadGiven.declared.name, LeadRouted.declared.name]
SAID = ("form", "call", "mail", "meeting", "other")
SEEN = ("visit", "download", "webinar", "advertisement", "campaign")
TOLD = ("call", "mail", "meeting", "campaign")


@dataclass(frozen=True)
class Brief:
    """What whoever is to accept a lead needs to know, so far as the story knows it."""

    lead: Lead
    said: Sequence[Touch]
    seen: Sequence[Touch]
    told: Sequence[Touch]
    answers: dict[str, tuple[bool, datetime]]
    forbidden: Sequence[tuple[str, str]]
    returns: Sequence[Return]
    given_by: Member | None
    given_at: datetime | None
    first_sentence: str
    why: Why


def brief_of(viewer: Acting, key: str, *, at: datetime) -> Brief:
    """The brief of a lead, in a fixed number of statements."""
    lead = lead_for(viewer, key)
    person = lead.person.whole
    family = list(family_of(person))
    touches = Touch.objects.filter(person__in=family, gone_at=None).exclude(kind="note")
    found = list(touches.select_related("member", "campaign").order_by("-at", "-id")[:MOST_READ])
    refused = DoNotContact.objects.filter(person__in=family, gone_at=None).order_by("id")
    entries = story_of([lead.key], kinds=_GIVEN, limit=1)
    given = entries[0] if entries else None
    if given and getattr(given.event, "member", "") != (lead.owner.key if lead.owner else None):
        given = None  # it went on since
    return Brief(
        lead=lead,
        said=_of(found, ("in", ""), SAID),
        seen=_of(found, ("in", ""), SEEN),
        told=_of(found, ("out",), TOLD),
        answers=answers_of([person.id]).get(person.id, {}),
        forbidden=list(refused.values_list("channel", "reason")),
        returns=list(returns_seen_by(viewer).filter(lead=lead).order_by("-at", "-id")[:MOST_SHOWN]),
        given_by=Member.objects.filter(key=given.actor).first() if given else None,
        given_at=given.occurred_at if given else None,
        first_sentence=first_sentence(lead, lead.owner or viewer.member, at),
        why=why_of(lead),
    )


def _of(touches: Sequence[Touch], directions: Sequence[str], kinds: Sequence[str]) -> list[Touch]:
    return [one for one in touches if one.direction in directions and one.kind in kinds][:MOST_SHOWN]
