"""The API of touches, activities, tasks, campaigns and sources."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Query, Router

from songsheet.base.refusals import NotFound
from songsheet.buyers.models import Company, Person
from songsheet.doors.api import (
    Archive,
    Archived,
    Asked,
    Batch,
    ByExternal,
    Listed,
    Verdicts,
    cleared,
    keyed,
    list_answer,
    named_by,
    said,
    version_asked,
)  # fmt: skip
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, batch_answer, brought
from songsheet.team.models import Member
from songsheet.touches import actions
from songsheet.touches.bodies import (
    TaskChange,
    TaskIn,
    TaskOut,
    TouchChange,
    TouchIn,
    TouchOut,
    bring_tasks,
    bring_touches,
)  # fmt: skip
from songsheet.touches.errors import NoSuchTask, NoSuchTouch
from songsheet.touches.listing import ACTIVITIES, TASKS, TOUCHES
from songsheet.touches.models import Campaign
from songsheet.touches.queries import tasks_seen_by, touches_seen_by
from songsheet.touches.withdraw import withdraw_tasks, withdraw_touches

router = Router(tags=["touches"])
_MODELS: dict[str, tuple[type[Model], dict[str, Any]]] = {
    "person": (Person, {"gone_at": None}),
    "company": (Company, {"gone_at": None}),
    "campaign": (Campaign, {"gone_at": None}),
    "member": (Member, {}),
}


@router.get("/touches", response={200: Listed, **PROBLEMS}, operation_id="list_touches")
def list_touches(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Touches by the filters of the list, the newest first."""
    return list_answer(TOUCHES, asking(request), request.GET, asked)


@router.get("/touches/external", response={200: TouchOut, **PROBLEMS}, operation_id="read_touch_by_external")
def read_touch_by_external(request: HttpRequest, external: Query[ByExternal]) -> Any:
    """The touch that another system calls so."""
    return answer_of(TouchOut.of(the_called(touches_seen_by(asking(request)), external, NoSuchTouch)))


@router.post("/touches", response={200: TouchOut, 201: TouchOut, **PROBLEMS}, operation_id="create_touch")
def create_touch(request: HttpRequest, body: TouchIn) -> Any:
    """Write a contact down."""
    return brought(request, body, bring_touches, _touch)


@router.post("/touches/batch", response={200: Verdicts, **PROBLEMS}, operation_id="create_touches")
def create_touches(request: HttpRequest, body: Batch) -> Any:
    """Write up to 1,000 contacts down at once, with a verdict for each."""
    return batch_answer(request, body, TouchIn, bring_touches)


@router.get("/touches/{key}", response={200: TouchOut, **PROBLEMS}, operation_id="read_touch")
def read_touch(request: HttpRequest, key: str) -> Any:
    """One touch, with what was written."""
    return answer_of(_touch(asking(request), key))


@router.patch("/touches/{key}", response={200: TouchOut, **PROBLEMS}, operation_id="change_touch")
def change_touch(request: HttpRequest, key: str, body: TouchChange) -> Any:
    """Correct what is sent; null clears."""

    def do(by: Acting, at: datetime) -> Any:
        version, values = version_asked(request, body.version), values_of(body, ("subject", "text", "status"))
        was_at = values.pop("at", None)
        actions.change_touch(key, by=by, at=at, version=version, was_at=was_at, **values)
        return _touch(by, key)

    return answered(request, do)


@router.post("/touches/{key}/archive", response={200: Archived, **PROBLEMS}, operation_id="archive_touch")
def archive_touch(request: HttpRequest, key: str, body: Archive) -> Any:
    """Take a touch out of everything that is shown."""
    return archived(request, key, body, _touch, withdraw_touches)


@router.get("/activities", response={200: Listed, **PROBLEMS}, operation_id="list_activities")
def list_activities(request: HttpRequest, asked: Query[Asked]) -> Any:
    """The touches that members made, the newest first."""
    return list_answer(ACTIVITIES, asking(request), request.GET, asked)


