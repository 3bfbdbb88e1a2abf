"""How each lead was routed and why, and where everybody stands whose turn it may be."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.agreements.models import Version


class Cause(models.TextChoices):
    """Why a lead was routed."""

    JUDGED = "judged"
    BREACH = "breach"
    LEAVE = "leave"
    LEFT = "left"
    HAND = "hand"


class Routing(models.Model):
    """One lead found a member, or a queue: by which version, how, and why not the others.

    `why` holds the reason for who was chosen and, by the id of each other candidate, one reason why not;
    `had` is who had it before and did not accept it. Written once.
    """

    nature: ClassVar = "ledger"

    lead = models.ForeignKey("leads.Lead", models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.ForeignKey(Version, models.RESTRICT, related_name="+")
    tier = models.CharField(max_length=10)
    method = models.CharField(max_length=20)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    queue = models.ForeignKey("leads.Queue", models.RESTRICT, null=True, related_name="+")
    had = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    why: "models.JSONField[Any, Any]" = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_lead_is_routed_to_a_member_or_a_queue",
                condition=Q(member__isnull=False, queue__isnull=True)
                | Q(member__isnull=True, queue__isnull=False),
            )
        ]
        indexes: ClassVar = [
            models.Index(name="routing_of_lead", fields=["lead", "-id"]),
            models.Index(
                name="routing_to_nobody", fields=["queue", "lead"], condition=Q(method="last_resort")
            ),
        ]


class Turn(models.Model):
    """Where a member stands among those who get the leads of a tier: whoever stands lowest is next.

    Without a level they are new and begin with the lowest of the others. The rows are locked while leads are
    routed, so that any number of processes give them out one by one.
    """

    nature: ClassVar = "transient"

    tier = models.CharField(max_length=10)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    level = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_turn_of_a_member_and_tier", fields=["member", "tier"])
        ]


class Shout(models.Model):
    """When who answers for a queue of last resort was told last that leads wait there."""

    nature: ClassVar = "transient"

    queue = models.OneToOneField("leads.Queue", models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()
