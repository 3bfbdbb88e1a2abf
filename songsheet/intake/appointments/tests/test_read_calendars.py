"""When a calendar elsewhere says that somebody is busy: repeated, excepted, moved, whole days, any zone."""

from datetime import UTC, datetime, timedelta

import pytest

from songsheet.intake.appointments import busy
from songsheet.intake.appointments.busy import NotACalendar, busy_times
from songsheet.intake.appointments.ics import Entry, calendar_of

SINCE, UNTIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)


def file(*events: str) -> str:
    inner = "\r\n".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{one}\r\nEND:VEVENT" for n, one in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{inner}\r\nEND:VCALENDAR\r\n"


def times(*events: str, zone: str = "UTC") -> list[str]:
    pairs = busy_times(file(*events), zone=zone, since=SINCE, until=UNTIL)
    at = [tuple(datetime.fromtimestamp(one * 60, UTC) for one in pair) for pair in pairs]
    return [f"{a:%m-%d %H:%M}/{b:%m-%d %H:%M}" for a, b in at]


def test_one_appointment_in_its_zone_and_one_without_any() -> None:
    assert times(
        "DTSTART;TZID=Europe/Berlin:20260310T090000\r\nDTEND;TZID=Europe/Berlin:20260310T100000"
    ) == ["03-10 08:00/03-10 09:00"]
    assert times("DTSTART:20260310T090000\r\nDURATION:PT30M", zone="America/New_York") == [
        "03-10 13:00/03-10 13:30"
    ]
    assert times("DTSTART;TZID=W. Europe Standard Time:20260310T090000\r\nDURATION:PT1H") == [
        "03-10 08:00/03-10 09:00"
    ]


def test_whole_days_are_those_of_the_member() -> None:
    assert times("DTSTART;VALUE=DATE:20260310\r\nDTEND;VALUE=DATE:20260312", zone="Europe/Berlin") == [
        "03-09 23:00/03-11 23:00"
    ]
    assert times("DTSTART;VALUE=DATE:20260310") == ["03-10 00:00/03-11 00:00"]


def test_what_is_shown_as_free_or_was_cancelled_takes_no_time() -> None:
    at = "DTSTART:20260310T090000Z\r\nDURATION:PT1H"
    assert not times(f"{at}\r\nTRANSP:TRANSPARENT", f"{at}\r\nSTATUS:CANCELLED")
    assert not times(f"{at}\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE")


def test_what_repeats_stays_at_nine_when_the_clocks_change_but_for_what_is_excepted() -> None:
    weekly = (
        "DTSTART;TZID=Europe/Berlin:20260316T090000\r\nDTEND;TZID=Europe/Berlin:20260316T093000\r\n"
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260413T070000Z\r\nEXDATE;TZID=Europe/Berlin:20260323T090000"
    )
    assert times(weekly) == [
        "03-16 08:00/03-16 08:30", "03-30 07:00/03-30 07:30", "04-06 07:00/04-06 07:30",
        "04-13 07:00/04-13 07:30",
    ]  # fmt: skip
    counted = "DTSTART:20260228T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3"
    assert times(counted) == ["03-01 09:00/03-01 10:00", "03-02 09:00/03-02 10:00"]
    ended = "DTSTART:19980105T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=20200101T000000Z"
    assert not times(ended)


def test_one_of_a_series_that_was_moved_stands_where_it_was_moved_to() -> None:
    series = (
        "DTSTART:20260302T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nRDATE:20260304T120000Z"
    )
    moved = "RECURRENCE-ID:20260309T090000Z\r\nDTSTART:20260310T150000Z\r\nDURATION:PT2H"
    text = file(series, moved).replace("UID:1", "UID:0")
    pairs = busy_times(text, zone="UTC", since=SINCE, until=UNTIL)
    starts = [f"{datetime.fromtimestamp(a * 60, UTC):%m-%d %H}" for a, _ in pairs]
    assert starts == ["03-02 09", "03-04 12", "03-10 15", "03-16 09"]
    gone = text.replace("DURATION:PT2H", "DURATION:PT2H\r\nSTATUS:CANCELLED")
    assert len(busy_times(gone, zone="UTC", since=SINCE, until=UNTIL)) == 3


def test_times_that_touch_are_one_and_nothing_lies_outside_the_bounds() -> None:
    first = "DTSTART:20260310T090000Z\r\nDTEND:20260310T100000Z"
    second = "DTSTART:20260310T093000Z\r\nDTEND:20260310T110030Z"
    long = "DTSTART:20250101T000000Z\r\nDTEND:20260302T000000Z"
    assert times(first, second, long) == ["03-01 00:00/03-02 00:00", "03-10 09:00/03-10 11:01"]


def test_a_calendar_that_never_ends_is_bounded() -> None:
    daily = "DTSTART:19710101T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY"
    assert len(times(daily)) == 61
    never = "DTSTART:20260101T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"
    assert not times(never)
    for rule in ("FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=HOURLY"):
        with pytest.raises(NotACalendar):
            times(f"DTSTART:20260101T090000Z\r\nDURATION:PT1M\r\nRRULE:{rule}")
    with pytest.raises(NotACalendar):
        times(*[daily] * (busy.MOST_RULES + 1))


@pytest.mark.parametrize(
    "text", ["", "<html>Sign in</html>", "BEGIN:VCALENDAR\r\n", "\x00\x01", "BEGIN:VEVENT"]
)
def test_what_is_no_calendar_says_so(text: str) -> None:
    with pytest.raises(NotACalendar):
        busy_times(text, zone="UTC", since=SINCE, until=UNTIL)


def test_one_that_cannot_be_read_does_not_hide_the_others() -> None:
    good = "DTSTART:20260310T090000Z\r\nDURATION:PT1H"
    assert times("DTSTART:20269999T990000Z", "SUMMARY:no time", good, "DTSTART:20260310T0900Z") == [
        "03-10 09:00/03-10 10:00"
    ]


def test_what_we_write_we_read() -> None:
    begins = datetime(2026, 3, 10, 9, tzinfo=UTC)
    one = Entry("a@b", begins, begins + timedelta(hours=1), "Tea; with, “Nils”\nÅberg", "Here", 2, begins)
    gone = Entry("c@b", begins, begins + timedelta(hours=2), "x", "", 1, begins, cancelled=True)
    text = calendar_of([one, gone], name="Aldermoor").decode()
    assert "SEQUENCE:2" in text
    assert [pair[1] - pair[0] for pair in busy_times(text, zone="UTC", since=SINCE, until=UNTIL)] == [60]
