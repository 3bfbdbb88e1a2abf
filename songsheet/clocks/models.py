"""Clocks: promises with a due time. What may become of one stands here as constraints."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key

#: A clock that has not ended; one of a kind is about a subject at a time.
CURRENT = ("running", "paused")


def clock_key() -> str:
    return new_key("clock")


class Clock(models.Model):
    """A promise about one subject (a lead, a deal …), due at an instant; one is current per subject and kind.

    `minutes` is what was promised, in working time by whose `hours` it goes; without, it was promised for an
    instant. Of them `minutes_left` are counted from `counts_from`, which a pause moves. `alerts` is false for
    what came with history: nothing is told of it.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        KEPT = "kept", _("Kept")
        BROKEN = "broken", _("Missed")  # kept late, or never
        STOPPED = "stopped", _("Stopped")  # what it was about went away

    class By(models.TextChoices):
        INSTANT = "", _("The clock on the wall")
        MEMBER = "member", _("The hours of the member")
        HOUSE = "house", _("The hours of the house")

    key = models.CharField(max_length=40, unique=True, default=clock_key, editable=False)
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=40)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    hours = models.CharField(max_length=6, choices=By.choices, default=By.INSTANT, blank=True)
    minutes = models.PositiveIntegerField(null=True)
    minutes_left = models.PositiveIntegerField(null=True)
    started_at = models.DateTimeField()
    counts_from = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    #: Why it stood still the last time, as a member wrote it.
    paused_why = models.CharField(max_length=200, default="", db_default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    alerts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_current_clock_per_subject",
                fields=["about", "kind"],
                condition=Q(state__in=["running", "paused"]),
            ),
            models.CheckConstraint(
                name="a_current_clock_has_not_ended",
                condition=Q(state__in=["running", "paused"], ended_at__isnull=True)
                | Q(state__in=["kept", "broken", "stopped"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_paused_clock_says_since_when_and_until",
                condition=Q(state="paused", paused_at__isnull=False, paused_until__gt=F("paused_at"))
                | (~Q(state="paused") & Q(paused_at__isnull=True, paused_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_clock_is_due_after_its_start", condition=Q(due_at__gte=F("started_at"))
            ),
            models.CheckConstraint(
                name="a_clock_is_breached_once_it_is_due",
                condition=Q(breached_at__isnull=True) | Q(breached_at__gte=F("due_at")),
            ),
            models.CheckConstraint(
                name="promised_minutes_are_counted_by_hours",
                condition=Q(hours="", minutes__isnull=True, minutes_left__isnull=True)
                | Q(
                    hours__in=["member", "house"],
                    minutes__isnull=False,
                    minutes_left__isnull=False,
                    counts_from__isnull=False,
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="clock_due", fields=["due_at"], condition=Q(state="running")),
            models.Index(name="clock_of_member", fields=["member", "due_at"], condition=Q(state="running")),
            models.Index(
                name="clock_to_breach",
                fields=["due_at"],
                condition=Q(state="running", alerts=True, breached_at__isnull=True),
            ),
            models.Index(
                name="clock_to_warn",
                fields=["warn_at"],
                condition=Q(
                    state="running",
                    alerts=True,
                    breached_at__isnull=True,
                    warned_at__isnull=True,
                    warn_at__isnull=False,
                ),
            ),
            models.Index(name="clock_to_resume", fields=["paused_until"], condition=Q(state="paused")),
            models.Index(name="clock_by_due", fields=["due_at", "id"]),
            models.Index(name="clock_about", fields=["about"]),
        ]
