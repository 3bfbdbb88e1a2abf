"""What the desk derives: how each lead stands, one narrow row a lead, so that a million answer at once."""

from enum import IntFlag
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.leads.models import Lead
from songsheet.touches.models import Campaign, Source

#: References of a derived row have no constraint and no index: what they point at is held elsewhere.
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


#: Outcomes after which there is nothing left to save on a lead.
ENDED = (Outcome.WON, Outcome.LOST, Outcome.NO_DECISION, Outcome.RELEASED, Outcome.DISQUALIFIED)


class Response(models.IntegerChoices):
    """How long it took from the lead's coming to the first outgoing activity."""

    UNDER_1H = 1, "under_1h"
    WITHIN_24H = 2, "1h_to_24h"
    OVER_24H = 3, "over_24h"
    NEVER = 4, "never"


class Flag(IntFlag):
    """What is so of a lead, in `Standing.flags`; the lowest seven bits there are outcome and response."""

    UNTOUCHED = 1 << 7  # open, no deal, nobody reached out, not contacted elsewhere
    UNDATED = 1 << 8
    ALIVE = 1 << 9  # the lead or one of its deals is open
    SAVEABLE = 1 << 10  # alive, and its outcome is not an end
    STEP_MISSING = 1 << 11
    REASON_MISSING = 1 << 12
    REACHABLE = 1 << 13
    UNPRICED = 1 << 14  # no open deal has an amount
    OWNED = 1 << 15
    AT_REST = 1 << 16
    CONTACTED_ELSEWHERE = 1 << 17
    ANSWERED = 1 << 18


#: The flags that the cube of the letters is cut by.
COUNTED = (1 << 16) - 1


class Standing(models.Model):
    """How one lead stands. Derived: kept by the reader `desk.standing`, recomputable from what it tells of.

    `wait`: the seconds from coming to the first outgoing activity, none where no date is known. `twice_gap`:
    the seconds between the two nearest outgoing activities of different members without a handoff between.
    `quiet_since`: the last activity either way, or the coming. `task_until`, `step_until`: the last open task
    and the last dated next step. `promise_until`: when the running promise of an answer is due. `offered_at`:
    since when it is offered to somebody who has not accepted it. `returned_at`: since when it is back with a
    reason that nobody answered. Money stands in `currency`; a lead with deals in several has the rest in
    `other_money` as {currency: [open, won]}.
    """

    nature: ClassVar = "derived"

    lead = models.OneToOneField(Lead, models.CASCADE, primary_key=True, related_name="standing")
    came_at = models.DateTimeField()
    flags = models.IntegerField()
    outcome = models.SmallIntegerField(choices=Outcome.choices)
    response = models.SmallIntegerField(choices=Response.choices)
    deals = models.SmallIntegerField()
    won_deals = models.SmallIntegerField()
    currency = models.CharField(max_length=3, default="", db_collation="C")
    source = models.ForeignKey(Source, models.DO_NOTHING, null=True, **BARE)
    campaign = models.ForeignKey(Campaign, models.DO_NOTHING, null=True, **BARE)
    wait = models.IntegerField(null=True)
    twice_gap = models.IntegerField(null=True)
    quiet_since = models.DateTimeField(null=True)
    task_until = models.DateTimeField(null=True)
    step_until = models.DateField(null=True)
    promise_until = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    open_amount = models.BigIntegerField(null=True)
    won_amount = models.BigIntegerField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, **BARE)
    first_out_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
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
                name="standing_promised", fields=["promise_until"], condition=Q(promise_until__isnull=False)
            ),
            models.Index(
                name="standing_offered", fields=["offered_at"], condition=Q(offered_at__isnull=False)
            ),
            models.Index(
                name="standing_returned", fields=["returned_at"], condition=Q(returned_at__isnull=False)
            ),
            models.Index(
                name="standing_several_money", fields=["lead"], condition=Q(other_money__isnull=False)
            ),
        ]
