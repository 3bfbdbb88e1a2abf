"""Judging hits: what was measured of each and around it, and what that makes of it."""

from collections.abc import Sequence

from songsheet.base import bulk
from songsheet.intake.visitors.human import Traits, judge

#: Hits that may be something else now because these came: of the same network within seconds, the page that a
#: click led to and the click that led to a page, and what their visitors did within seconds.
_AROUND = """
with asked as (select * from intake_hit where id = any(%(ids)s::bigint[])),
near as (
    select hit.id, hit.hash, hit.came_by from asked join intake_hit hit on hit.network = asked.network
       and hit.received_at between asked.received_at - interval '60 seconds'
                               and asked.received_at + interval '60 seconds'
     where asked.network <> '' and asked.what = 'click'
     union
    select hit.id, hit.hash, hit.came_by from asked join intake_hit hit on hit.visitor_id = asked.visitor_id
       and hit.at between asked.at - interval '5 seconds' and asked.at + interval '5 seconds'
     union
    select id, hash, came_by from asked)
select id from near
 union
select click.id from near join intake_hit click on click.hash = near.came_by
 union
select page.id from near join intake_hit page on page.came_by = near.hash
"""
_TRAITS = """
select hit.id, hit.made_by, hit.made_why, click.id, click.made_by, hit.what = 'page', hit.agent,
       hit.network, hit.method, hit.prefetch,
       around.links, around.all_links, around.pages, around.more_pages, around.hidden, around.head,
       exists (select from intake_site site
                where site.gone_at is null and site.origins ? substring(link.target from '^https?://[^/?#]+')),
       hit.loaded_at is not null
  from intake_hit hit
  left join intake_link link on link.id = hit.link_id
  left join intake_hit click on click.hash = hit.came_by
 cross join lateral (
    select count(distinct near.link_id) filter (
               where near.what = 'click' and near.agent = hit.agent
                 and abs(extract(epoch from near.received_at - hit.received_at)) <= 3) as links,
           count(distinct near.link_id) filter (
               where near.what = 'click'
                 and abs(extract(epoch from near.received_at - hit.received_at)) <= 3) as all_links,
           count(*) filter (
               where near.what = 'page' and near.visitor_id = hit.visitor_id and not near.prefetch
                 and abs(extract(epoch from near.at - hit.at)) <= 1) as pages,
           count(*) filter (
               where near.what = 'page' and near.visitor_id = hit.visitor_id and not near.prefetch
                 and abs(extract(epoch from near.at - hit.at)) <= 2.5) as more_pages,
           coalesce(bool_or(opened.is_hidden and near.agent = hit.agent), false) as hidden,
           coalesce(bool_or(near.method = 'HEAD' and near.agent = hit.agent
                            and near.received_at between hit.received_at - interval '3 seconds'
                                                     and hit.received_at), false) as head
      from intake_hit near left join intake_link opened on opened.id = near.link_id and near.what = 'click'
     where hit.network <> '' and near.network = hit.network
       and near.received_at between hit.received_at - interval '60 seconds'
                                and hit.received_at + interval '60 seconds') as around
 where hit.id = any(%s::bigint[]) order by hit.what = 'page', hit.id
"""
_JUDGED = """
update intake_hit hit set made_by = given.who, made_why = given.why
  from unnest(%s::bigint[], %s::text[], %s::text[]) as given(id, who, why) where given.id = hit.id
"""
#: So many at once.
_CHUNK = 2_000


def judge_around(hits: Sequence[int]) -> list[int]:
    """Judge these hits and those that may be something else because of them; which are."""
    return judge_again([id_ for (id_,) in bulk.rows(_AROUND, {"ids": list(hits)})]) if hits else []


def judge_again(hits: Sequence[int]) -> list[int]:
    """Judge these hits; those that are something else now. Clicks go before the pages that they led to."""
    changed: list[tuple[int, str, str]] = []
    judged: dict[int, str] = {}
    for start in range(0, len(hits), _CHUNK):
        for id_, who, why, click, before, *traits in bulk.rows(_TRAITS, [list(hits[start : start + _CHUNK])]):
            by_machine = judged.get(click, before) == "machine"
            now = judge(Traits(*traits)._replace(by_machine=by_machine))
            judged[id_] = now[0]
            if now != (who, why):
                changed.append((id_, *now))
    if changed:
        bulk.execute(_JUDGED, [list(column) for column in zip(*changed, strict=True)])
    return [id_ for id_, *_ in changed]
