"""Free times as a visitor sees them: days and times in their zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

from songsheet.intake.appointments.finding import STRETCH, Team

#: So many days with times are shown at once.
MOST_DAYS = 6
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be chosen, as text of the visitor's zone and as an instant."""

    at: datetime
    label: str

    @property
    def value(self) -> str:
        return instant(self.at)


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its free times."""

    day: date
    slots: list[Slot]


@dataclass(frozen=True, slots=True)
class Days:
    """The next days with free times, and from which days more are shown."""

    days: list[Day]
    earlier: date | None
    later: date | None


def days_of(team: Team, zone: str, since: date | None = None) -> Days:
    """The days with free times from one on, in the zone of who looks."""
    here = ZoneInfo(zone)
    first = team.opens.astimezone(here).date()
    start = max(since or first, first)
    begin = datetime.combine(start, time.min, here)
    found: dict[date, list[Slot]] = {}
    while begin < team.ends and len(found) <= MOST_DAYS:
        end = begin + STRETCH
        for at in team.between(begin, end):
            there = at.astimezone(here)
            found.setdefault(there.date(), []).append(Slot(at, f"{there:%H:%M}"))
        begin = end
    days = [Day(day, slots) for day, slots in sorted(found.items())]
    later = days[MOST_DAYS].day if len(days) > MOST_DAYS else None
    return Days(days[:MOST_DAYS], max(first, start - 7 * _DAY) if start > first else None, later)


def slots_of(times: Iterable[datetime], zone: str) -> list[tuple[date, Slot]]:
    """Some times with their days, for who came too late."""
    here = ZoneInfo(zone)
    return [(at.astimezone(here).date(), Slot(at, f"{at.astimezone(here):%H:%M}")) for at in times]


def zone_of(asked: str, otherwise: str) -> str:
    """The zone that was asked for, where there is one of this name."""
    return asked if asked in available_timezones() else otherwise


@cache
def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every zone by its part of the world, as a select offers it."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones()):
        part, slash, place = name.partition("/")
        if slash and part in _PARTS:
            groups.setdefault(part, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return [*groups.items(), ("UTC", [("UTC", "UTC")])]


_PARTS = {
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian",
    "Pacific",
}  # fmt: skip


def instant(at: datetime) -> str:
    """An instant in an address."""
    return f"{at.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%MZ}"


def read_instant(text: str) -> datetime | None:
    """The instant of an address; None for any other text."""
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00")) if len(text) == 17 else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None and found.year > 1970 else None


def read_day(text: str) -> date | None:
    """The day of an address; None for any other text."""
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found and 1970 < found.year < 2200 else None


def query(given: Mapping[str, Any]) -> str:
    """What an address asks, without what is empty."""
    return urlencode({name: value for name, value in given.items() if value})
