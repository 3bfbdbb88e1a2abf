"""An enquiry is answered, or closed without an answer; what was done last is taken back."""

from datetime import datetime

from songsheet.agreements.kinds.enquiry_sorting import BUYING
from songsheet.clocks.actions import keep_clock
from songsheet.journal.act import Record, act
from songsheet.leads.enquiries.acts import (
    State,
    about,
    keep_before,
    must_be_new,
    must_be_open,
    owe,
    owe_no_more,
    owned,
    said,
    write,
)
from songsheet.leads.enquiries.errors import NothingToUndo
from songsheet.leads.enquiries.events import (
    EnquiryAnswered,
    EnquiryClosed,
    EnquiryGone,
    EnquiryTakenBack,
)
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.enquiries.owning import must_handle, working
from songsheet.leads.enquiries.queries import held_enquiry
from songsheet.leads.enquiries.sorting import agreed
from songsheet.leads.models import Lead
from songsheet.leads.queries import held
from songsheet.leads.withdraw import withdraw_leads
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right


def answer_enquiry(key: str, answer: str, *, by: Acting, at: datetime, version: int | None = None) -> Enquiry:
    """Say what was answered: whoever knows the buyer reads it in their story."""
    by.must(Right.ANSWER)
    answer = said(answer, 4000, "answer", "Say what you answered.")
    with act(by=by.actor, at=at) as record:
        one = _theirs(key, by, at, version)
        in_time = _done(one, State.ANSWERED, by=by, at=at)
        one.answer = answer
        write(one)
        record(EnquiryAnswered(**about(one), in_time=in_time))
    return one


def close_enquiry(key: str, why: str, *, by: Acting, at: datetime, version: int | None = None) -> Enquiry:
    """Nobody answers it, and why: nothing more is owed."""
    by.must(Right.ANSWER)
    why = said(why, 500, "why", "Say why nobody answers it, in a few words.")
    with act(by=by.actor, at=at) as record:
        one = _theirs(key, by, at, version)
        _done(one, State.CLOSED, by=by, at=at)
        one.why = why
        write(one)
        record(EnquiryClosed(**about(one)))
    return one


def take_back(key: str, *, by: Acting, at: datetime) -> Enquiry:
    """Undo what was done with it last, while nothing else happened: an answer, an end, a move, a gift; or the
    noting itself, and it is gone with its lead. Who owed it owes it again, until when it was promised."""
    by.must(Right.ANSWER)
    with act(by=by.actor, at=at) as record:
        one = held_enquiry(key)
        _must_be_last(one, by)
        if one.before.get("came"):
            _take_out(one, record, by=by, at=at)
            return one
        _forget_lead(one, by=by, at=at)
        owe_no_more(one, by=by, at=at)
        stood, one.before = one.before, {}
        one.kind, one.moved_from = stood["kind"], stood["moved_from"]
        one.answer = one.why = ""
        one.answered_by = one.answered_at = None
        owner = Member.objects.get(id=stood["owner"])
        owe(one, owner, agreed(at), by=by, at=at, due=datetime.fromisoformat(stood["due_at"]))
        write(one)
        record(EnquiryTakenBack(**about(one), **owned(one)))
    return one


def _theirs(key: str, by: Acting, at: datetime, version: int | None) -> Enquiry:
    one = held_enquiry(key)
    must_handle(by, one, at)
    must_be_open(one)
    must_be_new(one, version)
    return one


def _done(one: Enquiry, state: str, *, by: Acting, at: datetime) -> bool:
    """Nothing is owed any more; whether that was in time."""
    keep_before(one, by)
    assert one.clock is not None
    kept = keep_clock(one.clock.key, by=working(by), at=at)
    one.clock, one.state = None, state
    one.answered_by, one.answered_at = by.member or one.owner, at
    return kept.state == kept.State.KEPT


def _must_be_last(one: Enquiry, by: Acting) -> None:
    if one.before.get("version") != one.version:
        raise NothingToUndo("Something else happened with this enquiry since. Open it to see what.")
    if one.before["by"] != by.actor.key and not by.may(Right.OFFER):
        raise NothingToUndo("Somebody else did that. Ask them to take it back.")


def _take_out(one: Enquiry, record: Record, *, by: Acting, at: datetime) -> None:
    _forget_lead(one, by=by, at=at)
    owe_no_more(one, by=by, at=at)
    one.gone_at = at
    write(one)
    record(EnquiryGone(**about(one)))


def _forget_lead(one: Enquiry, *, by: Acting, at: datetime) -> None:
    """The lead that came of it is gone with it, as long as nobody did anything with it."""
    if one.kind != BUYING:
        return
    assert one.lead is not None
    lead = held(one.lead.key)
    if lead.owner_id is not None or lead.state != Lead.State.NEW:
        raise NothingToUndo("Somebody went on with its lead since. Open it to see who has it.")
    withdraw_leads([lead.key], by=working(by), at=at, why="undone", lane="live")
    one.lead = None if one.before.get("state") else one.lead
