"""A verdict is given, changed, taken back; marketing answers it with what changes from now on."""

from datetime import datetime
from typing import Any

from songsheet.agreements.queries import wears_both_hats
from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.clocks.actions import keep_clock, start_clocks, stop_clock
from songsheet.clocks.making import Promise
from songsheet.clocks.models import Clock
from songsheet.handoffs.errors import AnswerNeeds, NotAnswered, NotYours
from songsheet.handoffs.owing import heads, minutes_to_answer, who_owes
from songsheet.handoffs.verdicts.errors import NotAVerdict, NothingAsked
from songsheet.handoffs.verdicts.events import (
    VerdictAnswered,
    VerdictAnswerTakenBack,
    VerdictGiven,
    VerdictTakenBack,
)
from songsheet.handoffs.verdicts.models import ASKS, OF_CAMPAIGNS, OF_LEADS, Verdict
from songsheet.handoffs.verdicts.queries import held_verdict, may_judge
from songsheet.journal.act import act
from songsheet.leads.models import Lead
from songsheet.leads.queries import held as held_lead
from songsheet.leads.verdict_acts import keep_verdict, verdict_owed_again
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right, Side
from songsheet.touches.errors import NoSuchCampaign
from songsheet.touches.models import Campaign
from songsheet.touches.queries import held_rows

#: The kind of promise.
KIND = "verdict_answer"
State = Verdict.State


def give_verdict(
    about: str, says: str, *, by: Acting, at: datetime, words: str = "", version: int | None = None
) -> Verdict:
    """Say what a lead or a campaign is worth; what asks for an answer is owed one. Given again it is changed.

    The promise of a verdict on the lead is kept by it.
    """
    by.must(Right.WORK)
    words = clean(words, 1000, field="words")
    with act(by=by.actor, at=at) as record:
        thing = _judged(about, says, by)
        assert by.member is not None
        one, before = _stood(thing, by.member, version), ""
        if one is None:
            one = Verdict(given_by=by.member, **_on(thing))
        else:
            before = one.says
            one.version += 1
        _ask(one, says, by=by, at=at)
        one.says, one.words, one.at = says, words, at
        one.save()
        due = one.clock.due_at.isoformat() if one.clock else ""
        kept = keep_verdict(thing, at=at) if isinstance(thing, Lead) else None
        record(
            VerdictGiven(
                **_about(one),
                verdict=says,
                before=before,
                owes=one.owes.key if one.owes else None,
                due_at=due,
                clock=kept.key if kept else None,
                in_time=kept.state == Clock.State.KEPT if kept else None,
            )
        )
    return one


def take_back_verdict(key: str, *, by: Acting, at: datetime) -> Verdict:
    """Undo one's verdict that is not answered; where one was owed, it is owed again."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        one = held_verdict(key)
        if one.given_by != by.member:
            raise NotYours(f"{one.given_by.name} gave this verdict. Ask them to take it back.")
        if one.answered_at:
            raise NothingAsked("This verdict was answered. If you see it differently now, give another.")
        if one.clock:
            stop_clock(one.clock.key, by=by, at=at)
        if one.lead:
            verdict_owed_again(held_lead(one.lead.key), given_at=one.at)
        one.owes = one.clock = None
        one.gone_at, one.version = at, one.version + 1
        one.save()
        record(VerdictTakenBack(**_about(one)))
    return one


def answer_verdict(key: str, words: str, *, by: Acting, at: datetime, version: int | None = None) -> Verdict:
    """Say what changes after a verdict; who gave it is told."""
    by.must(Right.WORK)
    words = clean(words, 1000, field="words")
    if not words:
        raise AnswerNeeds("Say what changes from now on, in a sentence.", field="words")
    with act(by=by.actor, at=at) as record:
        one = held_verdict(key)
        _must_owe(one, by)
        _must_be_as_read(one, version)
        if one.clock:
            keep_clock(one.clock.key, by=by, at=at)
        one.owes = one.clock = None
        one.state, one.answer, one.answered_by, one.answered_at = State.ANSWERED, words, by.member, at
        one.version += 1
        one.save()
        record(VerdictAnswered(**_about(one), asked=one.given_by.key))
    return one


def take_back_verdict_answer(key: str, *, by: Acting, at: datetime) -> Verdict:
    """Undo one's own answer: it is owed again."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        one = held_verdict(key)
        if one.answered_by is None:
            raise NotAnswered("This verdict is not answered, so there is nothing to take back.")
        if one.answered_by != by.member:
            raise NotYours(f"{one.answered_by.name} answered this verdict. Ask them to take it back.")
        if _stood(one.lead or one.campaign, one.given_by, None):
            raise NothingAsked(f"{one.given_by.name} gave another verdict since. Answer that one.")
        _owe(one, one.answered_by, by=by, at=at)
        one.answer, one.answered_by, one.answered_at = "", None, None
        one.version += 1
        one.save()
        assert one.owes is not None
        record(VerdictAnswerTakenBack(**_about(one), owes=one.owes.key))
    return one


