"""Who came by a link of their own: told once a page was led to, taken back once a machine turns out to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from songsheet.base import bulk
from songsheet.intake.visitors.actions import Claim, recognise_all, tell_anew
from songsheet.intake.visitors.judging_acts import judge_around
from songsheet.intake.visitors.visit_acts import settle
from songsheet.journal.act import together
from songsheet.team.acting import Acting

#: Pages that the given clicks, or the clicks that the given pages name, led to, where the link is a person's.
_BY_LINK = """
select visitor.token, whole.id, whole.key, page.at
  from intake_hit page join intake_hit click on click.hash = page.came_by
  join intake_link link on link.id = click.link_id
  join buyers_person person on person.id = link.person_id
  join buyers_person whole on whole.id = coalesce(person.root_id, person.id)
  join intake_visitor visitor on visitor.id = page.visitor_id
 where (page.id = any(%(ids)s::bigint[]) or click.id = any(%(ids)s::bigint[]))
   and click.loaded_at = page.received_at and click.made_by <> 'machine' and page.made_by <> 'machine'
   and whole.gone_at is null
"""
#: What a link told by pages of these hits of which now a machine made the click or the page, and no other of
#: the same instant stands. What lies behind hits that are gone stays as it was told.
_TAKE_BACK = """
with came as (
    select page.visitor_id, page.at, coalesce(person.root_id, person.id) as whose,
           click.made_by <> 'machine' and page.made_by <> 'machine' as stands,
           page.id = any(%(ids)s::bigint[]) or click.id = any(%(ids)s::bigint[]) as asked
      from intake_hit page join intake_hit click on click.hash = page.came_by
      join intake_link link on link.id = click.link_id
      join buyers_person person on person.id = link.person_id
     where click.loaded_at = page.received_at and page.visitor_id in (
           select visitor_id from intake_hit
            where id = any(%(ids)s::bigint[])
               or came_by in (select hash from intake_hit where id = any(%(ids)s::bigint[]))))
delete from intake_recognised told using came, buyers_person person
 where told.how = 'link' and came.asked and not came.stands and told.visitor_id = came.visitor_id
   and told.since = came.at and person.id = told.person_id
   and coalesce(person.root_id, person.id) = came.whose
   and not exists (select from came as other where other.stands and other.visitor_id = told.visitor_id
                      and other.at = told.since and other.whose = came.whose)
returning told.visitor_id
"""
_CLICKS = "select id from intake_hit where link_id = %s and what = 'click' and id > %s order by id limit %s"
_CHUNK = 500


def recognised_by_links(hits: Sequence[int]) -> list[tuple[UUID, tuple[int, str], datetime]]:
    """Visitors who came by a link of one person's own, and since when."""
    found = bulk.rows(_BY_LINK, {"ids": list(hits)}) if hits else []
    return [(token, (id_, key), at) for token, id_, key, at in found]


def told_by_links(hits: Sequence[int]) -> list[int]:
    """Take back what these hits told by a link before they were a machine's, and note what they tell now; the
    hits that are somebody else's by it."""
    if not hits:
        return []
    visitors = {id_ for (id_,) in bulk.rows(_TAKE_BACK, {"ids": list(hits)})}
    moved = tell_anew(sorted(visitors))
    claims = [Claim(token, person, "link", since) for token, person, since in recognised_by_links(hits)]
    return moved + recognise_all(claims)


def judge_clicks_of(link: int, *, by: Acting, at: datetime) -> int:
    """Judge the clicks of a link again with all around them, and what they told; how many are otherwise."""
    last, changed = 0, 0
    while ids := [id_ for (id_,) in bulk.rows(_CLICKS, [link, last, _CHUNK])]:
        last = ids[-1]
        with together():
            judged = judge_around(ids)
            settle([*{*judged, *told_by_links(judged)}], by=by, at=at)
        changed += len(judged)
    return changed
