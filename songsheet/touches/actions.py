"""What changes touches, tasks and the register of campaigns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from songsheet.base.adopting import RowRefused, named, one
from songsheet.base.many import Many, sift
from songsheet.journal.act import act
from songsheet.journal.changing import change_rows
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.adopt_campaigns import CampaignRow, Campaigns, adopt_campaigns, money_fault
from songsheet.touches.adopt_touches import Touches, TouchRow, adopt_touches
from songsheet.touches.errors import NoSuchCampaign, NoSuchTouch
from songsheet.touches.events import (
    CampaignChanged,
    MembersMentioned,
    TouchChanged,
)
from songsheet.touches.mentions import mentioned
from songsheet.touches.models import Campaign, NoteBefore, Touch
from songsheet.touches.queries import about, held_rows
from songsheet.touches.task_actions import (
    change_task,
    change_tasks,
    do_task,
    do_tasks,
    plan_task,
    remind,
    reopen_task,
    reopen_tasks,
)

__all__ = [
    "change_campaign", "change_campaigns", "change_task", "change_tasks", "change_touch", "change_touches",
    "do_task", "do_tasks", "enter_campaign", "log_touch", "plan_task", "remind", "reopen_task",
    "reopen_tasks",
]  # fmt: skip


def log_touch(row: TouchRow, *, by: Acting, at: datetime) -> Touch:
    """Write down a call, mail, meeting or note; without a time it is now, an outgoing one is the actor's."""
    row.at = row.at or at
    if row.member is None and row.direction == Touch.Direction.OUT and by.member is not None:
        row.member = (by.member.id, by.member.key)
    logged = one(adopt_touches([row], by=by, at=at, lane="live"))
    assert logged.ref is not None
    return Touch.objects.get(id=logged.ref[0])


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
    return change_touches([key], by=by, at=at, version=version, was_at=was_at, **values).only()


def change_touches(
    keys: Sequence[str],
    *,
    by: Acting,
    at: datetime,
    version: int | None = None,
    was_at: datetime | None = None,
    **values: Any,
) -> Many[Touch]:
    """The same corrections to many contacts, at most 2,000. What a note said before is kept."""
    if was_at is not None:
        values["at"] = was_at
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        many = sift(keys, held_rows(Touch, keys, "person"), NoSuchTouch)
        touches = list(many.rows.values())
        stood = [(touch.version, touch.text) for touch in touches]
        told = change_rows(touches, Touches.table, values, changed_by=TouchChanged, version=version)
        changed = [one for one in zip(touches, told, stood, strict=True) if one[1]]
        bodies = [
            {"touch": touch.key, "fields": named(fields), "version": touch.version, **about(touch)}
            for touch, fields, _ in changed
        ]
        record.bulk(TouchChanged, bodies, [at] * len(bodies))
        for touch, fields, (before, said) in changed:
            if "text" in fields and touch.kind == Touch.Kind.NOTE:
                NoteBefore.objects.create(touch=touch, version=before, text=said, until=at)
                if fresh := [one for one in mentioned(touch.text) if one not in mentioned(said)]:
                    record(MembersMentioned(touch=touch.key, members=fresh))
    return many


def enter_campaign(row: CampaignRow, *, by: Acting, at: datetime) -> Campaign:
    """Enter a campaign with its spend; one that is known by id or name is that one."""
    entered = one(adopt_campaigns([row], by=by, at=at, lane="live"))
    assert entered.ref is not None
    return Campaign.objects.get(id=entered.ref[0])


def change_campaign(
    key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any
) -> Campaign:
    """Change a campaign: its name, days, budget, cost, currency, source_id."""
    return change_campaigns([key], by=by, at=at, version=version, **values).only()


def change_campaigns(
    keys: Sequence[str], *, by: Acting, at: datetime, version: int | None = None, **values: Any
) -> Many[Campaign]:
    """The same fields of many campaigns, at most 2,000; each that cannot hold them says why."""
    by.must(Right.SPEND)

    def fits(campaign: Campaign) -> None:
        stands = {name: getattr(campaign, name) for name in ("budget", "cost", "currency")}
        if fault := money_fault({**stands, **values}, "budget", "cost"):
            raise RowRefused(fault[0], field=fault[1])

    with act(by=by.actor, at=at) as record:
        many = sift(keys, held_rows(Campaign, keys), NoSuchCampaign, fits)
        campaigns = list(many.rows.values())
        told = change_rows(campaigns, Campaigns.table, values, changed_by=CampaignChanged, version=version)
        bodies = [
            {"campaign": campaign.key, "fields": named(changed), "version": campaign.version}
            for campaign, changed in zip(campaigns, told, strict=True)
            if changed
        ]
        record.bulk(CampaignChanged, bodies, [at] * len(bodies))
    return many
