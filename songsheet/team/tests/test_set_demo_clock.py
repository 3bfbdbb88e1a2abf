"""The demo's own time: it can be moved in the demo, and nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest

from songsheet.journal.testing import assert_nothing_recorded, assert_recorded
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import change_house, set_demo_clock
from songsheet.team.demo_time import jump_target
from songsheet.team.errors import NoSuchJump, NotADemo
from songsheet.team.events import HouseChanged
from songsheet.team.queries import house, now

TUESDAY = datetime(2026, 5, 12, 9, 12, tzinfo=UTC)  # 10:12 in London


def test_in_the_demo_the_house_goes_on_from_the_time_that_was_set(cast):
    change_house(version=None, is_demo=True, by=as_system("tests"), at=now())
    set_demo_clock(to=TUESDAY, by=as_member(cast["priya"]), at=now())
    assert timedelta(0) <= now() - TUESDAY < timedelta(seconds=30)
    assert_recorded(HouseChanged, fields="demo time", actor=cast["priya"].key)


def test_outside_the_demo_the_time_is_what_it_is(cast):
    with pytest.raises(NotADemo):
        set_demo_clock(to=TUESDAY, by=as_member(cast["ruth"]), at=now())
    assert house().clock_offset == timedelta(0)
    assert_nothing_recorded(HouseChanged)


@pytest.mark.parametrize(
    ("target", "at", "expected"),
    [
        ("17:00", TUESDAY, datetime(2026, 5, 12, 16, 0, tzinfo=UTC)),
        ("17:00", TUESDAY + timedelta(hours=7), datetime(2026, 5, 13, 16, 0, tzinfo=UTC)),
        ("next-monday", TUESDAY, datetime(2026, 5, 18, 8, 0, tzinfo=UTC)),
        ("next-monday", datetime(2026, 5, 18, 9, 0, tzinfo=UTC), datetime(2026, 5, 25, 8, 0, tzinfo=UTC)),
    ],
)
def test_a_jump_leads_to_the_next_such_time_of_the_house(target, at, expected):
    assert jump_target(target, at=at, zone="Europe/London") == expected


def test_a_jump_to_anywhere_else_is_refused():
    with pytest.raises(NoSuchJump):
        jump_target("yesterday", at=TUESDAY, zone="Europe/London")


def test_the_button_of_the_bar_moves_the_time(client, cast):
    change_house(version=None, is_demo=True, zone="Europe/London", by=as_system("tests"), at=now())
    set_demo_clock(to=TUESDAY, by=as_member(cast["ruth"]), at=now())
    answer = client.post("/demo/jump?target=17:00")
    assert answer.status_code == 302
    assert timedelta(0) <= now() - datetime(2026, 5, 12, 16, 0, tzinfo=UTC) < timedelta(seconds=30)
