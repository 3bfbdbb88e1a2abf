"""Campaigns, touches and tasks in bulk: what imports and the demo bring in, and take out again."""

from songsheet.touches.adopt_campaigns import CampaignRow, adopt_campaigns, sources_named
from songsheet.touches.adopt_tasks import TaskRow, adopt_tasks
from songsheet.touches.adopt_touches import TouchRow, adopt_touches
from songsheet.touches.withdraw import withdraw_campaigns, withdraw_tasks, withdraw_touches

__all__ = [
    "CampaignRow",
    "TaskRow",
    "TouchRow",
    "adopt_campaigns",
    "adopt_tasks",
    "adopt_touches",
    "sources_named",
    "withdraw_campaigns",
    "withdraw_tasks",
    "withdraw_touches",
]
