"""What the desk derives: how each lead stands, one narrow row a lead, so that a million answer at once."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.leads.models import Lead, Queue
from songsheet.touches.models import Campaign, Source

#: References of a derived row: no constraint and no index of their own, what they point at is held elsewhere.
BARE: Any = {"related_name": "+", "db_index": False, "db_constraint": False}


class Outcome(models.IntegerChoices):
    """What became of a lead, by precedence: the first that fits; the labels are the letters' words."""

    WON = 1, "won"
    LOST = 2, "lost"
    NO_DECISION = 3, "no decision"
    RELEASED = 4, "released"
    OPEN_DEAL = 5, "open deal"
    DISQUALIFIED = 6, "disqualified"
    NURTURING = 7, "nurturing"
    WORKING = 8, "working"
    NO_ANSWER = 9, "contacted without answer"
    NEVER_CONTACTED = 10, "never contacted"
    NEVER_TAKEN = 11, "never taken from a queue"


class Response(models.IntegerChoices):
    """How long it took from the lead's coming to the first outgoing activity."""

    UNDER_1H = 1, "under_1h"
    WITHIN_24H = 2, "1h_to_24h"
    OVER_24H = 3, "over_24h"
    NEVER = 4, "never"


class Standing(models.Model):
    """How one lead stands. Derived: kept by the reader `desk.standing`, recomputable from what it tells of.

    `twice_gap`: the seconds between the two nearest outgoing activities of different members without a
    handoff between them. `last_at`: the last activity either way. `task_until`, `step_until`: the last open
    task and the last dated next step. Money stands in `currency`; a lead with deals in several currencies
    has the rest in `other_money` as {currency: [open, won]}.
    """

    nature: ClassVar = "derived"

    lead = models.OneToOneField(Lead, models.CASCADE, primary_key=True, related_name="standing")
    source = models.ForeignKey(Source, models.DO_NOTHING, null=True, **BARE)
    campaign = models.ForeignKey(Campaign, models.DO_NOTHING, null=True, **BARE)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, **BARE)
    queue = models.ForeignKey(Queue, models.DO_NOTHING, null=True, **BARE)
    came_at = models.DateTimeField()
    first_out_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    task_until = models.DateTimeField(null=True)
    open_amount = models.BigIntegerField(null=True)
    won_amount = models.BigIntegerField(null=True)
    step_until = models.DateField(null=True)
    twice_gap = models.IntegerField(null=True)
    currency = models.CharField(max_length=3, default="")
    deals = models.SmallIntegerField()
    won_deals = models.SmallIntegerField()
    outcome = models.SmallIntegerField(choices=Outcome.choices)
    response = models.SmallIntegerField(choices=Response.choices)
    is_dated = models.BooleanField()
    is_open = models.BooleanField()
    has_open_deal = models.BooleanField()
    step_missing = models.BooleanField()
    reason_missing = models.BooleanField()
    contacted_elsewhere = models.BooleanField()
    answered = models.BooleanField()
    reachable = models.BooleanField()
    at_rest = models.BooleanField()
    other_money = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="standing_by_came", fields=["-came_at", "-lead"]),
            models.Index(name="standing_by_campaign", fields=["campaign", "-came_at", "-lead"]),
            models.Index(
                name="standing_won",
                fields=["source", "currency", "won_amount"],
                condition=Q(won_amount__isnull=False),
            ),
            models.Index(
                name="standing_several_money", fields=["lead"], condition=Q(other_money__isnull=False)
            ),
        ]

    @property
    def key(self) -> str:
        """The lead's key."""
        return self.lead.key
