"""Who would get which leads if they were routed now: decided on what stands, nothing is locked or written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from songsheet.base import bulk
from songsheet.base.adopting import MOST
from songsheet.leads.models import Lead
from songsheet.leads.routing.actions import asked_now, why_not
from songsheet.leads.routing.deciding import decide
from songsheet.leads.routing.errors import NothingAgreed
from songsheet.leads.routing.models import Cause
from songsheet.leads.routing.reading import agreed, world_at
from songsheet.leads.routing.world import Chosen, World


@dataclass(frozen=True)
class Foretold:
    """What would become of these leads: of each where it would go, of the others why they stay."""

    world: World
    going: list[tuple[Lead, Chosen]]
    staying: Counter[str]

    @property
    def counts(self) -> list[tuple[str, int, int]]:
        """Member or queue, how many each would get, and how many they have of these now; most first."""
        members = self.world.members
        get = Counter(members[one.member].name if one.member else one.queue for _, one in self.going)
        have = Counter(
            lead.owner.name if lead.owner else lead.queue.name if lead.queue else "" for lead, _ in self.going
        )
        names = sorted({*get, *have} - {""}, key=lambda name: (-get[name], name))
        return [(name, get[name], have[name]) for name in names]


def foretold(keys: Sequence[str], *, worked_on: bool, at: datetime) -> Foretold:
    """What routing these leads by hand would do at this moment."""
    found = agreed(at)
    if found is None:
        raise NothingAgreed
    leads = [lead for start in range(0, len(keys), MOST) for lead in _leads(keys[start : start + MOST])]
    staying: Counter[str] = Counter()
    going = []
    for lead in leads:
        if why := why_not(lead, lead.key, worked_on):
            staying[why.sentence] += 1
        else:
            going.append(lead)
    world = replace(world_at(found.terms, at), turns=_turns())
    decided = decide(world, asked_now(going, world, Cause.HAND))
    return Foretold(world, list(zip(going, decided.chosen, strict=True)), staying)


def _leads(keys: Sequence[str]) -> list[Lead]:
    related = Lead.objects.select_related("person", "company", "owner", "queue")
    return list(related.filter(key__in=keys, gone_at=None).order_by("id"))


def _turns() -> dict[tuple[str, int], int]:
    found = bulk.rows("select tier, member_id, level from leads_turn where level is not null")
    return {(tier, member): level for tier, member, level in found}
