"""What is owed about a lead beside its own clock: the verdict of who accepted it."""

from datetime import datetime

from songsheet.agreements.kinds.service_levels import SERVICE_LEVELS
from songsheet.agreements.queries import in_force
from songsheet.clocks.kinds import VERDICT
from songsheet.clocks.making import Promise, made
from songsheet.clocks.models import CURRENT, Clock
from songsheet.leads.adopt_leads import WORKING_DAY
from songsheet.leads.models import Lead

#: Until service levels are signed: so many working days after a lead was accepted.
VERDICT_DAYS = 5


def owe_verdict(lead: Lead, *, at: datetime) -> Clock:
    """Who accepts a lead owes their verdict on it; told by the entry that they took it."""
    levels = in_force(SERVICE_LEVELS, at)
    days = levels.verdict.days if levels else VERDICT_DAYS
    (clock,) = Clock.objects.bulk_create(
        made([Promise(VERDICT, lead.key, lead.owner_id, at, days * WORKING_DAY)])
    )
    return clock


def keep_verdict(lead: Lead, *, at: datetime) -> Clock | None:
    """The verdict on a lead was given: its clock, kept or missed; None where none was owed."""
    clock = Clock.objects.filter(about=lead.key, kind=VERDICT, state__in=CURRENT).first()
    if clock is None:
        return None
    in_time = at <= clock.due_at or clock.state == Clock.State.PAUSED
    clock.state = Clock.State.KEPT if in_time else Clock.State.BROKEN
    clock.ended_at, clock.paused_at, clock.paused_until = at, None, None
    clock.save(update_fields=["state", "ended_at", "paused_at", "paused_until"])
    return clock


def verdict_owed_again(lead: Lead, *, given_at: datetime) -> None:
    """The verdict was taken back: it is owed as before, where the lead is still with who accepted it."""
    kept = Clock.objects.filter(about=lead.key, kind=VERDICT, ended_at=given_at, member=lead.owner)
    if lead.is_open and lead.owned_since and lead.owned_since <= given_at:
        kept.filter(state__in=(Clock.State.KEPT, Clock.State.BROKEN)).update(
            state=Clock.State.RUNNING, ended_at=None
        )
