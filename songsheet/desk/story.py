"""One buyer's story: the entries about a person and about their leads and deals, as sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from songsheet.base.refusals import NotFound
from songsheet.buyers.models import Company, ExternalId, Person
from songsheet.deals.models import Deal
from songsheet.journal.entries import Entry
from songsheet.journal.events import Event
from songsheet.journal.queries import story_of
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign, Touch


class NoSuchBuyer(NotFound):
    code = "no_such_buyer"


@dataclass(frozen=True)
class Line:
    """One sentence of a story."""

    position: int
    at: datetime
    kind: str
    side: str
    icon: str
    sentence: str
    words: str
    by: str


@dataclass(frozen=True)
class Story:
    """A person, their leads and deals, and the lines of their story, the latest first."""

    person: Person
    leads: list[Lead]
    deals: list[Deal]
    lines: list[Line]

    def as_dict(self) -> dict[str, Any]:
        """What `songsheet story --json` and the API give."""
        return {
            "person": {"key": self.person.key, "name": self.person.name},
            "leads": [lead.key for lead in self.leads],
            "deals": [deal.key for deal in self.deals],
            "entries": [{**vars(line), "at": line.at.isoformat()} for line in self.lines],
        }

    def as_text(self) -> str:
        """The story for a terminal, the earliest first."""
        lines = [f"{line.at:%Y-%m-%d %H:%M}  {line.sentence}" for line in reversed(self.lines)]
        return "\n".join([str(self.person), *lines])


def story_for(viewer: Acting, key: str, *, limit: int = 500) -> Story:
    """The story of the person behind a key of ours or an external id; refused when there is none."""
    viewer.must(Right.LOOK)
    return story_of_person(person_behind(key), limit=limit)


def story_of_person(person: Person, *, limit: int = 500) -> Story:
    """Everything recorded about a person, the people merged into them, their leads and their deals."""
    people = list(Person.objects.filter(Q(id=person.id) | Q(root=person)).values_list("id", "key"))
    ids = [id_ for id_, _ in people]
    leads = list(
        Lead.objects.filter(person_id__in=ids, gone_at=None)
        .select_related("owner", "queue", "clock", "source", "campaign")
        .order_by("-came_at")
    )
    deals = list(Deal.objects.filter(lead__in=leads, gone_at=None).select_related("owner", "stage").order_by("-opened_at"))
    keys = [key for _, key in people] + [lead.key for lead in leads] + [deal.key for deal in deals]
    return Story(person, leads, deals, _lines(story_of(keys, limit=limit)))


def person_behind(key: str) -> Person:
    """The person that a key of ours, or an external id of a person, lead or deal, leads to."""
    people = Person.objects.filter(gone_at=None).select_related("company", "owner", "root")
    prefix = key.partition("_")[0]
    if prefix == "person":
        found = people.filter(key=key).first()
    elif prefix in ("lead", "deal"):
        found = people.filter(Q(leads__key=key) | Q(leads__deals__key=key)).first()
    else:
        ids = ExternalId.objects.filter(kind="person", external_id=key, gone_at=None).values("person")
        leads = Lead.objects.filter(external_id=key, gone_at=None).values("person")
        deals = Deal.objects.filter(external_id=key, gone_at=None).values("lead__person")
        found = people.filter(Q(id__in=leads) | Q(id__in=ids) | Q(id__in=deals)).order_by("id").first()
    if found is None:
        raise NoSuchBuyer(f"No buyer is known by “{key[:80]}”. Give a key of ours or an id of the imported file.")
    return found.root or found


def _lines(entries: list[Entry[Event]]) -> list[Line]:
    names = names_of({key for entry in entries for key in [entry.actor, *entry.event.subjects()]})
    touches = Touch.objects.in_bulk(
        [key for entry in entries for key in entry.event.subjects() if key.startswith("touch_")], field_name="key"
    )
    return [_line(entry, names, touches) for entry in entries if not _is_gone(entry, touches)]


def _is_gone(entry: Entry[Event], touches: dict[str, Touch]) -> bool:
    key = getattr(entry.event, "touch", None)
    return key is not None and (key not in touches or touches[key].gone_at is not None)


def _line(entry: Entry[Event], names: dict[str, str], touches: dict[str, Touch]) -> Line:
    declared = entry.event.declared
    touch = touches.get(getattr(entry.event, "touch", ""))
    return Line(
        position=entry.position,
        at=entry.occurred_at,
        kind=declared.name,
        side=declared.side,
        icon=declared.icon,
        sentence=entry.event.sentence(names, by=entry.actor),
        words=touch.subject if touch else "",
        by=names.get(entry.actor, entry.actor),
    )


def names_of(keys: set[str]) -> dict[str, str]:
    """What people call the things behind keys; one statement per kind of thing."""
    names: dict[str, str] = {}
    for prefix, model in (("member", Member), ("person", Person), ("company", Company), ("campaign", Campaign)):
        wanted = [key for key in keys if key.startswith(prefix + "_")]
        if wanted:
            names.update(model.objects.filter(key__in=wanted).values_list("key", "name"))  # type: ignore[attr-defined]
    return {key: name or "Somebody" for key, name in names.items()}