def undo(key: str, *, by: Acting, at: datetime) -> Verdict:
    """Take back one's verdict that nobody answered, or one's own answer."""
    one = Verdict.objects.filter(key=key, gone_at=None).first()
    return (take_back_verdict_answer if one and one.answered_at else take_back_verdict)(key, by=by, at=at)


def _judged(about: str, says: str, by: Acting) -> Lead | Campaign:
    """What the verdict is on, held; refused to who does not judge it."""
    if by.member is None or (by.member.side == Side.MARKETING and not wears_both_hats(by)):
        raise NotYours("Sales gives the verdict; marketing answers it.")
    thing = held_lead(about) if about.startswith("lead_") else _held_campaign(about)
    words = OF_LEADS if isinstance(thing, Lead) else OF_CAMPAIGNS
    if says not in words:
        raise NotAVerdict(f"“{says[:40]}” is no verdict. Choose one of {', '.join(words)}.", field="says")
    if isinstance(thing, Lead) and not (may_judge(by, thing) or wears_both_hats(by)):
        who = thing.owner.name if thing.owner else None
        raise NotYours(
            f"{who} has this lead, and judges it once they accepted it." if who
            else "Nobody has accepted this lead yet. Who accepts it judges it."
        )  # fmt: skip
    return thing


def _held_campaign(key: str) -> Campaign:
    held = held_rows(Campaign, [key])
    if key not in held:
        raise NoSuchCampaign(key)
    return held[key]


def _stood(thing: Lead | Campaign | None, giver: Member, version: int | None) -> Verdict | None:
    """Their verdict on it that is not answered, held."""
    assert thing is not None
    found = Verdict.objects.filter(**_on(thing), given_by=giver, gone_at=None, answered_at=None)
    one = found.select_for_update(no_key=True).first()
    if one is None:
        return None
    _must_be_as_read(one, version)
    return held_verdict(one.key)


def _ask(one: Verdict, says: str, *, by: Acting, at: datetime) -> None:
    """Marketing owes an answer to a verdict that asks for one; a debt that stands goes on."""
    if says in ASKS and one.clock is None:
        _owe(one, who_owes(at), by=by, at=at)
    elif says not in ASKS:
        if one.clock:
            stop_clock(one.clock.key, by=by, at=at)
        one.state, one.owes, one.clock = State.GIVEN, None, None


def _owe(one: Verdict, owes: Member, *, by: Acting, at: datetime) -> None:
    (clock,) = start_clocks([Promise(KIND, one.key, owes.id, at, minutes_to_answer(at))], by=by, at=at)
    one.state, one.owes, one.clock = State.OWED, owes, clock


def _must_owe(one: Verdict, by: Acting) -> None:
    """Whoever owes it answers; in their place the heads of the sides, and who leads the house."""
    if one.owes is None:
        raise NothingAsked("This verdict waits for no answer. Look at it again.")
    leads = by.member is not None and (by.member in heads() or by.may(Right.TEAM))
    if by.member is None or (one.owes != by.member and not leads):
        raise NotYours(f"{one.owes.name} owes this answer. Ask them to give it.")


def _must_be_as_read(one: Verdict, version: int | None) -> None:
    if version is not None and version != one.version:
        raise Stale("Somebody changed this verdict meanwhile. Look at it again.", version=one.version)


def _on(thing: Lead | Campaign) -> dict[str, Any]:
    return {"lead": thing} if isinstance(thing, Lead) else {"campaign": thing}


def _about(one: Verdict) -> dict[str, Any]:
    return {
        "verdict_key": one.key,
        "lead": one.lead.key if one.lead else None,
        "person": one.lead.person.key if one.lead else None,
        "campaign": one.campaign.key if one.campaign else None,
    }
