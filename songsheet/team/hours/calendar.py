"""Working time: what is due after so many working minutes, how many lie between two instants. No rows.

An instant is worked when the wall clock of the zone shows a time within the hours of its day. So an hour that
daylight saving repeats counts twice, and one that it skips not at all.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from songsheet.base.time import must_be_aware
from songsheet.team.errors import HoursRefused, NeverDue

#: Minutes of a day, from one included to one not included: (540, 1020) is nine to five.
Hours = tuple[tuple[int, int], ...]
#: What a day that is unlike its weekday has instead; None where it is like it.
Special = Callable[[date], Hours | None]

DAY_MINUTES = 24 * 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_MINUTE = 60_000_000
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_WEEK = 7 * _DAY
#: No two changes of an offset lie nearer to each other.
_STEP = 3 * _HOUR
#: A promise that is not due within ten years of working time is never due.
_MOST_WEEKS = 522
#: How many weeks a calendar keeps worked out, since it may be kept itself as long as a process runs.
_MOST_KEPT = 1_500

_Spans = list[tuple[int, int]]


def sound_hours(hours: Sequence[Sequence[int]]) -> Hours:
    """The hours of a day in order; refused where they are none or overlap."""
    found = sorted((int(begin), int(end)) for begin, end in hours)
    if any(not 0 <= begin < end <= DAY_MINUTES for begin, end in found):
        raise HoursRefused("Hours of a day begin before they end, between 0:00 and 24:00. Write them again.")
    if any(after[0] < before[1] for before, after in pairwise(found)):
        raise HoursRefused("Hours of one day overlap. Write each time of the day once.")
    return tuple(found)


class Calendar:
    """When somebody works: a week from Monday in a zone, and the days that are unlike it."""

    def __init__(
        self, zone: str, week: Sequence[Sequence[Sequence[int]]], special: Special | None = None
    ) -> None:
        if len(week) != 7:
            raise HoursRefused("A week has seven days. Give the hours of each, from Monday.")
        self.zone = ZoneInfo(zone)
        self.week = tuple(sound_hours(day) for day in week)
        if not any(self.week):
            raise HoursRefused(
                "A week without any hours keeps no promise. Give the hours of one day at least."
            )
        self._special = special or (lambda day: None)
        self._weeks: dict[int, tuple[_Spans, int]] = {}

    def due(self, start: datetime, minutes: int) -> datetime:
        """The first instant at which so many minutes were worked since `start`; none are due at once."""
        if minutes < 0:
            raise ValueError(f"{minutes} minutes: a promise is not due before it is made")
        at, left = _ticks(start), minutes * _MINUTE
        if not left:
            return start.astimezone(UTC)
        first = at // _WEEK
        for number in range(first, first + _MOST_WEEKS):
            spans, total = self._worked(number)
            if number > first and total < left:
                left -= total
                continue
            for begin, end in spans:
                worked = end - max(begin, at)
                if worked >= left:
                    return _EPOCH + timedelta(microseconds=end - worked + left)
                left -= max(0, worked)
        raise NeverDue()

    def minutes_between(self, since: datetime, until: datetime) -> int:
        """The whole minutes worked from one instant to another; negative when the second comes first."""
        if until < since:
            return -self.minutes_between(until, since)
        begin, end = _ticks(since), _ticks(until)
        first, last = begin // _WEEK, end // _WEEK
        worked = sum(self._worked(number)[1] for number in range(first, last))
        return (worked - self._before(first, begin) + self._before(last, end)) // _MINUTE

    def so_long_before(self, end: datetime, minutes: int) -> datetime:
        """The last instant since which so many minutes were worked until `end`."""
        at, left = _ticks(end), minutes * _MINUTE
        last = at // _WEEK
        for number in range(last, last - _MOST_WEEKS, -1):
            spans, total = self._worked(number)
            if number < last and total < left:
                left -= total
                continue
            for begin, until in reversed(spans):
                worked = min(until, at) - begin
                if worked >= left:
                    return _EPOCH + timedelta(microseconds=begin + worked - left)
                left -= max(0, worked)
        raise NeverDue()

    def worked_between(self, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        """The stretches that are worked between two instants, in order; those that touch are one."""
        begin, end = _ticks(since), _ticks(until)
        found: _Spans = []
        for number in range(begin // _WEEK, (end - 1) // _WEEK + 1):
            for opens, shuts in self._worked(number)[0]:
                if found and found[-1][1] == opens:
                    found[-1] = found[-1][0], shuts
                else:
                    found.append((opens, shuts))
        cut = [(max(opens, begin), min(shuts, end)) for opens, shuts in found]
        return [(_instant(opens), _instant(shuts)) for opens, shuts in cut if opens < shuts]

    def works_on(self, day: date) -> bool:
        """Whether anything is worked on a day."""
        return bool(self._hours_on(day))

    def _before(self, number: int, at: int) -> int:
        """What is worked in a week until an instant of it."""
        return sum(min(end, at) - begin for begin, end in self._worked(number)[0] if begin < at)

    def _hours_on(self, day: date) -> Hours:
        special = self._special(day)
        return self.week[day.weekday()] if special is None else special

    def _worked(self, number: int) -> tuple[_Spans, int]:
        """The spans worked within a week of UTC, in order, and their sum; worked out once."""
        known = self._weeks.get(number)
        if known is None:
            if len(self._weeks) > _MOST_KEPT:
                self._weeks.clear()
            spans = list(self._spans(number * _WEEK, (number + 1) * _WEEK))
            known = self._weeks[number] = spans, sum(end - begin for begin, end in spans)
        return known

    def _spans(self, since: int, until: int) -> Iterator[tuple[int, int]]:
        """Between two changes of the offset the wall clock runs evenly: there days are cut out."""
        for begin, end, offset in self._even(since, until):
            for number in range((begin + offset) // _DAY, (end + offset - 1) // _DAY + 1):
                midnight = number * _DAY - offset
                for opens, shuts in self._hours_on(date.fromordinal(_EPOCH.toordinal() + number)):
                    span = max(begin, midnight + opens * _MINUTE), min(end, midnight + shuts * _MINUTE)
                    if span[0] < span[1]:
                        yield span

    def _even(self, since: int, until: int) -> Iterator[tuple[int, int, int]]:
        """Stretches of one offset each: from, until, offset."""
        begin, offset = since, self._offset(since)
        for step in range(since + _STEP, until + 1, _STEP):
            if self._offset(min(step, until - 1)) != offset:
                change = self._change(step - _STEP, step)
                yield begin, change, offset
                begin, offset = change, self._offset(change)
        yield begin, until, offset

    def _change(self, before: int, after: int) -> int:
        """The first instant of the offset that holds at the end of a stretch, to the second."""
        low, high, new = before // 1_000_000, after // 1_000_000, self._offset(after)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._offset(middle * 1_000_000) == new else (middle, high)
        return high * 1_000_000

    def _offset(self, at: int) -> int:
        there = (_EPOCH + timedelta(microseconds=at)).astimezone(self.zone).utcoffset()
        assert there is not None
        return there // _TICK


def _instant(ticks: int) -> datetime:
    return _EPOCH + timedelta(microseconds=ticks)


def _ticks(at: datetime) -> int:
    return (must_be_aware(at) - _EPOCH) // _TICK
