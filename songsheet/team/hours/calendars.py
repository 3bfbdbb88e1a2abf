"""The calendars of members and of the house: their week, holidays, own days and leave put together.

They are kept in each process under the stamp of `CalendarStamp`, which triggers of the database change with
the rows that calendars are made of. Whoever counts reads the stamp in a statement of their own or, where
every statement counts, in one that they make anyway (`STAMP`): so the next act after a change of hours, in
any process, counts by the new ones. Acts that had read the stamp and were not done when the hours changed are
mended by `clocks.recount`, which follows each change at once and again a minute later.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from songsheet.base import bulk
from songsheet.team.hours.calendar import Calendar, Hours
from songsheet.team.hours.holidays import holidays_of
from songsheet.team.hours.models import Leave, SpecialDay
from songsheet.team.models import House, Member

#: Which days are worked though they are holidays, and which are off.
Marked = Mapping[date, bool]
#: The stamp as an expression of SQL, for a statement that is made anyway.
STAMP = "(select stamp from team_calendarstamp)"
#: A member who is not among those read was made since with nothing of their own, or the stamp were another.
_PLAIN: Mapping[str, Any] = {"zone": "UTC", "week": None, "country": ""}

_kept: dict[str, "Calendars"] = {}


@dataclass
class Calendars:
    """The calendar of each member, by id; that of the house under None."""

    stamp: int
    house: House
    members: Mapping[int, Any]
    marked: Mapping[int | None, Marked]
    away: Mapping[int, list[tuple[date, date]]]
    _made: dict[int | None, Calendar] = field(default_factory=dict)

    def of(self, member: int | None) -> Calendar:
        """By the member's id; the house's for nobody."""
        known = self._made.get(member)
        if known is None:
            known = self._made[member] = self._make(member)
        return known

    def _make(self, who: int | None) -> Calendar:
        zone, week, country = self.house.zone, self.house.week, self.house.country
        if who is not None:
            one = self.members.get(who, _PLAIN)
            zone, week, country = one["zone"], one["week"] or week, one["country"] or country
        off = _off_of(self.away.get(who or 0, ()))
        layers = [self.marked.get(key, {}) for key in dict.fromkeys((who, None))]
        return Calendar(zone, week, _special(country, layers, off))


def calendars(stamp: int | None = None) -> Calendars:
    """Everybody's calendars at this stamp, which the caller has just read; else it is read here."""
    if stamp is None:
        ((stamp,),) = bulk.rows(f"select {STAMP}")
    database = str(connection.settings_dict["NAME"])
    known = _kept.get(database)
    if known is None or known.stamp != stamp:
        known = _kept[database] = _read(stamp)
    return known


def _read(stamp: int) -> Calendars:
    """What changes since the stamp was read is kept under the older one, and so read again."""
    marked: dict[int | None, dict[date, bool]] = {}
    for member, on, works in SpecialDay.objects.filter(gone_at=None).values_list("member_id", "on", "works"):
        marked.setdefault(member, {})[on] = works
    away: dict[int, list[tuple[date, date]]] = {}
    leave = Leave.objects.filter(gone_at=None, deputy=None)
    for member, begin, end in leave.values_list("member_id", "from_on", "until_on"):
        away.setdefault(member, []).append((begin, end))
    members = {one["id"]: one for one in Member.objects.values("id", "zone", "week", "country")}
    return Calendars(stamp, House.objects.get(id=1), members, marked, away)


def _off_of(spans: Collection[tuple[date, date]]) -> set[date]:
    return {begin + timedelta(days) for begin, end in spans for days in range((end - begin).days + 1)}


def _special(country: str, layers: list[Marked], off: set[date]) -> Callable[[date], Hours | None]:
    """Leave says most, then the member's own days, those of the house, and the holidays of the country."""

    def special(day: date) -> Hours | None:
        if day in off:
            return ()
        for marked in layers:
            if day in marked:
                return None if marked[day] else ()
        return () if day in holidays_of(country, day.year) else None

    return special
