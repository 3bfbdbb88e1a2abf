"""Visits: what known people looked at, hits less than half an hour apart together, each one touch."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from songsheet.base import bulk
from songsheet.base.adopting import Ref
from songsheet.team.acting import Acting
from songsheet.touches.adopt import TouchRow, adopt_touches
from songsheet.touches.withdraw import withdraw_touches

#: A visitor who looks at nothing for so long has left.
PAUSE = timedelta(minutes=30)
#: Hits around the given ones, and whole visits that any of those belong to. With a visitor or, where a
#: program that knows its people sent them, without one.
_AROUND = """
with asked as (
    select visitor_id, case when visitor_id is null then person_id end as person_id,
           min(at) - %(pause)s::interval as since, max(at) + %(pause)s::interval as until
      from intake_hit where id = any(%(ids)s::bigint[])
       and (person_id is not null or touch_key <> '') and (visitor_id is not null or what = 'page')
     group by 1, 2),
near as (
    select hit.id, hit.touch_key from asked
      join intake_hit hit on hit.visitor_id = asked.visitor_id and hit.at between asked.since and asked.until
     union
    select hit.id, hit.touch_key from asked
      join intake_hit hit on hit.person_id = asked.person_id and hit.at between asked.since and asked.until
       and hit.visitor_id is null and hit.what = 'page'),
whole as (
    select id from near
     union
    select hit.id from intake_hit hit
      join (select distinct touch_key from near where touch_key <> '') as visit
        on visit.touch_key = hit.touch_key and hit.touch_key <> '')
select hit.id, coalesce(hit.visitor_id, 0), person.id, person.key, hit.at, hit.made_by = 'human',
       hit.touch_key, coalesce(nullif(hit.title, ''), hit.address), campaign.id, campaign.key
  from whole join intake_hit hit on hit.id = whole.id
  left join buyers_person one on one.id = hit.person_id
  left join buyers_person person on person.id = coalesce(one.root_id, one.id)
  left join touches_campaign campaign on campaign.id = hit.campaign_id
 order by hit.at, hit.id
"""
_STANDING = """
select touch.key, touch.at, coalesce(person.root_id, person.id), touch.gone_at is not null
  from touches_touch touch left join buyers_person person on person.id = touch.person_id
 where touch.key = any(%s::text[])
"""
_MARK = """
update intake_hit hit set touch_key = given.key
  from unnest(%s::bigint[], %s::text[]) as given(id, key) where given.id = hit.id
"""


class Seen(NamedTuple):
    """One hit, as far as visits need it."""

    id: int
    visitor: int
    person_id: int | None
    person_key: str | None
    at: datetime
    is_human: bool
    touch_key: str
    title: str
    campaign_id: int | None
    campaign_key: str | None

    @property
    def person(self) -> Ref:
        """Who it was."""
        assert self.person_id is not None
        assert self.person_key is not None
        return self.person_id, self.person_key

    @property
    def campaign(self) -> Ref | None:
        """From which campaign they came."""
        return (self.campaign_id, self.campaign_key or "") if self.campaign_id else None


def settle(hits: Sequence[int], *, by: Acting, at: datetime) -> None:
    """Make the visits around these hits what they are now, whatever came late or turned out otherwise.

    A visit that began earlier than we knew, or is part of another one, is taken out and told anew.
    """
    if not hits:
        return
    found = [Seen(*row) for row in bulk.rows(_AROUND, {"ids": list(hits), "pause": "30 minutes"})]
    visits = list(_visits(found))
    standing = {
        key: rest
        for key, *rest in bulk.rows(_STANDING, [sorted({one.touch_key for one in found if one.touch_key})])
    }
    key_of: dict[int, str] = {}
    new: list[list[Seen]] = []
    for visit in visits:
        if key := _kept(visit, standing, set(key_of.values())):
            key_of |= {one.id: key for one in visit}
        else:
            new.append(visit)
    over = sorted(key for key, (*_, gone) in standing.items() if key not in key_of.values() and not gone)
    if over:
        withdraw_touches(over, by=by, at=at, why="told anew", lane="live")
    made = adopt_touches([_row(visit) for visit in new], by=by, at=at, lane="live")
    for visit, adopted in zip(new, made, strict=True):
        key_of |= {one.id: adopted.key for one in visit}
    marked = [(one.id, key_of.get(one.id, "")) for one in found if one.touch_key != key_of.get(one.id, "")]
    if marked:
        bulk.execute(_MARK, [list(column) for column in zip(*marked, strict=True)])


def _visits(found: Iterable[Seen]) -> Iterable[list[Seen]]:
    """The hits of humans whom we know, by visitor and person, cut where they paused."""
    human = [one for one in found if one.is_human and one.person_id]
    human.sort(key=lambda one: (one.visitor, one.person_id, one.at, one.id))
    for _, hits in groupby(human, key=lambda one: (one.visitor, one.person_id)):
        visit: list[Seen] = []
        for one in hits:
            if visit and one.at - visit[-1].at >= PAUSE:
                yield visit
                visit = []
            visit.append(one)
        yield visit


def _kept(visit: Sequence[Seen], standing: dict[str, Any], taken: set[str]) -> str:
    """The touch that tells this visit already; one that a member took out stays out."""
    for key in dict.fromkeys(one.touch_key for one in visit):
        if key not in standing or key in taken:
            continue
        at, person, gone = standing[key]
        if gone or (at == visit[0].at and person == visit[0].person_id):
            return key
    return ""


def _row(visit: Sequence[Seen]) -> TouchRow:
    first = visit[0]
    campaign = next((one.campaign for one in visit if one.campaign), None)
    return TouchRow(
        kind="visit",
        direction="in",
        at=first.at,
        person=first.person,
        campaign=campaign,
        subject=first.title,
    )
