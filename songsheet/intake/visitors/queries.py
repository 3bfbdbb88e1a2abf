"""What visitors did, as stories tell it."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from songsheet.base import bulk
from songsheet.intake.visitors.models import Hit

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


def first_source(visitor: UUID) -> tuple[int, str] | None:
    """By which source we met a visitor first, as far as they allowed us to know; machines meet nobody."""
    found = Hit.objects.filter(visitor__token=visitor, source__isnull=False).exclude(made_by=Hit.Made.MACHINE)
    first = found.select_related("source").order_by("at", "id").first()
    return (first.source.pk, first.source.name) if first and first.source else None
