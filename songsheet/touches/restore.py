"""Campaigns, touches and tasks put back as before an import, as far as nobody changed them since."""

from collections.abc import Mapping
from datetime import datetime

from songsheet.base.restoring import Changes, Restored, restore
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.touches.adopt_campaigns import Campaigns
from songsheet.touches.adopt_tasks import Tasks
from songsheet.touches.adopt_touches import Touches
from songsheet.touches.events import CampaignChanged, TaskChanged, TouchChanged

_MONEY = (frozenset({"amount", "budget", "cost", "currency"}), frozenset({"system", "external_id"}))


def restore_campaigns(changes: Mapping[str, Changes], *, by: Acting, at: datetime) -> list[Restored]:
    """Put campaigns back."""
    with act(by=by.actor, at=at, lane="history") as record:
        restored = restore(Campaigns.table, changes, together=_MONEY)
        for one in restored:
            if one.fields:
                record(CampaignChanged(campaign=one.key, fields=_named(one), version=one.version))
    return restored


def restore_touches(changes: Mapping[str, Changes], *, by: Acting, at: datetime) -> list[Restored]:
    """Put touches back."""
    with act(by=by.actor, at=at, lane="history") as record:
        restored = restore(Touches.table, changes, together=_MONEY)
        for one in restored:
            if one.fields:
                lead = one.row["lead_key"] or None
                record(TouchChanged(touch=one.key, fields=_named(one), version=one.version, lead=lead))
    return restored


def restore_tasks(changes: Mapping[str, Changes], *, by: Acting, at: datetime) -> list[Restored]:
    """Put tasks back."""
    with act(by=by.actor, at=at, lane="history") as record:
        restored = restore(Tasks.table, changes)
        for one in restored:
            if one.fields:
                lead = one.row["lead_key"] or None
                record(TaskChanged(task=one.key, fields=_named(one), version=one.version, lead=lead))
    return restored


def _named(one: Restored) -> str:
    return ", ".join(name.removesuffix("_id") for name in one.fields)
