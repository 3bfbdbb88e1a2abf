"""Reading a story: who is meant, what is recorded about them, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from songsheet.base.refusals import NotFound
from songsheet.buyers.models import ExternalId, Person
from songsheet.buyers.queries import family_of
from songsheet.clocks.events import ClockMoved, ClockWarned
from songsheet.deals.models import Deal
from songsheet.desk.story.known import Known
from songsheet.desk.story.sentences import look, sentence
from songsheet.handoffs.models import Return
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.intake.appointments.events import MeetingBooked, MeetingHeld
from songsheet.intake.visitors.queries import visits_of
from songsheet.journal.entries import Entry
from songsheet.journal.events import Event
from songsheet.journal.queries import story_of
from songsheet.journal.sql import rows
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.mentions import mentioned, to_names
from songsheet.touches.models import Task, Touch
from songsheet.touches.queries import with_files

MOST_ENTRIES = 500
#: What is between us and our clocks, and what a touch of the same moment says, with its words.
_NOT_TOLD = [one.declared.name for one in (ClockMoved, ClockWarned, MeetingBooked, MeetingHeld)]
#: The kinds of touches in which a buyer speaks for themselves.
SAID = ("form", "call", "mail", "meeting", "other")


class NoSuchBuyer(NotFound):
    code = "no_such_buyer"


@dataclass(frozen=True)
class Line:
    """One sentence of a story; `words` is what somebody wrote, `are_theirs` when the buyer said it."""

    position: int
    at: datetime
    kind: str
    side: str
    icon: str
    sentence: str
    words: str
    are_theirs: bool
    by: str
    touch: Touch | None = None
    under: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The line as plain values."""
        plain = {name: value for name, value in vars(self).items() if name not in ("touch", "under")}
        return {**plain, "at": self.at.isoformat(), "touch": self.touch.key if self.touch else None}


