"""A lead is accepted, or returned with a reason; a return is taken back while nothing else happened."""

from datetime import date, datetime

from songsheet.agreements.kinds.return_reasons import Reason
from songsheet.base.ids import new_key
from songsheet.base.refusals import Busy, Stale
from songsheet.base.text import clean
from songsheet.base.time import day_of
from songsheet.clocks.actions import stop_clock
from songsheet.handoffs.attempts import UNREACHABLE, must_have_been_tried
from songsheet.handoffs.errors import (
    AnsweredAlready,
    NoSuchReason,
    NothingToReturn,
    NotYours,
    ReasonNeeds,
)
from songsheet.handoffs.events import LeadReturned, ReturnTakenBack
from songsheet.handoffs.models import Return
from songsheet.handoffs.owing import owe, reasons, who_owes
from songsheet.handoffs.queries import held_return
from songsheet.journal.act import act
from songsheet.leads.actions import change_lead, must_be_takeable, put_back, take_lead
from songsheet.leads.back_actions import send_back
from songsheet.leads.errors import NothingToUndo
from songsheet.leads.looking_acts import must_be_soon
from songsheet.leads.models import Lead
from songsheet.leads.moving import must_be_open
from songsheet.leads.queries import held
from songsheet.team.acting import Acting
from songsheet.team.queries import house
from songsheet.team.roles import Right


def accept(key: str, *, by: Acting, at: datetime, version: int | None = None) -> Lead:
    """Accept a lead that is offered to oneself, or free: from now on it is one's own and worked on.

    Of any number who try at once exactly one has it; the others are refused with who has it and since when.
    Undone by putting the lead back.
    """
    by.must(Right.WORK)
    _must_not_be_anothers(key, by)
    try:
        return take_lead(key, by=by, at=at, version=version)
    except Busy:  # so many waited for the one who takes it that the wait was over
        _must_not_be_anothers(key, by)
        raise


def return_lead(
    key: str,
    reason: str,
    *,
    by: Acting,
    at: datetime,
    words: str = "",
    look_again_on: date | None = None,
    version: int | None = None,
) -> Return:
    """Give a lead back with a reason: to whoever owes the answer, or to a queue where none is owed."""
    by.must(Right.WORK)
    assert by.member is not None
    agreed = _reason(reason, at)
    words = clean(words, 1000, field="words")
    day = _day(agreed, words, look_again_on, at)
    with act(by=by.actor, at=at) as record:
        lead = held(key)
        _must_be_theirs(lead, by, version)
        if agreed.code == UNREACHABLE:
            must_have_been_tried(lead, at)
        one = Return(key=new_key("return"), lead=lead, reason=agreed.code, words=words, at=at)
        one.returned_by, one.look_again_on = by.member, day
        owes = who_owes(at) if agreed.owed or day else None
        if agreed.owed and owes:
            owe(one, owes, by=by, at=at)
        else:
            one.state = Return.State.NOTED
        one.save()
        due = one.clock.due_at if one.clock and not day else None
        send_back(key, to=owes, by=by, at=at, due=due, look_again_on=day)
        record(
            LeadReturned(
                return_key=one.key,
                lead=lead.key,
                person=lead.person.key,
                reason=agreed.code,
                owes=one.owes.key if one.owes else None,
                campaign=lead.campaign.key if lead.campaign else None,
                due_at=one.clock.due_at.isoformat() if one.clock else "",
            )
        )
    return one


def take_back_return(key: str, *, by: Acting, at: datetime) -> Return:
    """Undo a return that nobody answered yet: the lead is whose it was, as it was."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        one = held_return(key)
        if one.returned_by != by.member:
            by.must(Right.OFFER)
        if one.state not in (Return.State.OWED, Return.State.NOTED):
            raise AnsweredAlready("This return was answered or disputed meanwhile. Talk to who answered.")
        lead = held(one.lead.key)
        if lead.owned_since not in (None, one.at) or lead.state not in (Lead.State.NEW, Lead.State.NURTURING):
            raise NothingToUndo("Somebody went on with this lead since. Open it to see who has it.")
        lead = put_back(lead.key, by=by, at=at)
        if one.look_again_on and lead.state != Lead.State.NURTURING:
            change_lead(lead.key, by=by, at=at, look_again_on=None)
        if one.clock:
            stop_clock(one.clock.key, by=by, at=at)
        one.clock = one.owes = None
        one.gone_at, one.version = at, one.version + 1
        one.save()
        record(ReturnTakenBack(return_key=one.key, lead=lead.key, person=one.lead.person.key))
    return one


def _must_not_be_anothers(key: str, by: Acting) -> None:
    """Said without waiting for whoever takes it just now."""
    lead = Lead.objects.filter(key=key, gone_at=None).select_related("owner").first()
    if lead is not None and lead.is_open:
        must_be_takeable(lead, by)


def _must_be_theirs(lead: Lead, by: Acting, version: int | None) -> None:
    must_be_open(lead)
    if lead.owner is None:
        raise NothingToReturn("Nobody has this lead: it waits in a queue. Take it, or leave it there.")
    if lead.owner != by.member and not by.may(Right.OFFER):
        raise NotYours(f"{lead.owner.name} has this lead. Ask them to return it.")
    if version is not None and version != lead.version:
        raise Stale("Somebody changed this lead since you opened it. Look at it again.", version=lead.version)


def _reason(code: str, at: datetime) -> Reason:
    known = {one.code: one for one in reasons(at)}
    if code not in known:
        raise NoSuchReason(
            f"“{code[:40]}” is no reason that was agreed. Choose one of {', '.join(known)}.", field="reason"
        )
    return known[code]


def _day(reason: Reason, words: str, day: date | None, at: datetime) -> date | None:
    """The day to look again, where the reason asks for one."""
    if reason.needs == "text" and not words:
        raise ReasonNeeds(f"“{reason.label}” asks for a sentence. Say why.", field="words")
    if reason.needs != "day":
        return None
    if day is None:
        raise ReasonNeeds(f"“{reason.label}” asks for a day to look again. Give one.", field="look_again_on")
    if day <= day_of(at, house().zone):
        raise ReasonNeeds("The day to look again lies ahead. Give a later one.", field="look_again_on")
    must_be_soon(day, at)
    return day
