"""What a decision on routing is made of: who is there, what is asked for, what was chosen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from songsheet.agreements.kinds.tiers_and_routing import TierRule, TiersAndRouting
from songsheet.team.hours.calendar import Calendar
from songsheet.team.roles import Role

#: Which role a tier goes to → the roles of those who can get it.
ROLES: dict[str, tuple[str, ...]] = {
    "guide": (Role.GUIDE,),
    "concierge": (Role.CONCIERGE,),
    "marketer": (Role.MARKETER, Role.MARKETING_MANAGER),
}
#: A lead that nobody has looked at by the tiers goes as the last of them says.
LOWEST = "nurture"
#: How a lead went that nobody could get.
LAST_RESORT = "last_resort"
#: A code, and the numbers that belong to it.
Reason = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who works here: what they can, how many leads they have and have room for."""

    id: int
    key: str
    name: str
    role: str
    languages: frozenset[str] = frozenset()
    skills: frozenset[tuple[str, str]] = frozenset()
    load: int = 0
    room: int = 60
    is_away: bool = False
    deputy: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A lead that is to find its member. `skills` are pairs of kind and word that its company and what its
    buyer wants ask for; `holders` have its company by other leads, `account` by its name. `passed` had this
    lead and did not accept it; `keeps` is offered it already and keeps it where that fits the tier too.
    `is_closed` where the buyer must not be contacted by any way."""

    id: int
    tier: str
    company: int | None = None
    account: int | None = None
    holders: tuple[int, ...] = ()
    language: str = ""
    skills: frozenset[tuple[str, str]] = frozenset()
    passed: frozenset[int] = frozenset()
    is_closed: bool = False
    keeps: int | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class World:
    """What a decision rests on. `turns` are where each stands, by tier and member; who has none is new."""

    at: datetime
    terms: TiersAndRouting
    minutes: Mapping[str, int]
    members: Mapping[int, Candidate]
    calendar_of: Callable[[int | None], Calendar]
    turns: Mapping[tuple[str, int], int] = field(default_factory=dict)

    @cached_property
    def rules(self) -> dict[str, TierRule]:
        """The rule of each tier."""
        return {one.tier: one for one in self.terms.tiers}

    @cached_property
    def weights(self) -> dict[str, int]:
        """The weight of a member, by key."""
        return {one.member: one.weight for one in self.terms.weights}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What became of one lead: a member, or nobody and then the name of a `queue`; why, and of every other
    candidate why not."""

    id: int
    tier: str
    method: str
    why: Reason
    member: int | None = None
    queue: str = ""
    others: Mapping[int, Reason] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decided:
    """All decisions, in the order of what was asked, and the turns that changed."""

    chosen: list[Chosen]
    turns: dict[tuple[str, int], int]
