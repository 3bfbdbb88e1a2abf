"""Free times lie within working hours, beside nothing that is taken, on every day of every zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from songsheet.intake.appointments.free import Taken, Wish, free_times
from songsheet.team.hours.calendar import Calendar, Hours

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
#: Weeks with a change of the clock on the wall in some of these zones, and one without.
WEEKS = (
    datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 3, 26, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC),
    datetime(2026, 10, 22, tzinfo=UTC), datetime(2026, 6, 10, tzinfo=UTC),
)  # fmt: skip
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    cuts = draw(st.lists(st.integers(0, 96), min_size=0, max_size=4, unique=True).map(sorted))
    return tuple((a * 15, b * 15) for a, b in zip(cuts[::2], cuts[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    week = draw(st.lists(hours(), min_size=7, max_size=7).filter(any))
    off = draw(st.sets(st.integers(0, 9), max_size=3))
    days = {date(2026, 1, 1) + timedelta(days=n * 3) for n in off}
    return Calendar(draw(st.sampled_from(ZONES)), week, lambda day: () if day in days else None)


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    room = st.sampled_from([0, 5, 15, 45]).map(lambda n: n * MINUTE)
    length, step = draw(st.integers(15, 120)), draw(st.sampled_from([5, 15, 30, 60]))
    return Wish(length * MINUTE, step * MINUTE, draw(room), draw(room))


@st.composite
def takens(draw: st.DrawFn) -> Taken:
    begins = draw(st.integers(0, 7 * 24 * 60)) * MINUTE
    room = st.sampled_from([0, 10, 60]).map(lambda n: n * MINUTE)
    first = draw(st.sampled_from(WEEKS)) + begins
    return Taken(first, first + draw(st.integers(1, 600)) * MINUTE, draw(room), draw(room))


def found(
    calendar: Calendar, taken: list[Taken], wish: Wish, since: datetime, days: int = 7
) -> list[datetime]:
    until = since + days * DAY
    worked = calendar.worked_between(since - 2 * DAY, until + 2 * DAY)
    return list(free_times(worked, taken, wish, since=since, until=until))


@settings(max_examples=150, deadline=None)
@given(calendars(), st.lists(takens(), max_size=8), wishes(), st.sampled_from(WEEKS), st.integers(0, 1500))
def test_each_lies_within_working_hours_and_beside_what_is_taken(
    calendar: Calendar, taken: list[Taken], wish: Wish, week: datetime, late: int
) -> None:
    since = week + late * MINUTE
    minutes = wish.length // MINUTE
    times = found(calendar, taken, wish, since)
    assert times == sorted(set(times))
    for at in times:
        assert since <= at < since + 7 * DAY
        assert calendar.minutes_between(at, at + wish.length) == minutes
        for one in taken:
            assert at + wish.length <= one.begins - max(one.before, wish.after) or (
                at >= one.ends + max(one.after, wish.before)
            )


@settings(max_examples=60, deadline=None)
@given(calendars(), st.lists(takens(), max_size=5), wishes(), st.sampled_from(WEEKS))
def test_what_is_asked_for_in_parts_is_the_same(
    calendar: Calendar, taken: list[Taken], wish: Wish, week: datetime
) -> None:
    whole = found(calendar, taken, wish, week)
    parts = [at for n in range(7) for at in found(calendar, taken, wish, week + n * DAY, 1)]
    assert parts == whole


@settings(max_examples=60, deadline=None)
@given(calendars(), wishes(), takens(), st.sampled_from(WEEKS))
def test_what_is_booked_is_offered_to_nobody_else_and_all_else_stays_free(
    calendar: Calendar, wish: Wish, other: Taken, week: datetime
) -> None:
    before = found(calendar, [other], wish, week)
    if not before:
        return
    booked = Taken(before[0], before[0] + wish.length, wish.before, wish.after)
    after = found(calendar, [other, booked], wish, week)
    assert set(after) <= set(before)
    room = wish.length + max(wish.before, wish.after)
    assert [at for at in before if abs(at - before[0]) >= room] == [
        at for at in after if abs(at - before[0]) >= room
    ]


def nine_to_five(zone: str) -> Calendar:
    return Calendar(zone, [[(540, 1020)]] * 5 + [[], []])


def test_nine_is_nine_before_and_after_the_clocks_change() -> None:
    wish = Wish(60 * MINUTE, 60 * MINUTE)
    berlin = ZoneInfo("Europe/Berlin")
    times = found(nine_to_five("Europe/Berlin"), [], wish, datetime(2026, 3, 23, tzinfo=UTC), 14)
    firsts = {at.astimezone(berlin).date(): at for at in reversed(times)}
    assert {at.astimezone(berlin).hour for at in firsts.values()} == {9}
    assert {at.hour for at in firsts.values()} == {8, 7}


def test_an_hour_that_is_skipped_is_not_offered_and_one_that_repeats_is_offered_twice() -> None:
    night = Calendar("Europe/Berlin", [[(0, 240)]] * 7)
    wish = Wish(60 * MINUTE, 60 * MINUTE)
    skipped = found(night, [], wish, datetime(2026, 3, 28, 20, tzinfo=UTC), 1)
    repeated = found(night, [], wish, datetime(2026, 10, 24, 20, tzinfo=UTC), 1)
    assert (len(skipped), len(repeated)) == (3, 5)


def test_times_begin_where_the_work_begins_and_round_the_clock_at_the_full_hour() -> None:
    odd = Calendar("UTC", [[(525, 615)]] * 7)
    wish = Wish(30 * MINUTE, 30 * MINUTE)
    day = datetime(2026, 6, 10, tzinfo=UTC)
    assert [f"{at:%H:%M}" for at in found(odd, [], wish, day, 1)] == ["08:45", "09:15", "09:45"]
    always = Calendar("UTC", [[(0, 1440)]] * 7)
    times = found(always, [], wish, day + 7 * MINUTE, 1)
    assert (f"{times[0]:%H:%M}", len(times)) == ("00:30", 48)


def test_room_is_kept_by_whichever_wants_more_of_it() -> None:
    day = datetime(2026, 6, 10, tzinfo=UTC)
    taken = [Taken(day.replace(hour=12), day.replace(hour=13), 15 * MINUTE, 15 * MINUTE)]
    wish = Wish(60 * MINUTE, 30 * MINUTE, before=30 * MINUTE)
    times = [f"{at:%H:%M}" for at in found(nine_to_five("UTC"), taken, wish, day, 1)]
    assert times == ["09:00", "09:30", "10:00", "10:30", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00"]
