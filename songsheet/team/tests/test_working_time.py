"""Working time against a counter that goes minute by minute and shares no code with it."""

import time
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songsheet.team.errors import HoursRefused, NeverDue
from songsheet.team.hours.calendar import Calendar, Hours

NINE_TO_FIVE: Hours = ((540, 1020),)
WEEK: tuple[Hours, ...] = (*(NINE_TO_FIVE,) * 5, (), ())
#: A zone and a day near which its clocks change: both ways, by an hour, half an hour, two, a whole day.
PLACES = [
    ("UTC", "2026-01-01"),
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("America/St_Johns", "2006-10-29"),
    ("America/Havana", "2025-11-02"),
    ("Africa/Cairo", "2025-10-31"),
    ("Asia/Tehran", "2021-09-21"),
    ("Asia/Kolkata", "2026-05-12"),
    ("Asia/Kathmandu", "2026-05-12"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Pacific/Chatham", "2026-09-27"),
    ("Pacific/Apia", "2011-12-30"),
    ("Antarctica/Troll", "2026-03-29"),
]
WINDOW = 12 * 24 * 60


@cache
def wall(zone: str, day: str) -> tuple[datetime, "np.ndarray", "np.ndarray"]:
    """What the clock on the wall says in each minute around a day: which date, which minute of it."""
    begin = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(days=6)
    there = [(begin + timedelta(minutes=n)).astimezone(ZoneInfo(zone)) for n in range(WINDOW)]
    return (
        begin,
        np.array([one.toordinal() for one in there]),
        np.array([one.hour * 60 + one.minute for one in there]),
    )


def counted(zone: str, day: str, week: tuple[Hours, ...], special: dict[date, Hours]) -> "np.ndarray":
    """Minute by minute: whether it is worked, summed up from the first."""
    _, days, minutes = wall(zone, day)
    works = np.zeros((days.max() - days.min() + 1, 1440), dtype=bool)
    for row, ordinal in enumerate(range(days.min(), days.max() + 1)):
        on = date.fromordinal(int(ordinal))
        for opens, shuts in special.get(on, week[on.weekday()]):
            works[row, opens:shuts] = True
    worked = works[days - days.min(), minutes]
    return np.concatenate([[0], np.cumsum(worked)])


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    marks = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
    return tuple(zip(marks[0::2], marks[1::2], strict=False))


WEEKS = st.tuples(*[st.one_of(st.just(()), st.just(NINE_TO_FIVE), hours())] * 7).filter(any)
MINUTE = st.integers(0, WINDOW - 1)
#: From which minute to which, or after how many of them; and seconds that are not counted.
CASES = st.lists(
    st.tuples(MINUTE, MINUTE, st.integers(0, 3_000), st.integers(0, 59)), min_size=10, max_size=10
)


@settings(max_examples=300, deadline=None)
@given(
    place=st.sampled_from(PLACES),
    week=WEEKS,
    off=st.dictionaries(st.integers(-6, 6), hours(), max_size=3),
    cases=CASES,
)
def test_it_agrees_with_counting_each_minute(
    place: tuple[str, str],
    week: tuple[Hours, ...],
    off: dict[int, Hours],
    cases: list[tuple[int, int, int, int]],
) -> None:
    around = date.fromisoformat(place[1])
    special = {around + timedelta(days=days): hours for days, hours in off.items()}
    begin, _, _ = wall(*place)
    worked = counted(*place, week, special)
    calendar = Calendar(place[0], week, special.get)
    for first, second, minutes, seconds in cases:
        start, other = begin + timedelta(minutes=first), begin + timedelta(minutes=second)
        assert calendar.minutes_between(start, other) == worked[second] - worked[first]
        if minutes and worked[-1] - worked[first] >= minutes:
            due = begin + timedelta(minutes=int(np.searchsorted(worked, worked[first] + minutes)))
            assert calendar.due(start, minutes) == due
            late = start + timedelta(seconds=seconds)  # within a minute: nothing is lost and nothing won
            assert calendar.minutes_between(late, calendar.due(late, minutes)) == minutes
            since = calendar.so_long_before(due + timedelta(seconds=seconds), minutes)
            then = timedelta(microseconds=1)
            assert calendar.minutes_between(since, due + timedelta(seconds=seconds)) == minutes
            assert calendar.minutes_between(since + then, due + timedelta(seconds=seconds)) == minutes - 1


def test_what_is_due_after_a_weekend_a_holiday_and_a_night() -> None:
    christmas = {date(2026, 12, 25): (), date(2026, 12, 28): ()}
    berlin = Calendar("Europe/Berlin", WEEK, christmas.get)
    friday = datetime(2026, 12, 24, 15, 30, tzinfo=UTC)  # 16:30 there
    assert berlin.due(friday, 60) == datetime(2026, 12, 29, 8, 30, tzinfo=UTC)
    saturday = datetime(2026, 5, 16, 12, tzinfo=UTC)
    assert berlin.due(saturday, 0) == saturday
    assert berlin.due(saturday, 1) == datetime(2026, 5, 18, 7, 1, tzinfo=UTC)
    assert berlin.due(saturday, 480) == datetime(2026, 5, 18, 15, tzinfo=UTC)  # at five, not the day after
    assert berlin.works_on(date(2026, 12, 24))
    assert not berlin.works_on(date(2026, 12, 25))


def test_the_offset_is_that_of_the_day_and_not_of_today() -> None:
    new_york = Calendar("America/New_York", WEEK)
    assert new_york.due(datetime(2026, 3, 6, 21, 30, tzinfo=UTC), 60) == datetime(
        2026, 3, 9, 13, 30, tzinfo=UTC
    )
    assert new_york.minutes_between(
        datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    ) == 480 * sum(date.fromordinal(n).weekday() < 5 for n in range(737425, 739617))


def test_an_hour_that_comes_twice_is_worked_twice_and_one_that_is_skipped_not_at_all() -> None:
    night = Calendar("Europe/Berlin", [((60, 240),)] * 7)
    assert (
        night.minutes_between(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC))
        == 240
    )
    assert (
        night.minutes_between(datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 6, tzinfo=UTC))
        == 120
    )


def test_a_calendar_on_which_nothing_is_worked_is_told() -> None:
    with pytest.raises(HoursRefused):
        Calendar("UTC", [()] * 7)
    with pytest.raises(HoursRefused):
        Calendar("UTC", [((540, 600), (590, 700)), *[()] * 6])
    with pytest.raises(HoursRefused):
        Calendar("UTC", [((600, 600),), *[()] * 6])
    with pytest.raises(NeverDue):
        Calendar("UTC", WEEK, lambda day: ()).due(datetime(2026, 5, 12, tzinfo=UTC), 1)


def test_many_at_once_take_a_few_seconds() -> None:
    calendar = Calendar("Europe/Berlin", WEEK)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    began = time.monotonic()
    for number in range(100_000):
        calendar.due(start + timedelta(minutes=number * 7), 480)
    assert time.monotonic() - began < 5
