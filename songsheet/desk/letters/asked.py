"""What the letters are asked for: days, a source, and what the thresholds of the leaks mean at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from songsheet.base.refusals import Refusal
from songsheet.base.text import fold
from songsheet.base.time import day_of
from songsheet.team.hours.calendars import calendars
from songsheet.team.models import House
from songsheet.touches.models import Source

#: What leads without a source are called, and the id that stands for none.
UNKNOWN, NO_SOURCE = "Unknown", -1


class NoSuchSource(Refusal):
    """A source that is not in the vocabulary."""

    code = "no_such_source"


class NotADay(Refusal):
    """A bound of the period that is no day."""

    code = "not_a_day"


@dataclass(frozen=True)
class Asked:
    """Leads that came from the first to the last day (in the zone of the house), and of one source alone."""

    first: date | None = None
    last: date | None = None
    source: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.first or self.last or self.source is not None)


@dataclass(frozen=True)
class Limits:
    """The instants from which a lead counts as leaking, from the thresholds of the house at one time."""

    at: datetime
    today: date
    contact_due: datetime
    late_after: int
    silent_since: datetime
    twice_within: int

    def values(self) -> dict[str, object]:
        """As the parameters of the SQL conditions."""
        return dict(vars(self))


def limits_of(house: House, at: datetime) -> Limits:
    """What the thresholds of the house mean at this time."""
    zone, hours = ZoneInfo(house.zone), house.threshold("never_contacted_working_hours")
    return Limits(
        at=at,
        today=day_of(at, zone),
        contact_due=calendars().of(None).so_long_before(at, 60 * hours),
        late_after=house.threshold("late_after_hours") * 3600,
        silent_since=at - timedelta(days=house.threshold("silent_after_days")),
        twice_within=house.threshold("worked_twice_within_days") * 86_400,
    )


def bounds(asked: Asked, zone: str) -> tuple[datetime | None, datetime | None]:
    """The first instant that counts and the first that no longer does."""
    after = asked.last + timedelta(days=1) if asked.last else None
    return tuple(  # type: ignore[return-value]
        datetime.combine(day, time(), ZoneInfo(zone)) if day else None for day in (asked.first, after)
    )


def read_asked(given: Mapping[str, str | None], source: int | None = None) -> Asked:
    """From `from` and `until` of an address or a command line; refuses what is no day."""
    return Asked(first=_day(given, "from"), last=_day(given, "until"), source=source)


def source_named(name: str | None) -> int | None:
    """The source of this name; UNKNOWN for the leads of which nobody knows it; refused when there is none."""
    if not name:
        return None
    if fold(name) == fold(UNKNOWN):
        return NO_SOURCE
    found = Source.objects.filter(name_folded=fold(name)).values_list("id", flat=True).first()
    if found is None:
        raise NoSuchSource(f"There is no source “{name[:60]}”. Pick one from the list.", field="source")
    return found


def _day(given: Mapping[str, str | None], name: str) -> date | None:
    text = given.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotADay(
            f"“{str(text)[:20]}” is not a day. Write it as year-month-day, such as 2026-05-12.", field=name
        ) from None
