"""Pages seen and links opened become hits; where nobody is to be known, a count."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from songsheet.base import bulk
from songsheet.base.time import day_of
from songsheet.intake.arriving.names import Names, host_of, place_of
from songsheet.intake.arriving.one import One
from songsheet.intake.inbox.put_actions import hash_of
from songsheet.intake.sites.models import Site
from songsheet.intake.visitors.human import Traits, judge
from songsheet.team.queries import house

#: A page that names a click counts as its page for so long.
_LOADS_WITHIN = "2 minutes"
_COLUMNS = (
    "id", "hash", "visitor_id", "person_id", "door", "what", "at", "received_at", "site_id", "link_id",
    "source_id", "campaign_id", "address", "title", "referrer", "utm", "agent", "network", "method",
    "prefetch", "made_by", "made_why", "touch_key", "came_by",
)  # fmt: skip
_COUNT = """
insert into intake_count as it (site_id, day, address, came_from, human, machine, unknown)
select * from unnest(%s::bigint[], %s::date[], %s::text[], %s::text[], %s::int[], %s::int[], %s::int[])
       as given(site, day, address, came_from) order by 1, 2, 3, 4
    on conflict (site_id, day, address, came_from) do update set human = it.human + excluded.human,
       machine = it.machine + excluded.machine, unknown = it.unknown + excluded.unknown
"""
#: The first page that names a click, soon after it, is the one that it led to.
_LOADED = f"""
update intake_hit click set loaded_at = given.at
  from (select hash, min(at) as at
          from unnest(%s::uuid[], %s::timestamptz[]) as page(hash, at) group by hash) as given
 where click.hash = given.hash and click.what = 'click' and click.loaded_at is null
   and given.at between click.received_at - interval '5 seconds'
                    and click.received_at + interval '{_LOADS_WITHIN}'
returning click.id
"""
#: The same for pages that were taken in before their click was.
_LOADED_LATE = f"""
update intake_hit click set loaded_at = page.received_at
  from intake_hit page
 where click.id = any(%s::bigint[]) and click.what = 'click' and page.came_by = click.hash
   and page.received_at between click.received_at - interval '5 seconds'
                            and click.received_at + interval '{_LOADS_WITHIN}'
"""


def count_or_keep(ones: Sequence[One], names: Names) -> list[int]:
    """A hit for each that may be known, a count for the others; the ids of the hits."""
    kept, counted = [], []
    for one in ones:
        site = names.site(one)
        if site is not None and (one.visitor is None or site.mode == Site.Mode.ANONYMOUS):
            counted.append((one, site))
        else:
            kept.append(one)
    if counted:
        _count(counted)
    ids = bulk.next_ids("intake_hit", len(kept))
    bulk.copy_in(
        "intake_hit",
        _COLUMNS,
        [_line(id_, one, names) for id_, one in zip(ids, kept, strict=True)],
    )
    for one in kept:
        one.became = "hit"
    return [*ids, *_load(ones, ids)]


def _load(ones: Sequence[One], ids: Sequence[int]) -> list[int]:
    """Note which clicks led to a page; the clicks that now did."""
    pages = [(str(by), one.received_at) for one in ones if (by := _came_by(one))]
    found = bulk.rows(_LOADED, [list(column) for column in zip(*pages, strict=True)]) if pages else []
    if any(one.event.type == "click" for one in ones):
        bulk.execute(_LOADED_LATE, [list(ids)])
    return [id_ for (id_,) in found]


def _came_by(one: One) -> UUID | None:
    if one.event.type != "page_view" or not one.event.link:
        return None
    return hash_of("link", one.event.link)


def _line(id_: int, one: One, names: Names) -> tuple[Any, ...]:
    event, arrived = one.event, one.arrived
    assert arrived is not None
    link = names.links.get(event.link) if event.type == "click" else None
    person = one.person or (link.person if link else None)
    source, campaign = names.source(one), names.campaign(one)
    site = names.site(one)
    came_by = _came_by(one)
    return (
        id_,
        str(one.hash),
        one.visitor,
        person[0] if person else None,
        one.door,
        "click" if event.type == "click" else "page",
        one.at,
        one.received_at,
        site.pk if site else None,
        link.id if link else None,
        link.source if link else source[0] if source else None,
        link.campaign if link else campaign[0] if campaign else None,
        place_of(event.page.url) if event.page else "",
        event.page.title if event.page else "",
        host_of(event.page.referrer) if event.page else "",
        event.utm.model_dump_json(exclude_defaults=True) if event.utm else "{}",
        arrived.agent[:300],
        arrived.network[:45],
        arrived.method[:8],
        arrived.prefetch,
        "unknown",
        "",
        "",
        str(came_by) if came_by else None,
    )


def _count(counted: Sequence[tuple[One, Site]]) -> None:
    zone = house().zone
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for one, site in counted:
        one.became = "count"
        assert one.arrived is not None
        page = one.event.page
        where = place_of(page.url) if page else ""
        came_from = host_of(page.referrer) if page else ""
        made_by, _ = judge(Traits.of(one.arrived))
        counts = found.setdefault((site.pk, day_of(one.at, zone), where, came_from), Counter())
        counts[made_by] += 1
    lines = [(*name, *(n[who] for who in ("human", "machine", "unknown"))) for name, n in found.items()]
    bulk.execute(_COUNT, [list(column) for column in zip(*lines, strict=True)])
