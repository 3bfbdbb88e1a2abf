"""Until when a first answer is promised."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import Count

from songsheet.agreements.kinds.service_levels import SERVICE_LEVELS
from songsheet.agreements.kinds.tiers_and_routing import TIERS
from songsheet.agreements.queries import in_force
from songsheet.agreements.thresholds import thresholds
from songsheet.clocks.kinds import FIRST_ANSWER
from songsheet.clocks.models import Clock
from songsheet.leads.adopt_leads import WORKING_DAY
from songsheet.leads.models import Lead
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
