"""Rounds in which all that was held back of one feed is sent in again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key


def round_key() -> str:
    return new_key("round")


class Round(models.Model):
    """One round: how many waited as it began, how many went in, how many do not fit, how far it is.

    `until` is the last row that waited then: what is held back anew by the round itself is no part of it.
    """

    key = models.CharField(max_length=40, unique=True, default=round_key, editable=False)
    feed = models.CharField(max_length=60)
    whole = models.PositiveIntegerField()
    sent = models.PositiveIntegerField(default=0)
    stayed = models.PositiveIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    until = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "intake_round"
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_round_of_a_feed", fields=["feed"], condition=Q(ended_at__isnull=True)
            )
        ]
        indexes: ClassVar = [models.Index(name="round_of_feed", fields=["feed", "-id"])]
