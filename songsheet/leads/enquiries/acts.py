"""What the acts on enquiries share: an owner with a clock, and how one stood before, to be undone."""

from datetime import datetime
from typing import Any

from songsheet.agreements.kinds.enquiry_sorting import SORTS
from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.clocks.actions import start_clocks, stop_clock
from songsheet.clocks.kinds import ENQUIRY_ANSWER
from songsheet.clocks.making import Promise
from songsheet.leads.enquiries.errors import EnquiryNeeds, NoSuchKind, NotOpen
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.enquiries.owning import working
from songsheet.leads.enquiries.sorting import Agreed
from songsheet.team.acting import Acting
from songsheet.team.models import Member

State = Enquiry.State


def owe(
    one: Enquiry, owner: Member, agreed: Agreed, *, by: Acting, at: datetime, due: datetime | None = None
) -> None:
    """Somebody owes the answer from now on, by their working hours, or until an instant."""
    minutes = None if due else agreed.terms.goes_of(one.kind).minutes
    until = max(at, due) if due else None
    promise = Promise(ENQUIRY_ANSWER, one.key, owner.pk, at, minutes, until)
    (one.clock,) = start_clocks([promise], by=working(by), at=at)
    one.owner, one.state = owner, State.OPEN


def owe_no_more(one: Enquiry, *, by: Acting, at: datetime) -> None:
    """Its clock stops: another one starts, or nothing is owed here."""
    if one.clock:
        stop_clock(one.clock.key, by=working(by), at=at)
    one.clock = None


def keep_before(one: Enquiry, by: Acting) -> None:
    """Note how it stands, for whoever takes back what is done now; before anything is changed."""
    one.before = {
        "version": one.version + 1,
        "by": by.actor.key,
        "state": one.state,
        "kind": one.kind,
        "owner": one.owner.pk if one.owner else None,
        "due_at": one.clock.due_at.isoformat() if one.clock else "",
        "moved_from": one.moved_from,
    }


def write(one: Enquiry) -> None:
    """Write a row that an act changed."""
    one.version += 1
    one.save()


def about(one: Enquiry) -> dict[str, Any]:
    """What every entry about it says."""
    return {"enquiry": one.key, "person": one.person.key, "kind": one.kind}


def owned(one: Enquiry) -> dict[str, Any]:
    """Who owes the answer until when, as entries say it."""
    owner = one.owner.key if one.owner else None
    return {"owner": owner, "due_at": one.clock.due_at.isoformat() if one.clock else ""}


def must_be_open(one: Enquiry) -> None:
    """What was answered, closed or became a lead is owed no answer."""
    if not one.is_open:
        how = one.get_state_display().lower()
        raise NotOpen(f"This enquiry is not open any more ({how}). Look at it again.")


def must_be_new(one: Enquiry, version: int | None) -> None:
    """Refused when somebody changed it since it was opened."""
    if version is not None and version != one.version:
        raise Stale(
            "Somebody changed this enquiry since you opened it. Look at it again.", version=one.version
        )


def must_be_known(kind: str) -> None:
    """Refused for a kind that does not exist."""
    if kind not in SORTS:
        raise NoSuchKind(
            f"“{kind[:40]}” is no kind of enquiry. Choose one of {', '.join(SORTS)}.", field="kind"
        )


def said(text: str, most: int, field: str, needs: str) -> str:
    """What was typed, in its bounds; refused where it is nothing."""
    words = clean(text, most, field=field)
    if not words:
        raise EnquiryNeeds(needs, field=field)
    return words
