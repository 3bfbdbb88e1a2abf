"""What routing hears: a lead was judged, a first answer fell due, somebody goes on leave or has left."""

from collections.abc import Iterable
from typing import Any

from songsheet.clocks.events import ClockBreached
from songsheet.clocks.kinds import FIRST_ANSWER
from songsheet.journal.entries import Entry
from songsheet.journal.reader import Reader
from songsheet.leads.qualifying.events import LeadQualified, LeadTiered
from songsheet.leads.routing.actions import route
from songsheet.leads.routing.models import Cause
from songsheet.leads.routing.queries import judged_anew, not_accepted_in_time, offered_to
from songsheet.leads.routing.reading import agreed
from songsheet.team.acting import as_system
from songsheet.team.events import MemberChanged
from songsheet.team.hours.events import LeaveEntered
from songsheet.team.models import Member
from songsheet.team.queries import now

BY = as_system("routing")


def routed(entries: list[Entry[Any]]) -> None:
    """Route what has to go somewhere else because of these entries, each lead once, by its last cause."""
    at = now()
    if agreed(at) is None:
        return
    judged = {e.event.lead: e for e in entries if isinstance(e.event, LeadTiered | LeadQualified)}
    if judged:
        _route(judged_anew(list(judged)), judged, Cause.JUDGED)
    late = {e.event.about: e for e in entries if _is_late(e.event)}
    if late:
        over = {key: entry.event.clock for key, entry in late.items()}
        _route(not_accepted_in_time(over), late, Cause.BREACH)
    away = {e.event.member: e for e in entries if isinstance(e.event, LeaveEntered) and not e.event.deputy}
    _of_members(away, Cause.LEAVE)
    _of_members({e.event.member: e for e in entries if _has_left(e.event)}, Cause.LEFT)


def _route(keys: Iterable[str], because: dict[str, Entry[Any]], cause: str) -> None:
    wanted = list(keys)
    if wanted:
        route(wanted, by=BY, at=now(), because=because, cause=cause)


def _of_members(because: dict[str, Entry[Any]], cause: str) -> None:
    """What is offered to them and not accepted; on leave only once it has begun."""
    if not because:
        return
    found = offered_to(list(because), cause, at=now())
    _route(found, {lead: because[member] for lead, member in found.items()}, cause)


def _is_late(event: Any) -> bool:
    return isinstance(event, ClockBreached) and event.kind == FIRST_ANSWER and event.about.startswith("lead_")


def _has_left(event: Any) -> bool:
    return isinstance(event, MemberChanged) and event.state == Member.State.LEFT


READER = Reader(
    "leads.routing",
    batch=routed,
    hears=(LeadTiered, LeadQualified, ClockBreached, LeaveEntered, MemberChanged),
    since="now",
)
