"""Clocks. Working hours come with the handoffs; here a clock is due at an instant."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key


def clock_key() -> str:
    return new_key("clock")


class Clock(models.Model):
    """A promise about one subject (a lead, a deal …), due at an instant; one runs per subject and kind."""

    class State(models.TextChoices):
        RUNNING = "running"
        KEPT = "kept"
        BROKEN = "broken"  # ended late
        STOPPED = "stopped"  # what it was about went away

    key = models.CharField(max_length=40, unique=True, default=clock_key, editable=False)
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=40)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_running_clock_per_subject", fields=["about", "kind"], condition=Q(state="running")
            ),
            models.CheckConstraint(
                name="a_clock_that_runs_has_not_ended",
                condition=Q(state="running", ended_at__isnull=True)
                | (~Q(state="running") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_clock_is_due_after_its_start", condition=Q(due_at__gte=models.F("started_at"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="clock_due", fields=["due_at"], condition=Q(state="running")),
            models.Index(name="clock_of_member", fields=["member", "due_at"], condition=Q(state="running")),
        ]
