"""Until when a first answer is promised, and what keeps that promise."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db.models import Count

from songsheet.agreements.kinds.service_levels import SERVICE_LEVELS
from songsheet.agreements.kinds.tiers_and_routing import TIERS
from songsheet.agreements.queries import in_force
from songsheet.agreements.thresholds import thresholds
from songsheet.clocks.actions import about
from songsheet.clocks.events import ClockMoved
from songsheet.clocks.kinds import FIRST_ANSWER, NEXT_CONTACT, NEXT_LOOK
from songsheet.clocks.making import Promise, made
from songsheet.clocks.models import Clock
from songsheet.journal.act import Because, act
from songsheet.leads.adopt_leads import WORKING_DAY
from songsheet.leads.events import LeadAnswered
from songsheet.leads.models import Lead
from songsheet.leads.queries import held_leads
from songsheet.team.acting import Acting
from songsheet.team.queries import house


def first_answers(at: datetime) -> dict[str, int]:
    """So many working minutes until the first answer, by tier; a working day until that is signed."""
    levels = in_force(SERVICE_LEVELS, at)
    return {tier: levels.first_answer_to(tier) if levels else WORKING_DAY for tier in TIERS}


def by_tier(at: datetime) -> Callable[[Lead], int]:
    """Within how many working minutes a lead is answered: as its tier asks, a working day without one."""
    known = first_answers(at)
    return lambda lead: known.get(lead.tier, WORKING_DAY)


def spread(leads: Sequence[Lead], at: datetime) -> Callable[[Lead], int]:
    """Within how many minutes each of these is answered: as its tier asks; without one so many a day and
    member, behind what they owe already."""
    known = first_answers(at) if any(lead.tier for lead in leads) else {}
    a_day = max(1, thresholds(house(), at)["taken_up_a_day"])
    owed = Clock.objects.filter(
        state=Clock.State.RUNNING, kind=FIRST_ANSWER, member__in={lead.owner_id for lead in leads}
    )
    turn: dict[int, int] = dict(owed.order_by().values_list("member").annotate(Count("id")))

    def minutes(lead: Lead) -> int:
        assert lead.owner_id is not None
        if not lead.at_rest and (promised := known.get(lead.tier)):
            return promised
        behind = turn.get(lead.owner_id, 0)
        turn[lead.owner_id] = behind + 1
        return WORKING_DAY * (1 + behind // a_day)

    return minutes


def answer(
    key: str,
    *,
    member: str,
    answered_at: datetime,
    again: timedelta,
    by: Acting,
    at: datetime,
    because: Because,
) -> None:
    """A buyer was contacted: the first answer is given, in time or late, and the next contact is due.

    A contact from before the promise keeps nothing; a later one keeps the next one, or was late, and makes
    another.
    """
    with act(by=by.actor, at=at, because=because) as record:
        lead = held_leads([key]).get(key)
        clock = lead.clock if lead else None
        if lead is None or clock is None or answered_at < clock.started_at:
            return
        if clock.kind == NEXT_LOOK:
            return  # it is nurtured: a mail to it is no look at it
        in_time = answered_at <= clock.due_at or clock.state == Clock.State.PAUSED
        clock.state = Clock.State.KEPT if in_time else Clock.State.BROKEN
        clock.ended_at, clock.paused_at, clock.paused_until = answered_at, None, None
        clock.save(update_fields=["state", "ended_at", "paused_at", "paused_until"])
        next_one = Promise(NEXT_CONTACT, key, clock.member_id, answered_at, due_at=answered_at + again)
        (lead.clock,) = Clock.objects.bulk_create(made([next_one]))
        if clock.kind == NEXT_CONTACT:
            lead.save(update_fields=["clock"])
            due = {"due_at": lead.clock.due_at.isoformat(), "before": clock.due_at.isoformat()}
            record(ClockMoved(**{**about(clock), "clock": lead.clock.key}, **due))
            return
        lead.version += 1
        lead.save(update_fields=["clock", "version"])
        record(
            LeadAnswered(lead=key, person=lead.person.key, member=member, in_time=in_time),
            occurred_at=answered_at,
        )
