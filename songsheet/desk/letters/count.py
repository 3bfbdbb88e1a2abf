"""Counting: one statement, one pass over `desk_standing` into a cube, and the sums of that cube."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db import transaction

from songsheet.desk.letters.asked import Asked, Limits, bounds
from songsheet.desk.letters.kinds import KINDS, UNPROMISED, has
from songsheet.desk.models import COUNTED, Flag
from songsheet.journal.sql import rows
from songsheet.team.models import House
from songsheet.touches.models import Campaign

#: Source and campaign of a row; None where nobody knows.
Origin = tuple[int | None, int | None]
Sums = dict[str, int]

_COUNTS = ", ".join(
    f"""count(*) filter (where {kind.condition}) as n{bit},
           sum(open_amount) filter (where {kind.condition}) as o{bit}"""
    for bit, kind in enumerate(KINDS)
    if not kind.is_flagged
)
_KINDS = ", ".join(
    f"({bit}, case when {kind.condition} then leads else 0 end, open_amount, {kind.still})"
    if kind.is_flagged
    else f"({bit}, n{bit}, o{bit}, {kind.still})"
    for bit, kind in enumerate(KINDS)
)
_OTHERS = ", ".join(f"({bit}, {kind.condition}, {kind.still})" for bit, kind in enumerate(KINDS))
_SAVED = f"still and {has(Flag.SAVEABLE)}"

SQL = f"""
with cube as materialized (
    select source_id, campaign_id, currency, flags & {COUNTED} as flags, count(*) as leads,
           count(*) filter (where not ({UNPROMISED})) as promised, sum(deals) as deals,
           sum(won_deals) as won, sum(won_amount) as revenue, sum(open_amount) as open_amount,
           {_COUNTS}
      from desk_standing where {{chosen}} group by 1, 2, 3, 4),
leaking as materialized (
    select source_id, campaign_id, currency, flags, bit, n, open, still
      from cube, lateral (values {_KINDS}) as kinds (bit, n, open, still) where n > 0),
others as materialized (
    select desk_standing.*, key as its_currency, (value ->> 0)::bigint as open, (value ->> 1)::bigint as won
      from desk_standing, jsonb_each(other_money) where other_money is not null and {{chosen}}),
wins as (
    select source_id, currency, won_amount as won from desk_standing
     where won_amount is not null and {{chosen}}
     union all
    select source_id, its_currency, won from others where won is not null)
select 'position', null::bigint, null::bigint, 0, '', coalesce(max(position), 0), 0, 0, null::numeric
  from journal_reader where name = 'desk.standing'
 union all
select 'came', source_id, campaign_id, 0, '', sum(leads), sum(deals), sum(won), null from cube group by 2, 3
 union all
select 'revenue', source_id, campaign_id, 0, currency, 0, 0, 0, sum(revenue)
  from (select source_id, campaign_id, currency, revenue from cube where revenue is not null
         union all
        select source_id, campaign_id, its_currency, won from others where won is not null) as earned
 group by 2, 3, 5
 union all
select 'went', null, null, flags & 15, '', sum(leads),
       coalesce(sum(leads - promised) filter (where {has(Flag.REACHABLE)}), 0), sum(promised), null
  from cube group by 4
 union all
select 'response', null, null, flags >> 4 & 7, '', sum(leads), 0, 0, null from cube group by 4
 union all
select 'leak', source_id, campaign_id, bit, '', sum(n), coalesce(sum(n) filter (where still), 0),
       coalesce(sum(n) filter (where {_SAVED} and {has(Flag.UNPRICED)}), 0), null
  from leaking group by 2, 3, 4
 union all
select 'open', null, null, bit, currency, 0, 0, 0, sum(open)
  from (select bit, currency, open from leaking where open is not null and {_SAVED}
         union all
        select bit, its_currency, open
          from others desk_standing, lateral (values {_OTHERS}) as kinds (bit, leaks, still)
         where open is not null and leaks and {_SAVED}) as amounts
 group by 4, 5
 union all
select 'median', source_id, null, 0, currency, count(*), 0, 0,
       percentile_cont(0.5) within group (order by won)::numeric
  from wins group by 2, 5
 union all
