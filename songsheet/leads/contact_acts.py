"""A buyer was contacted: the promise to do so is kept, in time or late, and the next one follows."""

from datetime import datetime, timedelta

from songsheet.clocks.actions import about
from songsheet.clocks.events import ClockMoved
from songsheet.clocks.kinds import NEXT_CONTACT, NEXT_LOOK
from songsheet.clocks.making import Promise, made
from songsheet.clocks.models import Clock
from songsheet.journal.act import Because, act
from songsheet.leads.events import LeadAnswered
from songsheet.leads.queries import held_leads
from songsheet.team.acting import Acting


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
