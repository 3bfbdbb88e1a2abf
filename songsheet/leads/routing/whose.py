"""Who answers for a queue that routing has to open, and for one whose responsible member has left."""

from collections.abc import Sequence

from songsheet.agreements.kinds.tiers_and_routing import TiersAndRouting
from songsheet.leads.routing.errors import NobodyAnswers
from songsheet.team.models import Member
from songsheet.team.roles import Role

#: In this order; the first who works here. Sales answers for the last resort.
_SALES = (Role.SALES_MANAGER, Role.CRO, Role.OWNER, Role.CONCIERGE, Role.GUIDE)
_MARKETING = (Role.MARKETING_MANAGER, Role.CRO, Role.OWNER, Role.MARKETER)


def responsible_for(queue: str, terms: TiersAndRouting | None) -> Member:
    """The head of the side whose leads wait there: of marketing where only its tiers name the queue."""
    rules = terms.tiers if terms else ()
    named = {one.to for one in rules if one.queue == queue}
    return _first(_MARKETING if named == {"marketer"} else _SALES)


def _first(roles: Sequence[str]) -> Member:
    members = list(Member.objects.active().order_by("id"))
    ranked = sorted(members, key=lambda one: roles.index(one.role) if one.role in roles else len(roles))
    if not ranked:
        raise NobodyAnswers("Nobody works here who could answer for a queue. Invite somebody first.")
    return ranked[0]
