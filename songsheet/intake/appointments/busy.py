"""When a calendar says that its owner is busy (RFC 5545): repeated, excepted, moved, in any zone. Pure.

Nothing else of it is kept: no titles, places or guests. What is bounded is bounded since anybody may write a
calendar that never ends.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar

#: Bounds of one calendar.
MOST_EVENTS, MOST_RULES, MOST_TIMES, MOST_STEPS = 20_000, 2_000, 5_000, 400_000
_EARLIEST = 1970
_DAY = timedelta(days=1)
#: What repeats by the hour or the minute is no calendar of a person.
_TOO_OFTEN = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)", re.IGNORECASE)
_COUNT = re.compile(r"COUNT=(\d{1,6})", re.IGNORECASE)
_UNTIL = re.compile(r"UNTIL=(\d{8})(T\d{6}Z?)?", re.IGNORECASE)
Span = tuple[datetime, datetime]
#: Whatever stands under a name of an event: its types say that it may be anything.
Component = Any


class NotACalendar(Exception):
    """It cannot be read; the words say why, without values."""


def busy_times(text: str, *, zone: str, since: datetime, until: datetime) -> list[tuple[int, int]]:
    """Pairs of whole minutes since 1970, merged and in order, within the two instants.

    Times without a zone, and whole days, are those of `zone`.
    """
    here = ZoneInfo(zone)
    found: list[Span] = []
    steps = _Steps()
    for event in _events(text, here):
        try:
            times = _times(event, here, since, until, steps)
            found += [span for span in times if span[0] < until and span[1] > since and span[0] < span[1]]
        except (ValueError, TypeError, OverflowError, KeyError, AttributeError):
            continue  # one event that cannot be read does not hide the others
        if len(found) > MOST_TIMES * 4:
            raise NotACalendar("It holds too many appointments to be read.")
    return _merged(found, since, until)


class _Steps:
    """How much was worked out so far; a calendar that asks for more is not read."""

    left, rules = MOST_STEPS, MOST_RULES

    def take(self) -> None:
        """One more time."""
        self.left -= 1
        if self.left < 0:
            raise NotACalendar("It repeats too often to be read.")

    def rule(self) -> None:
        """One more rule by which something repeats."""
        self.rules -= 1
        if self.rules < 0:
            raise NotACalendar("It repeats too often to be read.")


class _Series:
    """The events of one UID: the one that repeats, and those that stand in its place on a day."""

    def __init__(self) -> None:
        self.main: list[Component] = []
        self.instead: dict[Any, Component] = {}


def _events(text: str, here: ZoneInfo) -> Iterator[_Series]:
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise NotACalendar("What it answers is no calendar.") from error
    if not calendars:
        raise NotACalendar("What it answers is no calendar.")
    series: dict[str, _Series] = defaultdict(_Series)
    count = 0
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            count += 1
            if count > MOST_EVENTS:
                raise NotACalendar("It holds too many appointments to be read.")
            one = series[str(event.get("UID", f"without {count}"))]
            instead = event.get("RECURRENCE-ID")
            if instead is None:
                one.main.append(event)
            else:
                one.instead[_comparable(instead.dt, here)] = event
    yield from series.values()


def _times(one: _Series, here: ZoneInfo, since: datetime, until: datetime, steps: _Steps) -> Iterator[Span]:
    for event in one.main:
        begins, ends, whole = _stretch(event, here)
        length = ends - begins
        for start in _starts(event, begins, here, (since - length - _DAY, until), steps):
            stands = start.date() if whole else start.astimezone(UTC)
            if stands not in one.instead and _is_busy(event):
                yield _span(start, start + length)
    for event in one.instead.values():
        begins, ends, _whole = _stretch(event, here)
        if _is_busy(event):
            yield _span(begins, ends)


def _is_busy(event: Component) -> bool:
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    shown_free = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    return not free and not shown_free and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _stretch(event: Component, here: ZoneInfo) -> tuple[datetime, datetime, bool]:
    """From when until when by the clock on the wall, and whether it is whole days."""
    start = event["DTSTART"].dt
    whole = not isinstance(start, datetime)
    begins = _wall(start, here)
    if "DTEND" in event:
        ends = _wall(event["DTEND"].dt, here).astimezone(begins.tzinfo)
    elif "DURATION" in event:
        ends = begins + event["DURATION"].dt
    else:
        ends = begins + (_DAY if whole else timedelta())
    return begins, ends, whole


def _wall(value: date | datetime, here: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time.min, here)
    return value.replace(tzinfo=here) if value.tzinfo is None else value


def _starts(
    event: Component, begins: datetime, here: ZoneInfo, within: Span, steps: _Steps
) -> Iterator[datetime]:
    """Each beginning within the bounds; by the clock on the wall, so that nine stays nine in summer."""
    if "RRULE" not in event and "RDATE" not in event:
        yield begins
        return
    zone, (since, until) = begins.tzinfo, within
    first, cap = (at.astimezone(zone).replace(tzinfo=None) for at in (begins, until))
    out = {_wall(value, here).astimezone(zone).replace(tzinfo=None) for value in _dates(event.get("EXDATE"))}
    given = {_wall(value, here).astimezone(zone).replace(tzinfo=None) for value in _dates(event.get("RDATE"))}
    given |= {first} - out if "RRULE" not in event else set()
    for rule in _list(event.get("RRULE")):
        given.update(_repeated(rule.to_ical().decode(), first, cap, zone, steps))
    for value in sorted(given - out):
        start = value.replace(tzinfo=zone)
        if since <= start < until:
            yield start


def _repeated(text: str, first: datetime, cap: datetime, zone: Any, steps: _Steps) -> Iterator[datetime]:
    """Ends by itself: also a rule that never fits a day stops at the last day that is asked for."""
    if _TOO_OFTEN.search(text) or first.year < _EARLIEST:
        raise NotACalendar("It repeats in a way that no calendar of a person does.")
    steps.rule()
    count = _COUNT.search(text)
    bare = _COUNT.sub("", _UNTIL.sub("", text)).strip(";").replace(";;", ";")
    last = min(cap, _last(text, zone) or cap)
    rule = rrulestr(bare, dtstart=first, ignoretz=True).replace(until=last)
    for value in islice(rule, int(count[1]) if count else None):
        steps.take()
        yield value


def _last(text: str, zone: Any) -> datetime | None:
    """UNTIL is an instant; the rule counts by the clock on the wall."""
    found = _UNTIL.search(text)
    if found is None:
        return None
    clock = found[2] or "T235959"
    until = datetime.fromisoformat(f"{found[1]}{clock.removesuffix('Z')}")
    if clock.endswith("Z"):
        return until.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    return until


def _list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _dates(value: Any) -> Iterator[date | datetime]:
    for group in _list(value):
        for one in group.dts:
            yield one.dt[0] if isinstance(one.dt, tuple) else one.dt


def _comparable(value: date | datetime, here: ZoneInfo) -> Any:
    """In place of which day or instant something stands."""
    return _wall(value, here).astimezone(UTC) if isinstance(value, datetime) else value


def _span(begins: datetime, ends: datetime) -> Span:
    return begins.astimezone(UTC), ends.astimezone(UTC)


def _merged(found: Sequence[Span], since: datetime, until: datetime) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for begins, ends in sorted(found):
        pair = int(max(begins, since).timestamp() // 60), -int(-min(ends, until).timestamp() // 60)
        if merged and pair[0] <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], pair[1])
        else:
            merged.append(pair)
    if len(merged) > MOST_TIMES:
        raise NotACalendar("It holds too many appointments to be read.")
    return merged