select 'planned', null, null, 0, set_config('enable_sort', 'on', true)
       || set_config('enable_indexscan', 'on', true), 0, 0, 0, null"""

#: What sources are called, and campaigns with their spend; a row of it plans the next statement as one scan,
#: hashed: the planner takes the groups for many more than there are and would sort a million rows. Once that
#: is planned, the last row of it says that others may sort again.
NAMED = """
select null::bigint, set_config('work_mem', '32MB', true) || set_config('jit', 'off', true)
       || set_config('enable_sort', 'off', true) || set_config('enable_incremental_sort', 'off', true)
       || set_config('enable_indexscan', 'off', true), '', null::bigint, ''
 union all select id, '', name, null, '' from touches_source
 union all select id, key, name, cost, currency from touches_campaign where gone_at is null"""


@dataclass
class Leaked:
    """How many leads of one kind leaked, how many can still be saved, and the open amounts of those."""

    by_origin: dict[Origin, int] = field(default_factory=lambda: defaultdict(int))
    still_by_origin: dict[Origin, int] = field(default_factory=lambda: defaultdict(int))
    unpriced: dict[int | None, int] = field(default_factory=lambda: defaultdict(int))
    open: Sums = field(default_factory=lambda: defaultdict(int))
    still: int = 0

    @property
    def leads(self) -> int:
        """All of them."""
        return sum(self.by_origin.values())


@dataclass(frozen=True)
class Counts:
    """The sums of the cube. `promised` leads have a running promise; `reachable` ones have none.

    `sources` by name, and `campaigns` with what they cost, by id.
    """

    position: int = 0
    came: dict[Origin, tuple[int, int, int]] = field(default_factory=dict)
    revenue: dict[Origin, Sums] = field(default_factory=lambda: defaultdict(dict))
    went: dict[int, int] = field(default_factory=dict)
    reachable: dict[int, int] = field(default_factory=dict)
    promised: dict[int, int] = field(default_factory=dict)
    response: dict[int, int] = field(default_factory=dict)
    leaked: dict[int, Leaked] = field(default_factory=lambda: defaultdict(Leaked))
    median: dict[tuple[int | None, str], tuple[int, Fraction]] = field(default_factory=dict)
    sources: dict[int, str] = field(default_factory=dict)
    campaigns: dict[int, Campaign] = field(default_factory=dict)

    @property
    def leads(self) -> int:
        """How many came."""
        return sum(self.went.values())


def count(asked: Asked, limits: Limits, house: House) -> Counts:
    """Count what is asked for."""
    with transaction.atomic():
        named = rows(NAMED)
        return _gather(rows(*_statement(asked, limits, house)), named)


def explained(asked: Asked, limits: Limits, house: House) -> str:
    """How PostgreSQL answers the statement."""
    sql, values = _statement(asked, limits, house)
    with transaction.atomic():
        rows(NAMED)
        return "\n".join(line for (line,) in rows("explain (analyze, buffers) " + sql, values))


def chosen(asked: Asked, house: House) -> tuple[str, dict[str, object]]:
    """Which rows of `desk_standing` are asked for, as a condition and its values."""
    first, after = bounds(asked, house.zone)
    conditions = {
        "desk_standing.came_at >= %(first)s": first is not None,
        "desk_standing.came_at < %(after)s": after is not None,
        "coalesce(desk_standing.source_id, -1) = %(source)s": asked.source is not None,
    }
    told = " and ".join(words for words, counts in conditions.items() if counts)
    return told or "true", {"first": first, "after": after, "source": asked.source}


def _statement(asked: Asked, limits: Limits, house: House) -> tuple[str, Mapping[str, object]]:
    condition, values = chosen(asked, house)
    return SQL.replace("{chosen}", condition), {**limits.values(), **values}


def _gather(found: list[tuple[Any, ...]], named: list[tuple[Any, ...]]) -> Counts:
    counts = Counts()
    for id_, key, name, cost, currency in named:
        if id_ and key:
            counts.campaigns[id_] = Campaign(id=id_, key=key, name=name, cost=cost, currency=currency)
        elif id_:
            counts.sources[id_] = name
    position = 0
    for what, source, campaign, number, currency, leads, second, third, money in found:
        origin = (source, campaign)
        if what == "position":
            position = int(leads)
        elif what == "came":
            counts.came[origin] = (int(leads), int(second), int(third))
        elif what == "revenue":
            counts.revenue[origin][currency] = int(money)
        elif what == "went":
            counts.went[number] = int(leads)
            counts.reachable[number], counts.promised[number] = int(second), int(third)
        elif what == "response":
            counts.response[number] = int(leads)
        elif what == "leak":
            leaked = counts.leaked[number]
            leaked.by_origin[origin] += int(leads)
            leaked.still += int(second)
            leaked.still_by_origin[origin] += int(second)
            leaked.unpriced[source] += int(third)
        elif what == "open":
            counts.leaked[number].open[currency] += int(money)
        elif what == "median":
            counts.median[source, currency] = (int(leads), Fraction(money))
    return Counts(**{**vars(counts), "position": position})
