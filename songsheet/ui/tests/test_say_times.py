"""Times in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from songsheet.base.tests.cast import TUESDAY as NOW
from songsheet.ui.components.times import day_heading, left, relative, time_left, when


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "just now"),
        (41, "41 min ago"),
        (60, "1 h ago"),
        (9 * 60, "9 h ago"),
        (22 * 60, "yesterday 12:12"),
        (72 * 60, "9 May"),
        (-40, "in 40 min"),
        (-139, "today 12:31"),
        (-24 * 60, "Wed 10:12"),
        (-9 * 24 * 60, "21 May"),
    ],
)
def test_how_far_a_moment_is_from_now(minutes, words):
    assert relative(NOW - timedelta(minutes=minutes), NOW) == words


def test_another_year_is_named():
    assert relative(datetime(2024, 4, 30, tzinfo=UTC), NOW) == "30 April 2024"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (139, "2 h 19 left"),
        (120, "2 h left"),
        (40, "40 min left"),
        (0.5, "1 min left"),
        (0, "1 min late"),
        (-72, "1 h late"),
        (-3 * 24 * 60, "3 days late"),
        (2 * 24 * 60 + 408, "Thu 17:00"),
        (9 * 24 * 60, "21 May"),
    ],
)
def test_how_much_is_left_of_a_promise(minutes, words):
    assert time_left(NOW + timedelta(minutes=minutes), NOW) == words


@pytest.mark.parametrize(("minutes", "state"), [(139, "left"), (40, "left soon"), (-5, "left late")])
def test_time_left_is_coloured_only_when_it_asks_for_haste(minutes, state):
    assert f'class="{state}"' in left(NOW + timedelta(minutes=minutes), NOW)


def test_the_clocks_say_when_a_working_hour_is_left():
    due = NOW + timedelta(hours=15)
    assert 'class="left soon"' in left(due, NOW, soon=NOW - timedelta(minutes=1))


def test_the_ring_shows_the_share_that_is_left():
    assert 'stroke-dasharray="25 100"' in left(NOW + timedelta(hours=1), NOW, since=NOW - timedelta(hours=3))


def test_a_moment_of_a_story_shows_its_time_of_day_because_its_day_stands_above():
    assert ">12:02</time>" in when(datetime(2026, 5, 11, 12, 2, tzinfo=UTC), NOW, style="story")
    assert ">41 min ago</time>" in when(NOW - timedelta(minutes=41), NOW, style="story")


def test_the_exact_moment_is_on_the_hover():
    assert 'title="Tuesday 12 May 2026, 10:12 UTC"' in when(NOW, NOW)


@pytest.mark.parametrize(
    ("day", "name", "also"),
    [
        (date(2026, 5, 12), "Today", "Tuesday 12 May"),
        (date(2026, 5, 11), "Yesterday", "Monday 11 May"),
        (date(2026, 4, 30), "Thursday 30 April", ""),
        (date(2026, 4, 28), "Tuesday 28 April", "two weeks ago"),
    ],
)
def test_days_are_named_as_one_says_them(day, name, also):
    heading = day_heading(day, NOW.date())
    assert (heading.name, heading.also) == (name, also)
