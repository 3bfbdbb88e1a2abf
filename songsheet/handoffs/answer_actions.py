"""A return is answered: agreed, disputed before the heads of both sides, or corrected and offered again."""

from dataclasses import replace
from datetime import datetime

from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.clocks.actions import keep_clock, miss_clock, stop_clock
from songsheet.handoffs.actions import take_back_return
from songsheet.handoffs.errors import (
    AnsweredAlready,
    AnswerNeeds,
    CannotOfferAgain,
    NotAnswered,
    NotYours,
)
from songsheet.handoffs.events import AnswerTakenBack, ReturnAnswered, ReturnDisputed
from songsheet.handoffs.models import ANSWERED_STATES, Return
from songsheet.handoffs.owing import heads, owe
from songsheet.handoffs.queries import held_return
from songsheet.journal.act import Because, Record, act
from songsheet.journal.queries import story_of
from songsheet.leads.actions import give_lead, move_lead, put_back
from songsheet.leads.errors import NothingToUndo
from songsheet.leads.models import Lead
from songsheet.leads.queries import held
from songsheet.team.acting import Acting
from songsheet.team.models import ApiKey, Member
from songsheet.team.roles import Right, Role

#: How a return can be answered → what its words say.
HOW = {
    "agreed": "what is changed, so that it does not happen again",
    "disputed": "why it should not have come back",
    "corrected": "what is put right",
}

#: States in which somebody else has begun with the lead.
_WITH_SOMEBODY = (Lead.State.OFFERED, Lead.State.WORKING)


def answer_return(
    key: str, how: str, words: str, *, by: Acting, at: datetime, changes: str = "", version: int | None = None
) -> Return:
    """Answer a return. `agreed` with what `changes`; `disputed`, for the heads of both sides to decide;
    `corrected`, and the lead is offered again to who returned it."""
    by.must(Right.WORK)
    words, changes = clean(words, 1000, field="words"), clean(changes, 1000, field="changes")
    if how not in HOW:
        raise AnswerNeeds(f"“{how[:40]}” is no answer. Choose one of {', '.join(HOW)}.", field="how")
    if not (words or changes):
        raise AnswerNeeds(f"Say {HOW[how]}, in a sentence.", field="words")
    with act(by=by.actor, at=at) as record:
        one = held_return(key)
        _must_owe(one, by)
        if version is not None and version != one.version:
            raise Stale(
                "Somebody changed this return since you opened it. Look at it again.", version=one.version
            )
        if one.clock:
            keep_clock(one.clock.key, by=by, at=at)
        one.clock = one.owes = None
        if how == "disputed":
            _dispute(one, words or changes, record, by=by, at=at)
        else:
            _close(one, how, words, changes, record, by=by, at=at)
    return one


def pass_to_owner(key: str, clock: str, *, by: Acting, at: datetime, because: Because) -> None:
    """The owner of the house decides what the heads did not decide by this clock."""
    owner = Member.objects.active().filter(role=Role.OWNER).order_by("id").first()
    waits = Return.objects.filter(key=key, gone_at=None, state=Return.State.DISPUTED, clock__key=clock)
    if owner is None or not waits.exclude(owes=owner).exists():
        return
    with act(by=by.actor, at=at, because=because) as record:
        one = held_return(key)
        if one.state != Return.State.DISPUTED or one.clock is None or one.clock.key != clock:
            return  # somebody decided meanwhile
        miss_clock(clock, by=by, at=at)
        due = owe(one, owner, by=by, at=at).due_at.isoformat()
        _save(one)
        told = {"asked": one.returned_by.key, "owes": owner.key, "heads": [owner.key], "due_at": due}
        record(ReturnDisputed.model_validate({**_about(one), **told}))


