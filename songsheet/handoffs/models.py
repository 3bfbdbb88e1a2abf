"""Returns of leads. That each has a reason, and somebody who owes an answer or has given it (I3), stands
here as constraints."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key
from songsheet.clocks.models import Clock
from songsheet.leads.models import Lead

#: States in which somebody still has to answer.
OPEN_STATES = ("owed", "disputed")
#: States that an answer ends in.
ANSWERED_STATES = ("agreed", "corrected")


def return_key() -> str:
    return new_key("return")


class Return(models.Model):
    """A lead that somebody gave back, why, and what was answered.

    `owes` answers until its clock is due: somebody of marketing; of a disputed one the heads of the sides.
    `words`, `disputed`, `answer` and `changes` were written by members, about a buyer.
    """

    class State(models.TextChoices):
        OWED = "owed", _("Waits for an answer")
        DISPUTED = "disputed", _("Disputed: the heads decide")
        AGREED = "agreed", _("Agreed")
        CORRECTED = "corrected", _("Corrected and offered again")
        NOTED = "noted", _("Noted: no answer is owed")

    key = models.CharField(max_length=40, unique=True, default=return_key, editable=False)
    lead = models.ForeignKey(Lead, models.RESTRICT, related_name="+", db_index=False)
    reason = models.CharField(max_length=40)
    words = models.CharField(max_length=1000, default="", blank=True)
    look_again_on = models.DateField(null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OWED)
    owes = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    clock = models.ForeignKey(Clock, models.RESTRICT, null=True, related_name="+", db_index=False)
    disputed = models.CharField(max_length=1000, default="", blank=True)
    answer = models.CharField(max_length=1000, default="", blank=True)
    changes = models.CharField(max_length=1000, default="", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="return_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="return_is_owed_or_answered",
                condition=Q(gone_at__isnull=False)
                | Q(state="noted")
                | Q(state__in=OPEN_STATES, owes__isnull=False, clock__isnull=False, answered_at__isnull=True)
                | Q(state__in=ANSWERED_STATES, answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="return_state_is_known",
                condition=Q(state__in=[*OPEN_STATES, *ANSWERED_STATES, "noted"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="return_by_at", fields=["-at", "-id"], condition=Q(gone_at__isnull=True)),
            models.Index(name="return_archived", fields=["-at", "-id"], condition=Q(gone_at__isnull=False)),
            models.Index(name="return_of_lead", fields=["lead"]),
            models.Index(
                name="return_owed",
                fields=["owes"],
                condition=Q(state__in=OPEN_STATES, gone_at__isnull=True),
            ),
            models.Index(name="return_of_state", fields=["state", "-at"], condition=Q(gone_at__isnull=True)),
            models.Index(name="return_of_reason", fields=["reason", "-at"]),
            models.Index(name="return_of_member", fields=["returned_by", "-at"]),
            models.Index(
                name="return_answered_by",
                fields=["answered_by", "-answered_at"],
                condition=Q(answered_by__isnull=False),
            ),
            models.Index(name="return_of_clock", fields=["clock"], condition=Q(clock__isnull=False)),
        ]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.state in OPEN_STATES and self.gone_at is None


from songsheet.handoffs.verdicts.models import Verdict  # noqa: E402, F401 (Django finds it from here)
