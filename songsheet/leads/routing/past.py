"""What tiers and routing would have done with the leads of the last three months, beside those in force.

The team is tried as it is today, each in an ordinary week of theirs: nobody is on leave, nobody has leads
yet, and nobody's room runs out, since what came then has long been done with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from songsheet.agreements.kinds.qualified_lead import QUALIFIED_LEAD
from songsheet.agreements.kinds.responsibilities import RESPONSIBILITIES
from songsheet.agreements.kinds.tiers_and_routing import TIERS, TiersAndRouting
from songsheet.agreements.queries import in_force
from songsheet.base import bulk
from songsheet.leads.qualifying.preview import PAST
from songsheet.leads.qualifying.tiering import Terms, tiered
from songsheet.leads.routing.deciding import decide
from songsheet.leads.routing.reading import asks_for, language_of, words_of, world_at
from songsheet.leads.routing.world import Asked, World
from songsheet.team.hours.calendar import Calendar
from songsheet.team.hours.models import Skill
from songsheet.team.models import Member
from songsheet.team.queries import house

_WHICH = "lead.came_at > %(since)s and lead.came_at <= %(until)s"
_CAME = """
select tiered.id, tiered.tier,
       (extract(isodow from lead.came_at at time zone 'UTC')::int - 1) * 24
           + extract(hour from lead.came_at at time zone 'UTC')::int,
       lead.state = 'converted', company.id, company.owner_id, person.language, company.industry, {wants}
  from tiered join leads_lead lead using (id) join buyers_person given on given.id = lead.person_id
  join buyers_person person on person.id = coalesce(given.root_id, given.id)
  left join buyers_company named on named.id = coalesce(lead.company_id, person.company_id)
  left join buyers_company company on company.id = coalesce(named.root_id, named.id)
 order by lead.came_at, lead.id"""
#: Room for all that came in three months.
_ROOM = 10_000


@dataclass
class Share:
    """What a tier, a member or a queue would have got: leads, customers among them."""

    leads: int = 0
    customers: int = 0


@dataclass
class Tried:
    """What one version would have done: by tier, and by member or queue; working minutes until the first
    answer, summed."""

    tiers: dict[str, Share] = field(default_factory=lambda: {tier: Share() for tier in TIERS})
    whose: dict[str, Share] = field(default_factory=dict)
    nobody: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class Past:
    """The leads since then by one version and by the other; of how many the first answer would have been due
    sooner and later than by the other; minutes a week that a lead costs."""

    since: datetime
    leads: int
    customers: int
    this: Tried
    other: Tried | None
    sooner: int
    later: int
    cost: int

    def minutes_a_week(self, leads: int) -> int:
        """What so many leads cost a member in each week of the three months."""
        return round(leads * self.cost * 7 / PAST.days)


@dataclass(frozen=True, slots=True)
class _Came:
    asked: Asked
    is_customer: bool


def past(
    terms: TiersAndRouting,
    other: TiersAndRouting | None,
    *,
    minutes: Mapping[str, int],
    at: datetime,
    since: datetime | None = None,
) -> Past:
    """What `terms` would have done beside `other`, both with the promises of today."""
    begin = since or at - PAST
    world = _ordinary(world_at(terms, at, minutes))
    values = {"since": begin, "until": at}
    came = _came(terms, world, values, at)
    one, due = _tried(world, came)
    beside, before = None, due
    if other is not None:
        tiers = None if _same_tiers(terms, other) else _tiers(other, values, at)
        those = came if tiers is None else [_with_tier(each, tiers[each.asked.id]) for each in came]
        beside, before = _tried(replace(world, terms=other), those)
    board = in_force(RESPONSIBILITIES, at) or RESPONSIBILITIES.starter()
    return Past(
        begin,
        len(came),
        sum(each.is_customer for each in came),
        one,
        beside,
        sum(now < then for now, then in zip(due, before, strict=True)),
        sum(now > then for now, then in zip(due, before, strict=True)),
        board.cost.open_lead,
    )


def _ordinary(world: World) -> World:
    """The team in an ordinary week: at work, with nothing in hand and room for all."""
    week = house().week
    known = {one.id: (one.zone, one.week or week) for one in Member.objects.active()}
    here = Calendar(house().zone, week)
    calendar = cache(lambda id_: Calendar(*known[id_]) if id_ in known else here)
    members = {
        id_: replace(one, load=0, room=one.room * _ROOM, is_away=False) for id_, one in world.members.items()
    }
    return replace(world, members=members, calendar_of=calendar)


def _came(terms: TiersAndRouting, world: World, values: Mapping[str, Any], at: datetime) -> list[_Came]:
    known = words_of(world.members.values())
    statement, given = tiered(_terms(terms, at), _WHICH)
    wants = "lead.wants" if Skill.Kind.PRODUCT in known else "''"
    found = bulk.rows(statement + _CAME.format(wants=wants), {**values, **given, "at": None})
    monday = _monday(at)
    hours = [monday + timedelta(hours=hour) for hour in range(168)]
    skills = cache(lambda industry, said: asks_for(known, industry, said))
    return [
        _Came(
            Asked(
                id_, tier, company, account, (), language_of(language or ""),
                skills(industry or "", said if known else ""), at=hours[hour],
            ),
            is_customer,
        )
        for id_, tier, hour, is_customer, company, account, language, industry, said in found
    ]  # fmt: skip


def _monday(at: datetime) -> datetime:
    """The first instant of a week, in UTC."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def _tried(world: World, came: Sequence[_Came]) -> tuple[Tried, list[int]]:
    """What would have come of each, and within how many minutes each would have been answered."""
    chosen = decide(world, [one.asked for one in came], told=False).chosen
    found, names = Tried(), {one.id: one.name for one in world.members.values()}
    for one, lead in zip(chosen, came, strict=True):
        name = names[one.member] if one.member else one.queue
        for share in (found.tiers[one.tier], found.whose.setdefault(name, Share())):
            share.leads += 1
            share.customers += lead.is_customer
    found.nobody = sum(one.why[0] == "nobody" for one in chosen)
    due = [world.minutes[one.tier] for one in chosen]
    found.minutes = sum(due)
    return found, due


def _tiers(terms: TiersAndRouting, values: Mapping[str, Any], at: datetime) -> dict[int, str]:
    statement, given = tiered(_terms(terms, at), _WHICH)
    return dict(bulk.rows(f"{statement} select id, tier from tiered", {**values, **given, "at": None}))


def _terms(terms: TiersAndRouting, at: datetime) -> Terms:
    """By the definition in force; questions were not asked then."""
    definition = in_force(QUALIFIED_LEAD, at)
    return Terms(definition or QUALIFIED_LEAD.starter(), terms, binding=definition is not None, asked=False)


def _same_tiers(one: TiersAndRouting, other: TiersAndRouting) -> bool:
    """Whether both put every lead into the same tier."""
    wanted = {"tier", "points", "sources", "mentions", "to"}
    sides = [[rule.model_dump(include=wanted) for rule in terms.tiers] for terms in (one, other)]
    return sides[0] == sides[1]


def _with_tier(came: _Came, tier: str) -> _Came:
    return came if came.asked.tier == tier else _Came(replace(came.asked, tier=tier), came.is_customer)