def take_back_answer(key: str, *, by: Acting, at: datetime) -> Return:
    """Undo one's own answer: it is owed again, and a lead that was offered again is put back."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        one = held_return(key)
        if one.state not in ANSWERED_STATES or one.answered_by is None:
            raise NotAnswered("This return is not answered, so there is nothing to take back.")
        if one.answered_by != by.member:
            raise NotYours(f"{one.answered_by.name} answered this return. Ask them to take it back.")
        if one.state == Return.State.CORRECTED:
            lead = held(one.lead.key)
            if (lead.state, lead.owned_since) != (Lead.State.OFFERED, one.answered_at):
                raise NothingToUndo(f"{one.returned_by.name} went on with the lead. Talk to them.")
            put_back(lead.key, by=by, at=at)
        owe(one, one.answered_by, by=by, at=at)
        one.state, one.answer, one.changes = Return.State.OWED, "", ""
        one.answered_by = one.answered_at = None
        _save(one)
        assert one.owes is not None
        record(AnswerTakenBack(**_about(one), owes=one.owes.key))
    return one


def take_back_dispute(key: str, *, by: Acting, at: datetime) -> Return:
    """Undo one's own dispute that nobody decided yet: one owes the answer again."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        one = held_return(key)
        told = story_of([key], kinds=[ReturnDisputed.declared.name], limit=1)
        if one.state != Return.State.DISPUTED or not told:
            raise NotAnswered("This return is not disputed, so there is nothing to take back.")
        if by.member is None or by.member.key != _behind(told[0].actor):
            raise NotYours("Somebody else disputed this return, or it was passed on since. Talk to them.")
        if one.clock:
            stop_clock(one.clock.key, by=by, at=at)
        owe(one, by.member, by=by, at=at)
        one.state, one.disputed = Return.State.OWED, ""
        _save(one)
        record(AnswerTakenBack(**_about(one), owes=by.member.key))
    return one


def _behind(actor: str) -> str:
    """The member who did it, by themselves or through a key."""
    keys = ApiKey.objects.filter(key=actor).values_list("member__key", flat=True)
    return next(iter(keys), actor) or ""


def undo(one: Return, *, by: Acting, at: datetime) -> Return:
    """Take back a return that nobody answered, or one's answer or dispute."""
    if one.answered_at:
        return take_back_answer(one.key, by=by, at=at)
    if one.state == Return.State.DISPUTED and one.returned_by != by.member:
        return take_back_dispute(one.key, by=by, at=at)
    return take_back_return(one.key, by=by, at=at)


def _dispute(one: Return, words: str, record: Record, *, by: Acting, at: datetime) -> None:
    if one.state == Return.State.DISPUTED:
        raise AnsweredAlready("This return is disputed already. Agree with it, or offer the lead again.")
    asked = [head for head in heads() if head != by.member] or heads()
    assert by.member is not None
    owes = next(iter([head for head in asked if head.side != by.member.side] or asked), by.member)
    clock = owe(one, owes, by=by, at=at)
    one.state, one.disputed = Return.State.DISPUTED, words
    _save(one)
    record(
        ReturnDisputed(
            **_about(one),
            asked=one.returned_by.key,
            owes=owes.key,
            heads=[head.key for head in asked],
            due_at=clock.due_at.isoformat(),
        )
    )


def _close(
    one: Return, how: str, words: str, changes: str, record: Record, *, by: Acting, at: datetime
) -> None:
    one.state, one.answer, one.changes = how, words, changes
    one.answered_by, one.answered_at = by.member, at
    _save(one)
    if how == Return.State.CORRECTED:
        _offer_again(one, by=by, at=at)
    campaign = one.lead.campaign.key if one.lead.campaign else None
    record(ReturnAnswered(**_about(one), how=how, asked=one.returned_by.key, campaign=campaign))


def _offer_again(one: Return, *, by: Acting, at: datetime) -> None:
    """Who answers gives the lead that came back to them, whatever else they may give."""
    lead, to = held(one.lead.key), one.returned_by
    if to.state != Member.State.ACTIVE:
        raise CannotOfferAgain(f"{to.name} works here no more. Agree, and give the lead to somebody else.")
    waits = lead.owner in (None, by.member) or lead.state not in _WITH_SOMEBODY
    if not (lead.is_open and waits):
        who = lead.owner.name if lead.is_open and lead.owner else lead.get_state_display()
        raise CannotOfferAgain(f"The lead went on meanwhile ({who}). Agree, and say so.")
    giving = replace(by, rights=by.rights | {Right.OFFER})
    if lead.state != Lead.State.NEW:
        move_lead(lead.key, Lead.State.NEW, by=giving, at=at)
    give_lead(lead.key, to, by=giving, at=at)


def _must_owe(one: Return, by: Acting) -> None:
    """Whoever owes it answers; in their place the heads of the sides, and who leads the house."""
    if not one.is_open:
        raise AnsweredAlready("This return is answered already. Look at it again.")
    assert one.owes is not None
    leads = by.member is not None and (by.member in heads() or by.may(Right.TEAM))
    if by.member is None or (one.owes != by.member and not leads):
        raise NotYours(f"{one.owes.name} owes this answer. Ask them to give it.")


def _about(one: Return) -> dict[str, str]:
    return {"return_key": one.key, "lead": one.lead.key, "person": one.lead.person.key}


def _save(one: Return) -> None:
    one.version += 1
    one.save()