@dataclass(frozen=True)
class Story:
    """A person, their leads and deals, and the lines of their story, the latest first."""

    person: Person
    leads: list[Lead]
    deals: list[Deal]
    lines: list[Line]
    tasks: list[Task] = field(default_factory=list)
    #: What they asked and nobody answered yet.
    enquiries: list[Enquiry] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether everything recorded is in it."""
        return len(self.lines) < MOST_ENTRIES

    def sides(self) -> dict[str, int]:
        """How many lines each side has."""
        found: dict[str, int] = defaultdict(int)
        for line in self.lines:
            found[line.side] += 1
        return found

    def days(self, side: str = "") -> list[tuple[date, list[Line]]]:
        """The lines of a side, or all, by day, the latest first."""
        found: dict[date, list[Line]] = defaultdict(list)
        for line in self.lines:
            if not side or line.side == side:
                found[localtime(line.at).date()].append(line)
        return list(found.items())

    def as_dict(self) -> dict[str, Any]:
        """What `songsheet story --json` and the API give."""
        return {
            "person": {"key": self.person.key, "name": self.person.name},
            "leads": [lead.key for lead in self.leads],
            "deals": [deal.key for deal in self.deals],
            "entries": [line.as_dict() for line in self.lines],
        }

    def as_text(self) -> str:
        """The story for a terminal, the earliest first."""
        lines = [f"{line.at:%Y-%m-%d %H:%M}  {line.sentence}" for line in reversed(self.lines)]
        return "\n".join([str(self.person), *lines])


def story_for(viewer: Acting, key: str, *, limit: int = MOST_ENTRIES) -> Story:
    """The story of the person behind a key of ours or an external id; refused when there is none."""
    viewer.must(Right.LOOK)
    return story_of_person(person_behind(key), limit=limit)


def story_of_person(person: Person, *, limit: int = MOST_ENTRIES) -> Story:
    """Everything recorded about a person, the people merged into them, their leads and their deals."""
    records = family_of(person)
    family = Q(person__in=list(records))
    leads = list(
        Lead.objects.filter(family, gone_at=None)
        .select_related("person", "owner", "queue", "clock", "source", "campaign")
        .order_by("-came_at", "-id")
    )
    deals: list[Deal] = []
    if leads:
        of_leads = Deal.objects.filter(lead__in=[lead.id for lead in leads], gone_at=None)
        deals = list(of_leads.select_related("owner", "stage").order_by("-opened_at", "-id"))
    keys = {*records.values(), *(lead.person.key for lead in leads)}
    keys |= {lead.key for lead in leads} | {deal.key for deal in deals}
    entries = story_of(sorted(keys), but=_NOT_TOLD, limit=limit)
    tasks = list(
        Task.objects.filter(family | Q(lead_key__in=[lead.key for lead in leads]), gone_at=None)
        .select_related("member")
        .order_by("due_at", "id")[:200]
    )
    asked = _asked(entries)
    waiting = [one for one in asked.values() if one.is_open]
    return Story(person, leads, deals, _lines(entries, leads, deals, tasks, asked), tasks, waiting)


def person_behind(key: str) -> Person:
    """The person that a key of ours, or an external id of a person, lead or deal, leads to."""
    people = Person.objects.filter(gone_at=None).select_related(
        "company__root", "owner", "root__owner", "root__company__root"
    )
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
        raise NoSuchBuyer(
            f"No buyer is known by “{key[:80]}”. Give a key of ours or an id of the imported file."
        )
    return found.root or found


def _asked(entries: list[Entry[Event]]) -> dict[str, Enquiry]:
    """The enquiries that the entries are about."""
    keys = {key for entry in entries for key in entry.event.subjects() if key.startswith("enquiry_")}
    if not keys:
        return {}
    found = Enquiry.objects.filter(key__in=keys).select_related("owner", "clock", "answered_by")
    return {one.key: one for one in found.order_by("-came_at", "-id")}


def _lines(
    entries: list[Entry[Event]],
    leads: list[Lead],
    deals: list[Deal],
    tasks: list[Task],
    asked: dict[str, Enquiry],
) -> list[Line]:
    named = {key for entry in entries for key in [entry.actor, *entry.event.subjects()]}
    keys = [key for key in named if key.startswith("touch_")]
    touches = with_files(Touch.objects.all()).in_bulk(keys, field_name="key")
    came_back = [key for key in named if key.startswith("return_")]
    returns = (
        Return.objects.select_related("returned_by", "answered_by").in_bulk(came_back, field_name="key")
        if came_back
        else {}
    )
    judged = [key for key in named if key.startswith("verdict_")]
    verdicts = (
        Verdict.objects.filter(gone_at=None)
        .select_related("given_by", "answered_by")
        .in_bulk(judged, field_name="key")
        if judged
        else {}
    )
    named |= {key for one in touches.values() for key in mentioned(one.text)}
    known = Known(
        names_of(named),
        touches,
        {task.key: task for task in tasks},
        {deal.key: deal for deal in deals},
        {lead.key: lead for lead in leads},
        returns,
        asked,
        verdicts,
        visits_of([one.key for one in touches.values() if one.kind == Touch.Kind.VISIT and not one.system]),
    )
    return [_line(entry, known) for entry in entries if not _is_gone(entry, touches)]


def _is_gone(entry: Entry[Event], touches: dict[str, Touch]) -> bool:
    key = getattr(entry.event, "touch", None)
    return key is not None and (key not in touches or touches[key].gone_at is not None)


def _line(entry: Entry[Event], known: Known) -> Line:
    touch = known.touches.get(getattr(entry.event, "touch", ""))
    side, icon = look(entry)
    return Line(
        position=entry.position,
        at=entry.occurred_at,
        kind=entry.event.declared.name,
        side=side,
        icon=icon,
        sentence=sentence(entry, known),
        words=to_names(touch.text, known.names) if touch else "",
        are_theirs=touch is not None and touch.direction == "in" and touch.kind in SAID,
        by=known.names.get(entry.actor, entry.actor),
        touch=touch,
    )


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """What people call the things behind keys, in one statement."""
    found = rows(
        """select key, name from team_member where key = any(%(keys)s)
            union all select it.key, coalesce(root.name, it.name) from buyers_person it
                        left join buyers_person root on root.id = it.root_id where it.key = any(%(keys)s)
            union all select it.key, coalesce(root.name, it.name) from buyers_company it
                        left join buyers_company root on root.id = it.root_id where it.key = any(%(keys)s)
            union all select key, name from touches_campaign where key = any(%(keys)s)
            union all select key, name from leads_queue where key = any(%(keys)s)
            union all select key, name from tags_tag where key = any(%(keys)s)""",
        {"keys": sorted(keys)},
    )
    names = {key: name or "Somebody" for key, name in found}
    others = {key: "Songsheet" for key in keys if key.startswith("system_")}
    imports = {key: "An import" for key in keys if key.startswith("import_")}
    return {**others, **imports, **names}
