"""What tiers and routing would have done with the leads of the last three months, beside those in force.

The team is tried as it is today, each in an ordinary week of theirs: nobody is on leave, nobody has leads
yet, and nobody's room runs out, since what came then has long been done with.
"""

from collections import Counter
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
_TIERED = """
select tiered.id, tiered.tier, lead.state = 'converted'{other}
  from tiered join leads_lead lead using (id) order by lead.came_at, lead.id"""
_CAME = """
select lead.id, (extract(isodow from lead.came_at at time zone 'UTC')::int - 1) * 24
           + extract(hour from lead.came_at at time zone 'UTC')::int,
       company.id, company.owner_id, person.language, company.industry, {wants}
  from leads_lead lead join buyers_person given on given.id = lead.person_id
  join buyers_person person on person.id = coalesce(given.root_id, given.id)
  left join buyers_company named on named.id = coalesce(lead.company_id, person.company_id)
  left join buyers_company company on company.id = coalesce(named.root_id, named.id)
 where lead.id = any(%(ids)s::bigint[])"""
#: So many leads are given to members one by one; of more every so-manieth, which the answer says.
_MOST = 5_000
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
    sooner and later than by the other; minutes a week that a lead costs. Whose they would have been is
    worked out on one of `every` so many of them."""

    since: datetime
    leads: int
    customers: int
    this: Tried
    other: Tried | None
    sooner: int
    later: int
    cost: int
    every: int = 1

    def minutes_a_week(self, leads: int) -> int:
        """What so many leads cost a member in each week of the three months."""
        return round(leads * self.cost * 7 / PAST.days)


#: A lead by its id: its tier, and whether a customer came of it.
Tiered = tuple[int, str, bool]


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
    found, those = _tiers(terms, other, values, at)
    every = len(found) // _MOST + 1
    came = _came([id_ for id_, _, _ in found[::every]], world, at)
    one, due = _tried(world, found, came, every)
    beside, before = None, due
    if other is not None:
        beside, before = _tried(replace(world, terms=other), those, came, every)
    board = in_force(RESPONSIBILITIES, at) or RESPONSIBILITIES.starter()
    return Past(
        begin,
        len(found),
        sum(won for _, _, won in found),
        one,
        beside,
        sum(now < then for now, then in zip(due, before, strict=True)),
        sum(now > then for now, then in zip(due, before, strict=True)),
        board.cost.open_lead,
        every,
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


def _came(ids: Sequence[int], world: World, at: datetime) -> dict[int, Asked]:
    """What these leads asked for, each at the hour of the week at which it came."""
    known = words_of(world.members.values())
    wants = "lead.wants" if Skill.Kind.PRODUCT in known else "''"
    monday = _monday(at)
    hours = [monday + timedelta(hours=hour) for hour in range(168)]
    skills = cache(lambda industry, said: asks_for(known, industry, said))
    return {
        id_: Asked(
            id_, "", company, account, (), language_of(language or ""),
            skills(industry or "", said if known else ""), at=hours[hour],
        )
        for id_, hour, company, account, language, industry, said in bulk.rows(
            _CAME.format(wants=wants), {"ids": list(ids)}
        )
    }  # fmt: skip


def _monday(at: datetime) -> datetime:
    """The first instant of a week, in UTC."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def _tried(
    world: World, found: Sequence[Tiered], came: Mapping[int, Asked], every: int
) -> tuple[Tried, list[int]]:
    """What would have come of each, and within how many minutes each would have been answered."""
    tried, names = Tried(), {one.id: one.name for one in world.members.values()}
    for (tier, won), count in Counter((tier, won) for _, tier, won in found).items():
        share = tried.tiers[tier]
        share.leads, share.customers = share.leads + count, share.customers + won * count
    some = [(replace(came[id_], tier=tier), won) for id_, tier, won in found if id_ in came]
    chosen = decide(world, [asked for asked, _ in some], told=False).chosen
    for one, (_, won) in zip(chosen, some, strict=True):
        share = tried.whose.setdefault(names[one.member] if one.member else one.queue, Share())
        share.leads, share.customers = share.leads + every, share.customers + won * every
    tried.nobody = every * sum(one.why[0] == "nobody" for one in chosen)
    due = [world.minutes[tier] for _, tier, _ in found]
    tried.minutes = sum(due)
    return tried, due


def _tiers(
    terms: TiersAndRouting, other: TiersAndRouting | None, values: Mapping[str, Any], at: datetime
) -> tuple[list[Tiered], list[Tiered]]:
    """The leads in the order in which they came, with their tiers by these terms, and by the other."""
    differs = other if other and not _same_tiers(terms, other) else None
    statement, given = tiered(_terms(terms, at), _WHICH, differs)
    asked = statement + _TIERED.format(other=", tiered.other_tier" if differs else "")
    rows = bulk.rows(asked, {**values, **given, "at": None})
    found = [(row[0], row[1], row[2]) for row in rows]
    return found, [(row[0], row[3], row[2]) for row in rows] if differs else found


def _terms(terms: TiersAndRouting, at: datetime) -> Terms:
    """By the definition in force; questions were not asked then."""
    definition = in_force(QUALIFIED_LEAD, at)
    return Terms(definition or QUALIFIED_LEAD.starter(), terms, binding=definition is not None, asked=False)


def _same_tiers(one: TiersAndRouting, other: TiersAndRouting) -> bool:
    """Whether both put every lead into the same tier."""
    wanted = {"tier", "points", "sources", "mentions", "to"}
    sides = [[rule.model_dump(include=wanted) for rule in terms.tiers] for terms in (one, other)]
    return sides[0] == sides[1]
