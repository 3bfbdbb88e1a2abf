"""Promises over working time: started, paused, run on, kept, missed, stopped; told once; counted anew."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from songsheet.base.ids import new_key
from songsheet.clocks.actions import (
    keep_clock,
    miss_clock,
    pause_clock,
    resume_clock,
    start_clocks,
    stop_clock,
)
from songsheet.clocks.alert_actions import recount, tell_what_is_due
from songsheet.clocks.errors import ClockRefused, NoSuchClock, NotSo
from songsheet.clocks.events import (
    ClockBreached,
    ClockKept,
    ClockMissed,
    ClockMoved,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    ClockWarned,
)
from songsheet.clocks.making import Promise
from songsheet.clocks.models import Clock
from songsheet.clocks.reactions import READER
from songsheet.journal.readers import catch_up
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.team.acting import as_member, as_system
from songsheet.team.hours.actions import enter_leave, mark_day, set_house_hours
from songsheet.team.models import Member

HOUR = timedelta(hours=1)
SYSTEM = as_system("clocks")


def start(member: Member | None, at: datetime, minutes: int | None = 480, **given: Any) -> Clock:
    promise = Promise(
        given.pop("kind", "first_answer"),
        new_key("lead"),
        member.id if member else None,
        at,
        minutes,
        **given,
    )
    (clock,) = start_clocks([promise], by=SYSTEM, at=at)
    return clock


def stands(clock: Clock) -> Clock:
    return Clock.objects.get(id=clock.id)


def test_a_promise_is_due_in_working_hours_and_warned_an_hour_before(
    cast: dict[str, Any], at: datetime
) -> None:
    clock = start(cast["priya"], at)  # Tuesday, 10:12
    assert (clock.due_at - at, clock.warn_at) == (24 * HOUR, clock.due_at - HOUR)
    assert (clock.hours, clock.state) == ("member", "running")
    assert_recorded(ClockStarted, clock=clock.key, member=cast["priya"].key, minutes=480)
    short = start(cast["priya"], at, 30)
    assert short.warn_at == at + timedelta(minutes=15)  # not when it is made
    friday = start(None, at + timedelta(days=3, hours=6))
    assert (friday.hours, friday.due_at) == ("house", datetime(2026, 5, 18, 16, 12, tzinfo=UTC))
    by_hand = start(cast["priya"], at, None, due_at=at + 5 * HOUR)
    assert (by_hand.hours, by_hand.warn_at) == ("", at + 4 * HOUR)


def test_each_warning_and_each_breach_is_told_once(cast: dict[str, Any], at: datetime) -> None:
    clocks = [start(cast["priya"], at, 120) for _ in range(3)]
    quiet = start(cast["priya"], at, 120, alerts=False)
    for minutes, warned, breached in (
        (59, 0, 0),
        (60, 3, 0),
        (119, 3, 0),
        (120, 3, 3),
        (90, 3, 3),
        (5000, 3, 3),
    ):
        for _ in range(2):
            tell_what_is_due(by=SYSTEM, at=at + timedelta(minutes=minutes))
        assert (len(recorded(ClockWarned)), len(recorded(ClockBreached))) == (warned, breached)
    told = assert_recorded(ClockBreached, clock=clocks[0].key)
    assert told.occurred_at == clocks[0].due_at
    assert (stands(quiet).breached_at, stands(quiet).warned_at) == (None, None)
    keep_clock(clocks[0].key, by=SYSTEM, at=at + 5 * HOUR)
    assert_recorded(ClockMissed, clock=clocks[0].key)
    assert stands(clocks[0]).state == "broken"


def test_after_a_jump_of_the_time_only_the_breach_is_told(cast: dict[str, Any], at: datetime) -> None:
    start(cast["priya"], at)
    for jump in (timedelta(days=-1), timedelta(days=366), timedelta(days=1)):
        tell_what_is_due(by=SYSTEM, at=at + jump)
    assert (len(recorded(ClockWarned)), len(recorded(ClockBreached))) == (0, 1)


def test_a_paused_promise_is_due_later_by_what_it_stood_still(cast: dict[str, Any], at: datetime) -> None:
    clock, other = start(cast["priya"], at), start(cast["priya"], at, None, due_at=at + 5 * HOUR)
    noon, friday = at + 2 * HOUR, datetime(2026, 5, 15, 9, tzinfo=UTC)
    for one in (clock, other):
        pause_clock(one.key, friday, by=SYSTEM, at=noon)
        assert_recorded(ClockPaused, clock=one.key, until=friday.isoformat())
    tell_what_is_due(by=SYSTEM, at=friday - HOUR)
    assert_nothing_recorded(ClockBreached)
    assert stands(clock).state == "paused"
    with pytest.raises(NotSo):
        pause_clock(clock.key, friday, by=SYSTEM, at=noon)
    tell_what_is_due(by=SYSTEM, at=friday)
    assert (stands(clock).state, stands(clock).due_at) == ("running", friday + 6 * HOUR)
    assert stands(other).due_at == friday + 3 * HOUR
    assert_recorded(ClockResumed, clock=clock.key)
    pause_clock(clock.key, friday + 9 * HOUR, by=SYSTEM, at=friday + HOUR)
    assert resume_clock(clock.key, by=SYSTEM, at=friday + 2 * HOUR).due_at == friday + 7 * HOUR
    with pytest.raises(NotSo):
        resume_clock(clock.key, by=SYSTEM, at=friday)
    with pytest.raises(ClockRefused):
        pause_clock(clock.key, at, by=SYSTEM, at=friday)


def test_a_promise_ends_once(cast: dict[str, Any], at: datetime) -> None:
    kept, missed, stopped = (start(cast["priya"], at) for _ in range(3))
    keep_clock(kept.key, by=SYSTEM, at=at + HOUR)
    miss_clock(missed.key, by=SYSTEM, at=at + HOUR)
    stop_clock(stopped.key, by=SYSTEM, at=at + HOUR)
    assert [stands(one).state for one in (kept, missed, stopped)] == ["kept", "broken", "stopped"]
    for event, one in ((ClockKept, kept), (ClockMissed, missed), (ClockStopped, stopped)):
        assert_recorded(event, clock=one.key)
        with pytest.raises(NotSo):
            stop_clock(one.key, by=SYSTEM, at=at + HOUR)
    with pytest.raises(NoSuchClock):
        stop_clock(new_key("clock"), by=SYSTEM, at=at)
    for wrong in ({"kind": "tea"}, {"minutes": None}, {"due_at": at}):
        with pytest.raises(ClockRefused):
            start(cast["priya"], at, **wrong)


def test_what_a_clock_can_never_be_the_database_refuses(cast: dict[str, Any], at: datetime) -> None:
    clock = start(cast["priya"], at)
    for wrong in (
        {"state": "paused"},
        {"state": "kept"},
        {"state": "lost", "ended_at": at},
        {"paused_until": at},
        {"breached_at": at},
        {"due_at": at - HOUR},
        {"hours": ""},
        {"minutes": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Clock.objects.filter(id=clock.id).update(**wrong)
    with pytest.raises(IntegrityError):
        start_clocks([Promise("first_answer", clock.about, None, at, 60)], by=SYSTEM, at=at)


def test_when_hours_change_promises_are_counted_anew(cast: dict[str, Any], at: datetime) -> None:
    catch_up(READER)
    mine, house, over = start(cast["priya"], at), start(None, at), start(cast["priya"], at, 10)
    tell_what_is_due(by=SYSTEM, at=at + HOUR)
    enter_leave(cast["priya"].key, date(2026, 5, 13), date(2026, 5, 15), by=as_member(cast["priya"]), at=at)
    catch_up(READER)
    assert recount([cast["priya"].key], by=SYSTEM, at=at + HOUR) == 1
    assert stands(mine).due_at == datetime(2026, 5, 18, 10, 12, tzinfo=UTC)
    assert_recorded(ClockMoved, clock=mine.key, before=mine.due_at.isoformat())
    assert (stands(house).due_at, stands(over).due_at) == (house.due_at, over.due_at)
    mark_day(None, date(2026, 5, 13), by=as_member(cast["ruth"]), at=at)
    assert recount(None, by=SYSTEM, at=at + HOUR) == 1
    assert stands(house).due_at == datetime(2026, 5, 14, 10, 12, tzinfo=UTC)
    round_the_clock = [((0, 1440),)] * 7
    set_house_hours(round_the_clock, by=as_member(cast["ruth"]), at=at)
    late = stands(house).due_at - HOUR
    assert recount(None, by=SYSTEM, at=late) == 0  # counted anew both would be over since Tuesday
    assert stands(house).due_at == late + HOUR


def test_the_api_lists_them(cast: dict[str, Any], at: datetime) -> None:
    client = Client()
    client.force_login(cast["tom"])
    clock, other = start(cast["priya"], at, 60), start(cast["diane"], at, kind="verdict")
    keep_clock(start(cast["priya"], at).key, by=SYSTEM, at=at)
    tell_what_is_due(by=SYSTEM, at=at + 2 * HOUR)

    def keys(query: str) -> list[str]:
        answer = client.get(f"/api/v1/clocks?{query}")
        assert answer.status_code == 200, answer.content
        return [one["key"] for one in answer.json()["items"]]

    assert keys("state=running") == [clock.key, other.key]
    assert keys("state=running&sort=-due") == [other.key, clock.key]
    assert keys("state=late") == keys(f"about={clock.about}") == [clock.key]
    assert (
        keys(f"member={cast['diane'].key}")
        == keys("kind=verdict")
        == keys("from=2026-05-13&state=current")
        == [other.key]
    )
    assert client.get("/api/v1/clocks?state=gone").status_code == 422
    (shown,) = client.get(f"/api/v1/clocks?about={clock.about}").json()["items"]
    assert (shown["member"], shown["minutes"], shown["hours"]) == (cast["priya"].key, 60, "member")
    assert shown["breached"]
