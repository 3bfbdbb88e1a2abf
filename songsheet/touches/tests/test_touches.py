"""Touches and tasks: logged, corrected, planned, done."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base.adopting import RowRefused
from songsheet.base.refusals import Stale
from songsheet.base.tests.cast import TUESDAY
from songsheet.base.tests.one_by_one import equal_one_by_one
from songsheet.buyers.adopt import PersonRow, adopt_people
from songsheet.journal.check import run
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.team.acting import as_import, as_member
from songsheet.touches.actions import change_task, change_touch, do_task, log_touch, plan_task
from songsheet.touches.adopt import (
    TaskRow,
    TouchRow,
    adopt_tasks,
    adopt_touches,
    withdraw_tasks,
    withdraw_touches,
)
from songsheet.touches.errors import DoneAlready, NoSuchTouch
from songsheet.touches.events import (
    TaskChanged,
    TaskDone,
    TaskGone,
    TaskPlanned,
    TouchChanged,
    TouchGone,
    TouchMade,
)
from songsheet.touches.models import Task, Touch

BY = as_import("import_00000000000000000000000001")


def suzanne(at: datetime) -> tuple[int, str]:
    (adopted,) = adopt_people([PersonRow(name="Suzanne Okafor")], by=BY, at=at)
    assert adopted.ref is not None
    return adopted.ref


def sound() -> list[str]:
    return [offence.sentence for offence in run(full=True, only=["I7"])]


def test_an_outgoing_call_is_the_actors_own_and_its_words_stay_out_of_the_journal(
    cast: dict[str, Any], at: datetime
) -> None:
    person = suzanne(at)
    row = TouchRow(
        kind="call", direction="out", person=person, subject="Returns", text="She believes in 60 days"
    )
    touch = log_touch(row, by=as_member(cast["priya"]), at=at)
    assert (touch.member, touch.at, touch.text) == (cast["priya"], at, "She believes in 60 days")
    entry = assert_recorded(
        TouchMade, touch=touch.key, person=person[1], member=cast["priya"].key, direction="out"
    )
    assert "believes" not in entry.event.model_dump_json()
    assert sound() == []


def test_what_a_buyer_did_is_nobodys_activity(cast: dict[str, Any], at: datetime) -> None:
    row = TouchRow(kind="form", direction="in", person=suzanne(at), at=at - timedelta(hours=1))
    touch = log_touch(row, by=as_member(cast["priya"]), at=at)
    assert touch.member is None
    assert assert_recorded(TouchMade, touch=touch.key).occurred_at == at - timedelta(hours=1)


@pytest.mark.parametrize(
    ("row", "field"),
    [(TouchRow(kind="shout"), "kind"), (TouchRow(), "kind"), (TouchRow(kind="call", amount=1), "currency")],
)
def test_what_is_no_touch_is_refused(cast: dict[str, Any], at: datetime, row: TouchRow, field: str) -> None:
    with pytest.raises(RowRefused) as refused:
        log_touch(row, by=as_member(cast["priya"]), at=at)
    assert refused.value.field == field
    assert_nothing_recorded(TouchMade)


def test_a_touch_is_corrected_field_by_field(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    touch = log_touch(TouchRow(kind="note", text="a"), by=by, at=at)
    change_touch(touch.key, text="b", version=1, by=by, at=at)
    change_touch(touch.key, subject="Prices", version=1, by=as_member(cast["tom"]), at=at)
    with pytest.raises(Stale):
        change_touch(touch.key, text="c", version=1, by=as_member(cast["tom"]), at=at)
    assert [entry.event.fields for entry in recorded(TouchChanged)] == ["text", "subject"]
    assert sound() == []


def test_a_touch_that_is_withdrawn_is_there_no_more(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    touch = log_touch(TouchRow(kind="note", person=suzanne(at)), by=by, at=at)
    withdraw_touches([touch.key], by=by, at=at, why="undone")
    assert_recorded(TouchGone, touch=touch.key, why="undone")
    with pytest.raises(NoSuchTouch):
        change_touch(touch.key, text="x", by=by, at=at)


def test_a_task_is_planned_moved_and_done_once(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    task = plan_task(TaskRow(subject="Call Suzanne", due_at=at), by=by, at=at)
    assert task.member == cast["priya"]
    assert_recorded(TaskPlanned, task=task.key, member=cast["priya"].key)
    change_task(task.key, due_at=at + timedelta(days=1), by=by, at=at)
    assert_recorded(TaskChanged, task=task.key, fields="due_at")
    assert do_task(task.key, by=by, at=at).done_at == at
    assert_recorded(TaskDone, task=task.key)
    with pytest.raises(DoneAlready):
        do_task(task.key, by=by, at=at)
    assert sound() == []
    withdraw_tasks([task.key], by=by, at=at, why="dropped")
    assert_recorded(TaskGone, task=task.key, why="dropped")


def test_the_same_touches_again_change_nothing(at: datetime, db: None) -> None:
    rows = [
        TouchRow(kind="call", at=at, external=("zoho", "1")),
        TouchRow(kind="mail", at=at, external=("zoho", "1")),
    ]
    assert [one.outcome for one in adopt_touches(rows, by=BY, at=at)] == ["created", "created"]
    rows[0].subject = "Hello"
    assert [one.outcome for one in adopt_touches(rows, by=BY, at=at)] == ["updated", "unchanged"]
    assert Touch.objects.count() == 2


def test_a_task_done_here_stays_done_when_the_file_says_nothing(at: datetime, cast: dict[str, Any]) -> None:
    row = TaskRow(subject="Call", external=("zoho", "1"))
    (adopted,) = adopt_tasks([row], by=BY, at=at)
    do_task(adopted.key, by=as_member(cast["priya"]), at=at)
    (again,) = adopt_tasks([row], by=BY, at=at)
    assert again.outcome == "unchanged"
    assert Task.objects.get().done_at == at


TIMES = st.none() | st.sampled_from([TUESDAY - timedelta(days=n) for n in range(3)])
NUMBERS = st.sampled_from(["1", "2", ""])
MANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(
    some=st.lists(
        st.tuples(
            st.sampled_from(["call", "mail", "", "shout"]), st.sampled_from(["", "in"]), TIMES, NUMBERS
        ),
        max_size=8,
    )
)
def test_touches_together_are_touches_one_by_one(some: list[Any], db: None) -> None:
    def touches(world: str) -> list[TouchRow]:
        return [
            TouchRow(kind=kind, direction=way, at=when, external=(world, number) if number else None)
            for kind, way, when, number in some
        ]

    equal_one_by_one(lambda rows: adopt_touches(rows, by=BY, at=TUESDAY), touches, ["touches_touch"])


@MANY
@given(some=st.lists(st.tuples(st.sampled_from(["Call", "Mail", ""]), TIMES, TIMES, NUMBERS), max_size=8))
def test_tasks_together_are_tasks_one_by_one(some: list[Any], db: None) -> None:
    def tasks(world: str) -> list[TaskRow]:
        return [
            TaskRow(subject=subject, due_at=due, done_at=done, external=(world, number) if number else None)
            for subject, due, done, number in some
        ]

    equal_one_by_one(lambda rows: adopt_tasks(rows, by=BY, at=TUESDAY), tasks, ["touches_task"])
