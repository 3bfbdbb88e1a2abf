"""What visitors did, as stories tell it."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from songsheet.base import bulk

#: So many pages of a visit are named.
NAMED = 3
_PAGES = """
select touch_key, array_agg(title order by since), sum(seen)::int, min(since), max(until),
       (array_agg(source order by since))[1] from (
    select hit.touch_key, coalesce(nullif(hit.title, ''), hit.address) as title, min(hit.at) as since,
           max(hit.at) as until, count(*) as seen, (array_agg(source.name order by hit.at))[1] as source
      from intake_hit hit left join touches_source source on source.id = hit.source_id
     where hit.touch_key = any(%s::text[]) and hit.touch_key <> '' and hit.what = 'page'
     group by 1, 2) as page
 group by touch_key
"""


class Visit(NamedTuple):
    """The pages of one visit: their titles in the order in which they were first seen, and from where."""

    titles: list[str]
    seen: int
    since: datetime
    until: datetime
    source: str

    @property
    def seconds(self) -> int:
        """From the first page to the last."""
        return round((self.until - self.since).total_seconds())


def visits_of(touches: Collection[str]) -> dict[str, Visit]:
    """What was looked at in the visits that these touches are."""
    if not touches:
        return {}
    return {
        key: Visit(titles, seen, since, until, source or "")
        for key, titles, seen, since, until, source in bulk.rows(_PAGES, [list(touches)])
    }
