"""How often somebody was tried before they count as unreachable: what both sides agreed."""

from datetime import datetime

from songsheet.agreements.kinds.service_levels import SERVICE_LEVELS
from songsheet.agreements.queries import in_force
from songsheet.buyers.queries import family_of
from songsheet.handoffs.errors import AttemptsMissing
from songsheet.leads.adopt_leads import WORKING_DAY
from songsheet.leads.models import Lead
from songsheet.team.hours.calendars import calendars
from songsheet.touches.models import Touch

#: The reason that asks for them.
UNREACHABLE = "unreachable"
#: What is an attempt to reach somebody.
TRIED = (Touch.Kind.CALL, Touch.Kind.MAIL, Touch.Kind.MEETING, Touch.Kind.OTHER)


def attempts_on(lead: Lead, at: datetime, days: int) -> int:
    """How often we tried to reach the buyer since the lead was accepted, within so many working days."""
    since = lead.owned_since or lead.came_at
    tried = Touch.objects.filter(
        person__in=list(family_of(lead.person.whole)), direction=Touch.Direction.OUT, kind__in=TRIED,
        member__isnull=False, gone_at=None, at__gte=since, at__lte=at,
    )  # fmt: skip
    calendar = calendars().of(lead.owner_id)
    most = days * WORKING_DAY
    return sum(1 for when in tried.values_list("at", flat=True) if calendar.minutes_between(when, at) <= most)


def must_have_been_tried(lead: Lead, at: datetime) -> None:
    """Refused with how many attempts are missing, where a number was agreed."""
    levels = in_force(SERVICE_LEVELS, at)
    if levels is None:
        return
    count, days = levels.attempts.count, levels.attempts.within_days
    tried = attempts_on(lead, at, days)
    if tried < count:
        missing = "1 is" if count - tried == 1 else f"{count - tried} are"
        raise AttemptsMissing(
            f"Nobody counts as unreachable before {count} attempts within {days} working days, as agreed. "
            f"There were {tried}; {missing} missing. Call or write, and log it.",
            field="reason",
            tried=tried,
            missing=count - tried,
        )
