"""The calendars of members and of the house: their week, holidays, own days and leave put together."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from songsheet.team.hours.calendar import Calendar, Hours
from songsheet.team.hours.holidays import holidays_of
from songsheet.team.hours.models import Leave, SpecialDay
from songsheet.team.models import House, Member

#: Which days are worked though they are holidays, and which are off.
Marked = Mapping[date, bool]


@dataclass
class Calendars:
    """The calendar of each member that was asked for, by id; that of the house under None."""

    house: House
    members: Mapping[int, Any]
    marked: Mapping[int | None, Marked]
    away: Mapping[int, list[tuple[date, date]]]
    _made: dict[int | None, Calendar] = field(default_factory=dict)

    def of(self, member: int | None) -> Calendar:
        """By the member's id; the house's for nobody, and for a member who was not asked for."""
        who = member if member in self.members else None
        if who not in self._made:
            self._made[who] = self._make(who)
        return self._made[who]

    def _make(self, who: int | None) -> Calendar:
        one = self.members.get(who) if who is not None else None
        zone, week, country = self.house.zone, self.house.week, self.house.country
        if one:
            zone, week, country = one["zone"], one["week"] or week, one["country"] or country
        off = _off_of(self.away.get(who or 0, ()))
        layers = [self.marked.get(key, {}) for key in dict.fromkeys((who, None))]
        return Calendar(zone, week, _special(country, layers, off))


def calendars_of(members: Collection[int | None], house: House) -> Calendars:
    """The calendars of these members: three statements, whatever their number."""
    ids = sorted({one for one in members if one is not None})
    known = Member.objects.filter(id__in=ids).values("id", "zone", "week", "country") if ids else ()
    marked: dict[int | None, dict[date, bool]] = {}
    days = SpecialDay.objects.filter(gone_at=None)
    for member, on, works in (days.filter(member=None) | days.filter(member__in=ids)).values_list(
        "member_id", "on", "works"
    ):
        marked.setdefault(member, {})[on] = works
    away: dict[int, list[tuple[date, date]]] = {}
    if ids:
        leave = Leave.objects.filter(gone_at=None, deputy=None, member__in=ids)
        for member, begin, end in leave.values_list("member_id", "from_on", "until_on"):
            away.setdefault(member, []).append((begin, end))
    return Calendars(house, {one["id"]: one for one in known}, marked, away)


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
