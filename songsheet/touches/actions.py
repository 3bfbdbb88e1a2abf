"""What changes touches, tasks and the register of campaigns."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from songsheet.base.adopting import RowRefused, named, one
from songsheet.base.refusals import NotFound
from songsheet.journal.act import act
from songsheet.journal.changing import change_fields
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.adopt_campaigns import CampaignRow, Campaigns, adopt_campaigns, money_fault
from songsheet.touches.adopt_tasks import TaskRow, Tasks, adopt_tasks
from songsheet.touches.adopt_touches import Touches, TouchRow, adopt_touches
from songsheet.touches.errors import DoneAlready, NoSuchCampaign, NoSuchTask, NoSuchTouch, NotDone
from songsheet.touches.events import (
    CampaignChanged,
    MembersMentioned,
    TaskChanged,
    TaskDone,
    TaskReminded,
    TaskReopened,
    TouchChanged,
)
from songsheet.touches.mentions import mentioned
from songsheet.touches.models import TO_REMIND, Campaign, NoteBefore, Task, Touch

M = TypeVar("M", bound=Model)


def log_touch(row: TouchRow, *, by: Acting, at: datetime) -> Touch:
    """Write down a call, mail, meeting or note; without a time it is now, an outgoing one is the actor's."""
    row.at = row.at or at
    if row.member is None and row.direction == Touch.Direction.OUT and by.member is not None:
        row.member = (by.member.id, by.member.key)
    logged = one(adopt_touches([row], by=by, at=at, lane="live"))
    assert logged.ref is not None
    return Touch.objects.get(id=logged.ref[0])


def plan_task(row: TaskRow, *, by: Acting, at: datetime) -> Task:
    """Mean to do something by a time; without a member it is the actor's own."""
    if row.member is None and by.member is not None:
        row.member = (by.member.id, by.member.key)
    planned = one(adopt_tasks([row], by=by, at=at, lane="live"))
    assert planned.ref is not None
    return Task.objects.get(id=planned.ref[0])


def do_task(key: str, *, by: Acting, at: datetime) -> Task:
    """What was planned is done."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        task = _held(Task, key, NoSuchTask)
        if task.done_at is not None:
            raise DoneAlready("This task is done already. Plan another one if there is more to do.")
        task.done_at = at
        task.version += 1
        task.save(update_fields=["done_at", "version"])
        record(TaskDone(task=task.key, **_about(task), deal=task.deal_key or None))
    return task


def reopen_task(key: str, *, by: Acting, at: datetime) -> Task:
    """What was done is to be done again."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        task = _held(Task, key, NoSuchTask)
        if task.done_at is None:
            raise NotDone("This task is not done. There is nothing to take up again.")
        task.done_at = None
        task.version += 1
        task.save(update_fields=["done_at", "version"])
        record(TaskReopened(task=task.key, **_about(task), deal=task.deal_key or None))
    return task


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
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        task = _held(Task, key, NoSuchTask)
        changed = change_fields(task, Tasks.table, values, changed_by=TaskChanged, version=version)
        if changed:
            if "remind_at" in changed:
                task.reminded_at = None
                task.save(update_fields=["reminded_at"])
            record(TaskChanged(task=task.key, fields=named(changed), version=task.version, **_about(task)))
    return task


def change_touch(
    key: str,
    *,
    by: Acting,
    at: datetime,
    version: int | None = None,
    was_at: datetime | None = None,
    **values: Any,
) -> Touch:
    """Correct what was written down about a contact; `was_at` is when it was."""
    by.must(Right.WORK)
    if was_at is not None:
        values["at"] = was_at
    with act(by=by.actor, at=at) as record:
        touch = _held(Touch, key, NoSuchTouch)
        said, before = touch.text, touch.version
        changed = change_fields(touch, Touches.table, values, changed_by=TouchChanged, version=version)
        if changed:
            fields = named(changed)
            record(TouchChanged(touch=touch.key, fields=fields, version=touch.version, **_about(touch)))
        if "text" in changed and touch.kind == Touch.Kind.NOTE:
            NoteBefore.objects.create(touch=touch, version=before, text=said, until=at)
            if fresh := [one for one in mentioned(touch.text) if one not in mentioned(said)]:
                record(MembersMentioned(touch=touch.key, members=fresh))
    return touch


def enter_campaign(row: CampaignRow, *, by: Acting, at: datetime) -> Campaign:
    """Enter a campaign with its spend; one that is known by id or name is that one."""
    entered = one(adopt_campaigns([row], by=by, at=at, lane="live"))
    assert entered.ref is not None
    return Campaign.objects.get(id=entered.ref[0])


def change_campaign(
    key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any
) -> Campaign:
    """Change a campaign: its name, days, budget, cost, currency, source_id."""
    by.must(Right.SPEND)
    with act(by=by.actor, at=at) as record:
        campaign = _held(Campaign, key, NoSuchCampaign)
        stands = {name: getattr(campaign, name) for name in ("budget", "cost", "currency")}
        if fault := money_fault({**stands, **values}, "budget", "cost"):
            raise RowRefused(fault[0], field=fault[1])
        changed = change_fields(
            campaign, Campaigns.table, values, changed_by=CampaignChanged, version=version
        )
        if changed:
            fields = named(changed)
            record(CampaignChanged(campaign=campaign.key, fields=fields, version=campaign.version))
    return campaign


def _held(model: type[M], key: str, missing: type[NotFound]) -> M:
    row = model._default_manager.select_for_update(of=("self",), no_key=True).filter(key=key, gone_at=None)
    found = row.first()
    if found is None:
        raise missing(key)
    return found


def _about(row: Touch | Task) -> dict[str, str | None]:
    return {"person": row.person.key if row.person else None, "lead": row.lead_key or None}
