"""What happens live to a buyer has their leads judged again; terms that come into force, all leads."""

from datetime import datetime
from typing import Any

from songsheet.agreements.events import VersionInForce, VersionStopped
from songsheet.agreements.kinds.qualified_lead import QUALIFIED_LEAD
from songsheet.agreements.kinds.tiers_and_routing import TIERS_AND_ROUTING
from songsheet.buyers.events import (
    CompanyChanged,
    CompanyMerged,
    CompanyUnmerged,
    ConsentChanged,
    ContactAllowed,
    ContactForbidden,
    PersonChanged,
    PersonJoinedCompany,
    PersonMerged,
    PersonUnmerged,
)
from songsheet.journal.act import DEEPEST
from songsheet.journal.entries import Entry
from songsheet.journal.events import Event
from songsheet.journal.reader import Reader
from songsheet.leads.events import LeadCame, LeadChanged, LeadPutBack, LeadTakenUp
from songsheet.leads.qualifying.actions import MOST_IN_AN_ACT, judge_each
from songsheet.leads.qualifying.jobs import judge_later, judge_waiting_later
from songsheet.leads.qualifying.queries import concerned
from songsheet.team.acting import as_system
from songsheet.team.queries import now
from songsheet.touches.events import TouchBroughtBack, TouchChanged, TouchGone, TouchMade

_OF_LEADS = (LeadCame, LeadChanged, LeadPutBack, LeadTakenUp)
_OF_COMPANIES = (CompanyChanged, CompanyMerged, CompanyUnmerged)
_OF_PEOPLE = (
    PersonChanged, PersonJoinedCompany, PersonMerged, PersonUnmerged, ConsentChanged, ContactAllowed,
    ContactForbidden, TouchMade, TouchChanged, TouchGone, TouchBroughtBack,
)  # fmt: skip
_TERMS = (VersionInForce, VersionStopped)


def facts_changed(entries: list[Entry[Any]]) -> None:
    """Judge the leads whose facts rest on what happened; of very many the newest now, the others by a job."""
    at = now()
    because: dict[str, Entry[Event]] = {}
    for entry in entries:
        if isinstance(entry.event, _TERMS):
            _terms_changed(entry.event, at)
        for key in _keys(entry.event):
            because.setdefault(key, entry)
    found = sorted(concerned(list(because)), reverse=True)
    causes = {id_: because[key] if because[key].depth < DEEPEST else None for id_, key in found}
    ids = list(causes)
    judge_each({id_: causes[id_] for id_ in ids[:MOST_IN_AN_ACT]}, by=as_system("qualifying"), at=at)
    for start in range(MOST_IN_AN_ACT, len(ids), MOST_IN_AN_ACT):
        judge_later(ids[start : start + MOST_IN_AN_ACT])


def _keys(event: Event) -> list[str]:
    """The keys of what leads rest on: facts of a touch are its person's, not its company's."""
    if isinstance(event, _OF_LEADS):
        return [event.lead]
    wanted = "company_" if isinstance(event, _OF_COMPANIES) else "person_"
    return [key for key in event.subjects() if key.startswith(wanted)]


def _terms_changed(event: VersionInForce | VersionStopped, at: datetime) -> None:
    if event.kind in (QUALIFIED_LEAD.name, TIERS_AND_ROUTING.name):
        since = datetime.fromisoformat(event.since) if isinstance(event, VersionInForce) else at
        judge_waiting_later(max(0, round((since - at).total_seconds())))


READER = Reader(
    "leads.qualifying",
    batch=facts_changed,
    hears=(*_OF_LEADS, *_OF_COMPANIES, *_OF_PEOPLE, *_TERMS),
    since="now",
)
