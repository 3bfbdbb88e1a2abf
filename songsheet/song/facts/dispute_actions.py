"""Doubting a fact: either side may; its owner answers within working time; who doubted it settles."""

from datetime import datetime

from songsheet.agreements.kinds.publishing_rule import PUBLISHING_RULE, starter
from songsheet.agreements.queries import in_force
from songsheet.base.text import clean
from songsheet.clocks.actions import keep_clock, start_clocks, stop_clock
from songsheet.clocks.kinds import DISPUTE_ANSWER
from songsheet.clocks.making import Promise
from songsheet.clocks.models import CURRENT
from songsheet.journal.act import act
from songsheet.song.facts.acts import held, may_change, working
from songsheet.song.facts.errors import DisputeIsOver, FactRefused, NoSuchDispute, NotYourFact
from songsheet.song.facts.events import DisputeAnswered, DisputeSettled, FactDisputed
from songsheet.song.facts.models import Dispute
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

State = Dispute.State


def dispute_fact(name: str, *, words: str, by: Acting, at: datetime) -> Dispute:
    """Doubt a fact, and say why; whoever answers for it owes an answer."""
    by.must(Right.PROPOSE)
    said = _said(words, "words", "Say what you doubt, and where you saw otherwise.")
    if by.member is None:
        raise FactRefused("A member doubts a fact, not a process. Sign in to do it.")
    with act(by=by.actor, at=at) as record:
        fact = held(name)
        one = Dispute(fact=fact, words=said, raised_by=by.member, raised_at=at)
        rule = in_force(PUBLISHING_RULE, at) or starter()
        promise = Promise(DISPUTE_ANSWER, one.key, fact.owner_id, at, rule.answering.minutes)
        (one.clock,) = start_clocks([promise], by=working(by), at=at)
        one.save(force_insert=True)
        record(FactDisputed(fact=fact.key, name=name, dispute=one.key))
    return one


def answer_dispute(key: str, *, answer: str, by: Acting, at: datetime) -> Dispute:
    """Answer a doubt: whoever answers for the fact does, and whoever sets up the house."""
    by.must(Right.STATE)
    said = _said(answer, "answer", "Answer in a sentence: what is so, and how you know.")
    with act(by=by.actor, at=at) as record:
        one = _held(key)
        if one.state != State.OPEN:
            raise DisputeIsOver("This doubt was answered already. Look at the answer.")
        if not may_change(one.fact, by):
            raise NotYourFact(f"{one.fact.owner.name} answers for this fact. Ask them to answer.")
        if one.clock is not None and one.clock.state in CURRENT:
            keep_clock(one.clock.key, by=working(by), at=at)
        one.state, one.answer, one.answered_by, one.answered_at = State.ANSWERED, said, by.member, at
        one.save()
        record(DisputeAnswered(fact=one.fact.key, name=one.fact.name, dispute=one.key))
    return one


def settle_dispute(key: str, *, by: Acting, at: datetime) -> Dispute:
    """Doubt it no more: whoever doubted it does, before or after an answer, and whoever sets up the house."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        one = _held(key)
        if one.state == State.SETTLED:
            return one
        theirs = by.member is None or one.raised_by_id == by.member.id
        if not theirs and not by.may(Right.HOUSE):
            raise NotYourFact(f"{one.raised_by.name} doubted it and settles it. Ask them.")
        if one.clock is not None and one.clock.state in CURRENT:
            stop_clock(one.clock.key, by=working(by), at=at)
        one.state, one.settled_by, one.settled_at = State.SETTLED, by.member, at
        one.save()
        record(DisputeSettled(fact=one.fact.key, name=one.fact.name, dispute=one.key))
    return one


def _said(words: str, field: str, needs: str) -> str:
    said = clean(words, 1000, field=field)
    if not said:
        raise FactRefused(needs, field=field)
    return said


def _held(key: str) -> Dispute:
    rows = Dispute.objects.select_for_update(of=("self",), no_key=True)
    one = rows.select_related("fact__owner", "clock", "raised_by").filter(key=key).first()
    if one is None:
        raise NoSuchDispute("There is no such doubt. Look at the page of the fact.")
    return one
