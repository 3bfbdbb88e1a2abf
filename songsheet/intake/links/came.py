"""Who came by a link: its hits, the newest first, and how many on each day, humans and machines apart."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from songsheet.base import bulk
from songsheet.intake.links.models import Link
from songsheet.intake.visitors.models import Hit

MOST_SHOWN = 50
_DAYS = """
select (at at time zone %s)::date as day, count(*) filter (where made_by = 'human'),
       count(*) filter (where made_by = 'machine'), count(*) filter (where made_by = 'unknown')
  from intake_hit where link_id = %s and what = 'click' group by day order by day desc limit 30
"""


@dataclass(frozen=True, slots=True)
class Day:
    """The clicks of a day."""

    day: date
    human: int
    machine: int
    unknown: int

    @property
    def all(self) -> int:
        return self.human + self.machine + self.unknown


def days_of(link: Link, zone: str) -> list[Day]:
    """The last thirty days on which somebody or something opened it."""
    return [Day(*row) for row in bulk.rows(_DAYS, [zone, link.id])]


def came_by(link: Link, made: str = "") -> QuerySet[Hit]:
    """The newest clicks on a link; of humans, machines or unknown ones where that is named."""
    hits = Hit.objects.filter(link=link, what=Hit.What.CLICK).select_related("person__root")
    if made in Hit.Made.values:
        hits = hits.filter(made_by=made)
    return hits.order_by("-at", "-id")[:MOST_SHOWN]
