"""Webhooks and what they deliver. Secrets are kept nowhere: the installation's own key makes them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key


def webhook_key() -> str:
    return new_key("webhook")


def delivery_key() -> str:
    return new_key("msg")


class Webhook(models.Model):
    """Where events are sent, which, and how it goes. `generation` counts the secrets that were made.

    After four failures in a row it rests until `resume_at` and then tries one; after forty it is stopped.
    """

    class State(models.TextChoices):
        ON = "on"
        OFF = "off"  # by a member: what happens is kept and sent later
        STOPPED = "stopped"  # by failures: what happens is not kept

    key = models.CharField(max_length=40, unique=True, default=webhook_key, editable=False)
    label = models.CharField(max_length=120, default="", blank=True)
    url = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ON)
    generation = models.PositiveIntegerField(default=1)
    previous_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    resume_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=120, default="", blank=True)
    claimed_until = models.DateTimeField(null=True)
    since = models.BigIntegerField(default=0)  # the journal's position when it was added
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label or self.url


class Delivery(models.Model):
    """One event on its way to one webhook; `body` is sent byte for byte at each attempt, under one id."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        GIVEN_UP = "given_up"

    key = models.CharField(max_length=40, unique=True, default=delivery_key, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="+", db_index=False)
    position = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=80)
    subjects = ArrayField(models.CharField(max_length=40), default=list)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.JSONField(default=list)
    attempts = models.PositiveIntegerField(default=0)
    code = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()
    tried_since = models.DateTimeField(null=True)  # anew when it is sent again, or after a pause
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_delivery_of_an_entry",
                fields=["webhook", "position"],
                condition=Q(position__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="delivery_of_webhook", fields=["webhook", "-id"]),
            models.Index(name="delivery_waiting", fields=["webhook", "id"], condition=Q(state="waiting")),
            models.Index(name="delivery_ended", fields=["ended_at"], condition=Q(ended_at__isnull=False)),
        ]
