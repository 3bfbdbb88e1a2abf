"""What changes tasks: planned, done, taken up again, changed, reminded of; many at once as one by one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from songsheet.base.adopting import named, one
from songsheet.base.many import Many, sift
from songsheet.journal.act import act
from songsheet.journal.changing import change_rows, write_rows
from songsheet.journal.events import Event
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.adopt_tasks import TaskRow, Tasks, adopt_tasks
from songsheet.touches.errors import DoneAlready, NoSuchTask, NotDone
from songsheet.touches.events import TaskChanged, TaskDone, TaskReminded, TaskReopened
from songsheet.touches.models import TO_REMIND, Task
from songsheet.touches.queries import about, held_rows


def plan_task(row: TaskRow, *, by: Acting, at: datetime) -> Task:
    """Mean to do something by a time; without a member it is the actor's own."""
    if row.member is None and by.member is not None:
        row.member = (by.member.id, by.member.key)
    planned = one(adopt_tasks([row], by=by, at=at, lane="live"))
    assert planned.ref is not None
    return Task.objects.get(id=planned.ref[0])


def do_task(key: str, *, by: Acting, at: datetime) -> Task:
    """What was planned is done."""
    return do_tasks([key], by=by, at=at).only()


def do_tasks(keys: Sequence[str], *, by: Acting, at: datetime) -> Many[Task]:
    """Many tasks are done, at most 2,000; each that is done already says so."""
    return _tick(keys, at, TaskDone, _must_be_undone, by=by, at=at)


def reopen_task(key: str, *, by: Acting, at: datetime) -> Task:
    """What was done is to be done again."""
    return reopen_tasks([key], by=by, at=at).only()


def reopen_tasks(keys: Sequence[str], *, by: Acting, at: datetime) -> Many[Task]:
    """Many tasks are to be done again, at most 2,000; each that is not done says so."""
    return _tick(keys, None, TaskReopened, _must_be_done, by=by, at=at)


def _must_be_undone(task: Task) -> None:
    if task.done_at is not None:
        raise DoneAlready("This task is done already. Plan another one if there is more to do.")


def _must_be_done(task: Task) -> None:
    if task.done_at is None:
        raise NotDone("This task is not done. There is nothing to take up again.")


def _tick(
    keys: Sequence[str], done_at: datetime | None, event: type[Event], fits: Callable[[Task], None],
    *, by: Acting, at: datetime,
) -> Many[Task]:  # fmt: skip
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        many = sift(keys, held_rows(Task, keys, "person"), NoSuchTask, fits)
        tasks = list(many.rows.values())
        for task in tasks:
            task.done_at = done_at
        write_rows(tasks, Tasks.table, ["done_at"])
        bodies = [{"task": task.key, **about(task), "deal": task.deal_key or None} for task in tasks]
        record.bulk(event, bodies, [at] * len(bodies))
    return many


def remind(*, by: Acting, at: datetime, most: int = 500) -> int:
    """Remind members of what they wanted to be reminded of by now, each once; how many there were."""
    with act(by=by.actor, at=at) as record:
        due = Task.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        tasks = list(due.filter(TO_REMIND, remind_at__lte=at).select_related("member").order_by("id")[:most])
        Task.objects.filter(id__in=[task.id for task in tasks]).update(reminded_at=at)
        for task in tasks:
            if task.member is not None:
                record(TaskReminded(task=task.key, member=task.member.key))
    return len(tasks)


def change_task(key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any) -> Task:
    """Change what a task says or by when it is due."""
    return change_tasks([key], by=by, at=at, version=version, **values).only()


def change_tasks(
    keys: Sequence[str], *, by: Acting, at: datetime, version: int | None = None, **values: Any
) -> Many[Task]:
    """The same fields of many tasks, at most 2,000."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        many = sift(keys, held_rows(Task, keys, "person"), NoSuchTask)
        tasks = list(many.rows.values())
        told = change_rows(tasks, Tasks.table, values, changed_by=TaskChanged, version=version)
        changed = [(task, fields) for task, fields in zip(tasks, told, strict=True) if fields]
        anew = [task for task, fields in changed if "remind_at" in fields]
        for task in anew:
            task.reminded_at = None
        Task.objects.filter(id__in=[task.id for task in anew]).update(reminded_at=None)
        bodies = [
            {"task": task.key, "fields": named(fields), "version": task.version, **about(task)}
            for task, fields in changed
        ]
        record.bulk(TaskChanged, bodies, [at] * len(bodies))
    return many
