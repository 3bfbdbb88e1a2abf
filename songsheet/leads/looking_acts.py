"""A nurtured lead is looked at again: its clock is the one of that day, and each look is a promise."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from songsheet.agreements.kinds.service_levels import SERVICE_LEVELS
from songsheet.agreements.queries import in_force
from songsheet.base import bulk
from songsheet.base.time import day_of
from songsheet.clocks.kinds import FIRST_ANSWER, NEXT_LOOK
from songsheet.clocks.making import Promise, made
from songsheet.clocks.models import CURRENT, Clock
from songsheet.leads.adopt_leads import WORKING_DAY
from songsheet.leads.errors import NurturingNeeds
from songsheet.leads.models import Lead
from songsheet.team.queries import house

#: A nurtured lead is looked at again until the end of that working day.
END_OF_DAY = time(17)


def must_be_soon(day: date, at: datetime) -> None:
    """A nurtured lead does not rest longer than was agreed."""
    levels = in_force(SERVICE_LEVELS, at)
    last = day_of(at, house().zone) + timedelta(days=levels.next_look.days) if levels else day
    if levels and day > last:
        raise NurturingNeeds(
            f"A nurtured lead is looked at again within {levels.next_look.days} days, as agreed. "
            f"Give a day until {last:%-d %B %Y}.",
            field="look_again_on",
        )


def look_promise(lead: Lead, at: datetime) -> Promise:
    """Until when a nurtured lead is looked at; where that day is over, within a working day."""
    assert lead.look_again_on is not None
    due = datetime.combine(lead.look_again_on, END_OF_DAY, ZoneInfo(house().zone))
    if due <= at:
        return Promise(NEXT_LOOK, lead.key, lead.owner_id, at, WORKING_DAY)
    return Promise(NEXT_LOOK, lead.key, lead.owner_id, at, due_at=due)


def follow_looks(leads: Sequence[Lead], *, at: datetime) -> None:
    """Give these held leads, changed and about to be written, the clock that fits their state and day.

    A look that was promised ends with it, kept or missed; who comes out of nurturing is owed an answer again.
    """
    live = {lead.clock_id: lead for lead in leads if lead.clock_id and lead.is_open}
    stood = Clock.objects.filter(id__in=list(live), state__in=CURRENT)
    ending, promises, whose = [], [], []
    for clock in stood.order_by("id") if live else ():
        lead = live[clock.id]
        nurtured = lead.state == Lead.State.NURTURING and lead.look_again_on is not None
        promise = look_promise(lead, at) if nurtured else None
        if promise is None and clock.kind != NEXT_LOOK:
            continue
        if promise and clock.kind == NEXT_LOOK and promise.due_at == clock.due_at:
            continue
        kept = Clock.State.KEPT if at <= clock.due_at or clock.paused_at else Clock.State.BROKEN
        ended = kept if clock.kind == NEXT_LOOK else Clock.State.STOPPED
        ending.append((clock.id, ended.value, max(at, clock.started_at), None, None))
        promises.append(promise or Promise(FIRST_ANSWER, lead.key, lead.owner_id, at, WORKING_DAY))
        whose.append(lead)
    columns = {"state": "text", **dict.fromkeys(("ended_at", "paused_at", "paused_until"), "timestamptz")}
    bulk.update("clocks_clock", columns, ending)
    for lead, clock in zip(whose, Clock.objects.bulk_create(made(promises)), strict=True):
        lead.clock = clock
