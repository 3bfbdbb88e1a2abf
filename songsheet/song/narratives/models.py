"""Narratives, and the customer behind each, who has permitted it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key


def narrative_key() -> str:
    return new_key("narrative")


class Narrative(models.Model):
    """A telling: what was wrong, what turned it, what came of it; for feeling and for reason.

    `claims`, `personas` and `stages` are keys. `customer` is the key of the person or company behind it,
    and `permission` says how and when they allowed it.
    """

    key = models.CharField(max_length=40, unique=True, default=narrative_key, editable=False)
    name = models.CharField(max_length=160)
    problem = models.CharField(max_length=2000)
    turning_point = models.CharField(max_length=2000)
    outcome = models.CharField(max_length=2000)
    feeling = models.CharField(max_length=1000, default="", blank=True)
    reason = models.CharField(max_length=1000, default="", blank=True)
    spoken = models.CharField(max_length=4000, default="", blank=True)
    written = models.CharField(max_length=8000, default="", blank=True)
    claims = models.JSONField(default=list)
    personas = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    customer = models.CharField(max_length=40, default="", blank=True)
    permission = models.CharField(max_length=500, default="", blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="customer_has_permitted", condition=Q(customer="") | ~Q(permission="")
            )
        ]

    def __str__(self) -> str:
        return self.name
