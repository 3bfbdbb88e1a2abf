"""Reads of touches, tasks and the register of campaigns: what a viewer sees."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.errors import NoSuchTouch
from songsheet.touches.models import IS_ACTIVITY, Attachment, Campaign, Task, Touch

M = TypeVar("M", bound=Model)


def touches_seen_by(viewer: Acting) -> QuerySet[Touch]:
    """The touches that the viewer may see, with what a row of the list shows."""
    return _touches(viewer, gone_at=None)


def touch_for(viewer: Acting, key: str) -> Touch:
    """One touch that the viewer may see."""
    found = touches_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchTouch(key)
    return found


def archived_touches(viewer: Acting) -> QuerySet[Touch]:
    """The touches that were archived."""
    return _touches(viewer, gone_at__isnull=False)


def _touches(viewer: Acting, **which: Any) -> QuerySet[Touch]:
    viewer.must(Right.LOOK)
    shown = Touch.objects.filter(**which).select_related("person", "company", "member", "campaign")
    return shown.prefetch_related("person__root", "company__root")


def activities_seen_by(viewer: Acting) -> QuerySet[Touch]:
    """The touches that a member made."""
    return touches_seen_by(viewer).filter(IS_ACTIVITY)


def tasks_seen_by(viewer: Acting) -> QuerySet[Task]:
    """The tasks that the viewer may see, with what a row of the list shows."""
    return _tasks(viewer, gone_at=None)


def archived_tasks(viewer: Acting) -> QuerySet[Task]:
    """The tasks that were dropped."""
    return _tasks(viewer, gone_at__isnull=False)


def _tasks(viewer: Acting, **which: Any) -> QuerySet[Task]:
    viewer.must(Right.LOOK)
    return Task.objects.filter(**which).select_related("person", "member").prefetch_related("person__root")


def campaigns_seen_by(viewer: Acting) -> QuerySet[Campaign]:
    """The campaigns of the register."""
    return _campaigns(viewer, gone_at=None)


def archived_campaigns(viewer: Acting) -> QuerySet[Campaign]:
    """The campaigns that were archived."""
    return _campaigns(viewer, gone_at__isnull=False)


def _campaigns(viewer: Acting, **which: Any) -> QuerySet[Campaign]:
    viewer.must(Right.LOOK)
    return Campaign.objects.filter(**which).select_related("source")


def files_seen_by(viewer: Acting) -> QuerySet[Attachment]:
    """The files that hang on touches the viewer may see."""
    touches = touches_seen_by(viewer)
    hanging = Attachment.objects.filter(gone_at=None, touch__in=touches.values("id"))
    return hanging.select_related("touch", "blob", "member").order_by("id")


def with_files(touches: QuerySet[Touch]) -> QuerySet[Any]:
    """Touches with what hangs on each as `hung`: key, name and size, read in the same statement."""
    hanging = Attachment.objects.filter(touch=OuterRef("pk"), gone_at=None).order_by("id")
    plain = hanging.values(one=JSONObject(key="key", name="name", size="blob__size"))
    return touches.annotate(hung=ArraySubquery(plain))


def held_rows(model: type[M], keys: Sequence[str], *related: str) -> dict[str, M]:
    """These touches, tasks or campaigns by key, locked in the order of their ids, without those gone."""
    rows = model._default_manager.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related(*related) if related else rows
    held: list[Any] = list(rows.filter(key__in=keys, gone_at=None).order_by("id"))
    return {row.key: row for row in held}


def about(row: Touch | Task) -> dict[str, str | None]:
    """What an entry about a touch or a task names beside it."""
    return {"person": row.person.key if row.person else None, "lead": row.lead_key or None}
