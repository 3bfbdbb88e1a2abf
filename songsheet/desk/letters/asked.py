"""What the letters are asked for: days, a source, and what the thresholds of the leaks mean at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from songsheet.agreements.thresholds import thresholds
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
    """The instants from which a lead counts as leaking, by the thresholds that hold at one time."""

    at: datetime
    today: date
    contact_due: datetime
    offer_due: datetime
    return_due: datetime
    late_after: int
    silent_since: datetime
    twice_within: int
    thresholds: dict[str, int]

    def values(self) -> dict[str, object]:
        """As the parameters of the SQL conditions."""
        return {name: value for name, value in vars(self).items() if name != "thresholds"}


def limits_of(house: House, at: datetime) -> Limits:
    """What the thresholds mean at this time: those that were signed, else those of the house."""
    agreed, ours = thresholds(house, at), calendars().of(None)
    return Limits(
        at=at,
        today=day_of(at, ZoneInfo(house.zone)),
        contact_due=ours.so_long_before(at, 60 * agreed["never_contacted_working_hours"]),
        offer_due=ours.so_long_before(at, 60 * agreed["offered_not_answered_working_hours"]),
        return_due=ours.so_long_before(at, 60 * agreed["returned_not_picked_up_working_hours"]),
        late_after=agreed["late_after_hours"] * 3600,
        silent_since=at - timedelta(days=agreed["silent_after_days"]),
        twice_within=agreed["worked_twice_within_days"] * 86_400,
        thresholds=agreed,
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