@router.get("/tasks", response={200: Listed, **PROBLEMS}, operation_id="list_tasks")
def list_tasks(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Tasks by the filters of the list."""
    return list_answer(TASKS, asking(request), request.GET, asked)


@router.get("/tasks/external", response={200: TaskOut, **PROBLEMS}, operation_id="read_task_by_external")
def read_task_by_external(request: HttpRequest, external: Query[ByExternal]) -> Any:
    """The task that another system calls so."""
    return answer_of(TaskOut.of(the_called(tasks_seen_by(asking(request)), external, NoSuchTask)))


@router.post("/tasks", response={200: TaskOut, 201: TaskOut, **PROBLEMS}, operation_id="create_task")
def create_task(request: HttpRequest, body: TaskIn) -> Any:
    """Mean to do something by a time."""
    return brought(request, body, bring_tasks, _task)


@router.post("/tasks/batch", response={200: Verdicts, **PROBLEMS}, operation_id="create_tasks")
def create_tasks(request: HttpRequest, body: Batch) -> Any:
    """Plan up to 1,000 tasks at once, with a verdict for each."""
    return batch_answer(request, body, TaskIn, bring_tasks)


@router.get("/tasks/{key}", response={200: TaskOut, **PROBLEMS}, operation_id="read_task")
def read_task(request: HttpRequest, key: str) -> Any:
    """One task."""
    return answer_of(_task(asking(request), key))


@router.patch("/tasks/{key}", response={200: TaskOut, **PROBLEMS}, operation_id="change_task")
def change_task(request: HttpRequest, key: str, body: TaskChange) -> Any:
    """Change what is sent; null clears."""

    def do(by: Acting, at: datetime) -> Any:
        version = version_asked(request, body.version)
        actions.change_task(key, by=by, at=at, version=version, **values_of(body))
        return _task(by, key)

    return answered(request, do)


@router.post("/tasks/{key}/done", response={200: TaskOut, **PROBLEMS}, operation_id="do_task")
def do_task(request: HttpRequest, key: str) -> Any:
    """What was planned is done."""

    def do(by: Acting, at: datetime) -> Any:
        actions.do_task(key, by=by, at=at)
        return _task(by, key)

    return answered(request, do)


@router.post("/tasks/{key}/reopen", response={200: TaskOut, **PROBLEMS}, operation_id="reopen_task")
def reopen_task(request: HttpRequest, key: str) -> Any:
    """What was done is to be done again."""

    def do(by: Acting, at: datetime) -> Any:
        actions.reopen_task(key, by=by, at=at)
        return _task(by, key)

    return answered(request, do)


@router.post("/tasks/{key}/archive", response={200: Archived, **PROBLEMS}, operation_id="archive_task")
def archive_task(request: HttpRequest, key: str, body: Archive) -> Any:
    """Drop a task."""
    return archived(request, key, body, _task, withdraw_tasks)


def archived(request: HttpRequest, key: str, body: Archive, read: Any, withdraw: Callable[..., None]) -> Any:
    """Take one thing out of everything that is shown."""

    def do(by: Acting, at: datetime) -> Any:
        read(by, key)
        withdraw([key], by=by, at=at, why=body.why, lane="live")
        return Archived(key=key)

    return answered(request, do)


def values_of(body: Any, texts: tuple[str, ...] = ()) -> dict[str, Any]:
    """By column: keys become ids, null stays what clears."""
    values = cleared(said(body), texts)
    for name in ("lead", "deal"):
        if name in values:
            values[f"{name}_key"] = values.pop(name) or ""
    for name in _MODELS.keys() & values.keys():
        model, where = _MODELS[name]
        ref = named_by(keyed(model, [values[name]], **where), values.pop(name), name, name)
        values[f"{name}_id"] = ref[0] if ref else None
    if values.get("custom", 0) is None:
        del values["custom"]
    return values


def _touch(viewer: Acting, key: str) -> TouchOut:
    return TouchOut.of(the_one(touches_seen_by(viewer), key, NoSuchTouch))


def _task(viewer: Acting, key: str) -> TaskOut:
    return TaskOut.of(the_one(tasks_seen_by(viewer), key, NoSuchTask))


def the_one(rows: QuerySet[Any], key: str, missing: Callable[[str], NotFound]) -> Any:
    """The row with this key that may be seen."""
    row = rows.filter(key=key).first()
    if row is None:
        raise missing(key)
    return row


def the_called(rows: QuerySet[Any], external: ByExternal, missing: Callable[[str], NotFound]) -> Any:
    """The row that another system calls so."""
    row = rows.filter(system=external.system, external_id=external.id).exclude(external_id="").first()
    if row is None:
        raise missing(external.id)
    return row
