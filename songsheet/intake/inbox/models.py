"""The inbox and what stands around it: what was seen for ever, raw bodies for a while, what is held back."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key


def held_key() -> str:
    return new_key("held")


class Door(models.TextChoices):
    """Through which door it came."""

    EVENT = "event", "Program"  # with a key
    SCRIPT = "script", "Page"  # a visitor's browser, on one of our sites
    CLICK = "click", "Link"  # a tracked one
    HOOK = "hook", "Hook"  # a provider's signed one


class Seen(models.Model):
    """What has arrived, for ever: sixteen bytes over door, system and id. Bodies go, this stays."""

    hash = models.UUIDField(primary_key=True)


class Inbox(models.Model):
    """What was acknowledged and waits: a worker takes rows out in the transaction of its work."""

    hash = models.UUIDField()
    door = models.CharField(max_length=8, choices=Door.choices)
    feed = models.CharField(max_length=60)
    received_at = models.DateTimeField()
    body = models.TextField()


class Raw(models.Model):
    """What arrived, as it arrived, and what became of it; partitioned by day, kept for thirty days.

    `received_at` is by the clock outside, by which the days go; `came_at` by that of the house.
    """

    pk = models.CompositePrimaryKey("received_at", "id")
    id = models.BigIntegerField()
    received_at = models.DateTimeField()
    hash = models.UUIDField()
    door = models.CharField(max_length=8, choices=Door.choices)
    feed = models.CharField(max_length=60)
    body = models.TextField()
    became = models.CharField(max_length=12)
    person_id = models.BigIntegerField(null=True)
    came_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "intake_raw"


class HeldBack(models.Model):
    """What could not be taken: kept as it came, with what is wrong; mended and sent in again once."""

    class State(models.TextChoices):
        WAITING = "waiting"
        REPLAYED = "replayed"
        DROPPED = "dropped"

    key = models.CharField(max_length=40, unique=True, default=held_key, editable=False)
    door = models.CharField(max_length=8, choices=Door.choices)
    feed = models.CharField(max_length=60)
    mark = models.UUIDField()  # over the body: the same again is held back once
    body = models.TextField()
    problem = models.CharField(max_length=500)
    field = models.CharField(max_length=60, default="", blank=True)
    received_at = models.DateTimeField()
    came_at = models.DateTimeField(null=True)  # the same by the clock of the house
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    @property
    def says(self) -> str:
        """What is wrong, without the name of the field, which stands beside it."""
        return self.problem.removeprefix(f"{self.field}: ") if self.field else self.problem

    @property
    def came(self) -> datetime:
        """When it came, as the house tells time."""
        return self.came_at or self.received_at

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="held_back_once", fields=["mark"], condition=Q(state="waiting")),
            models.CheckConstraint(
                name="held_back_ends_at_a_time",
                condition=Q(state="waiting", ended_at__isnull=True)
                | ~Q(state="waiting") & Q(ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="held_back_done", fields=["state", "-received_at", "-id"], condition=~Q(state="waiting")
            ),
            models.Index(name="held_back_of_feed", fields=["feed", "state", "-received_at", "-id"]),
            models.Index(
                name="held_back_by_time", fields=["-received_at", "-id"], condition=Q(state="waiting")
            ),
        ]
