"""Who signs in the tests: Tom for marketing, a sales manager of the cast's house for sales."""

from datetime import datetime
from typing import Any

from songsheet.agreements import actions, signing_actions
from songsheet.agreements.models import Version
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.actions import join_team


def with_owen(cast: dict[str, Any], at: datetime) -> dict[str, Acting]:
    """The cast acting, with Owen Hart who leads sales."""
    owen = join_team(
        name="Owen Hart", email="owen@aldermoor.example", role="sales_manager", by=as_system("tests"), at=at
    )
    return {name: as_member(member) for name, member in {**cast, "owen": owen}.items()}


def draft_of(kind: str = "service_levels") -> Version:
    """The starter draft that a new house has."""
    return Version.objects.get(agreement__kind=kind, number=1)


def signed(version: Version, team: dict[str, Acting], at: datetime, **how: Any) -> Version:
    """The version, offered and signed by both."""
    offered = actions.offer(version.key, by=team["tom"], at=at, **how)
    signing_actions.sign(offered.key, hash=offered.hash, by=team["tom"], at=at)
    return signing_actions.sign(offered.key, hash=offered.hash, by=team["owen"], at=at)
