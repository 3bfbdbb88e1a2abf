"""A day belongs to a zone."""

from datetime import UTC, date, datetime

import pytest

from songsheet.base.time import day_of


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        (datetime(2026, 5, 12, 23, 30, tzinfo=UTC), "Europe/Berlin", date(2026, 5, 13)),
        (datetime(2026, 5, 12, 3, 30, tzinfo=UTC), "America/New_York", date(2026, 5, 11)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Europe/Berlin", date(2026, 3, 29)),
    ],
)
def test_an_instant_falls_on_the_day_of_its_zone(at: datetime, zone: str, day: date) -> None:
    assert day_of(at, zone) == day


def test_a_naive_time_has_no_day() -> None:
    with pytest.raises(ValueError, match="no zone"):
        day_of(datetime(2026, 5, 12), "UTC")  # noqa: DTZ001
