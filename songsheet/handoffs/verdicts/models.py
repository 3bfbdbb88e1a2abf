"""Verdicts on leads and campaigns. That who asks for an answer is owed one stands here as constraints."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key
from songsheet.clocks.models import Clock
from songsheet.leads.models import Lead
from songsheet.touches.models import Campaign

#: What can be said of a lead and of a campaign → what of it asks marketing for an answer.
OF_LEADS = ("good", "wrong_person", "misinformed", "too_early")
OF_CAMPAIGNS = ("helps", "does_not", "misleads")
ASKS = ("wrong_person", "misinformed", "too_early", "does_not", "misleads")

NOT_GONE = Q(gone_at__isnull=True)


def verdict_key() -> str:
    return new_key("verdict")


class Verdict(models.Model):
    """What a member of sales says of a lead or a campaign, in a word and, where they like, a sentence.

    `owes` is who of marketing answers, until its clock is due. `words` and `answer` were written by members.
    An answered verdict stays; who sees it differently later gives another one.
    """

    class Says(models.TextChoices):
        GOOD = "good", _("Good")
        WRONG_PERSON = "wrong_person", _("Wrong person")
        MISINFORMED = "misinformed", _("Misinformed")
        TOO_EARLY = "too_early", _("Too early")
        HELPS = "helps", _("Helps")
        DOES_NOT = "does_not", _("Does not help")
        MISLEADS = "misleads", _("Misleads")

    class State(models.TextChoices):
        GIVEN = "given", _("Given: no answer is owed")
        OWED = "owed", _("Waits for an answer")
        ANSWERED = "answered", _("Answered")

    key = models.CharField(max_length=40, unique=True, default=verdict_key, editable=False)
    lead = models.ForeignKey(Lead, models.RESTRICT, null=True, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.RESTRICT, null=True, related_name="+", db_index=False)
    says = models.CharField(max_length=12, choices=Says.choices)
    words = models.CharField(max_length=1000, default="", blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices)
    owes = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    clock = models.ForeignKey(Clock, models.RESTRICT, null=True, related_name="+", db_index=False)
    answer = models.CharField(max_length=1000, default="", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="verdict_fits_what_it_is_on",
                condition=Q(lead__isnull=False, campaign__isnull=True, says__in=OF_LEADS)
                | Q(lead__isnull=True, campaign__isnull=False, says__in=OF_CAMPAIGNS),
            ),
            models.CheckConstraint(
                name="verdict_is_owed_an_answer_or_has_one",
                condition=Q(gone_at__isnull=False)
                | Q(state="given", owes__isnull=True, clock__isnull=True, answered_at__isnull=True)
                & ~Q(says__in=ASKS)
                | Q(state="owed", owes__isnull=False, clock__isnull=False, answered_at__isnull=True,
                    says__in=ASKS)
                | Q(state="answered", owes__isnull=True, clock__isnull=True, answered_by__isnull=False,
                    answered_at__isnull=False, says__in=ASKS),
            ),
            models.UniqueConstraint(
                name="one_verdict_of_a_member_on_a_lead",
                fields=["lead", "given_by"],
                condition=Q(gone_at__isnull=True, answered_at__isnull=True, lead__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_verdict_of_a_member_on_a_campaign",
                fields=["campaign", "given_by"],
                condition=Q(gone_at__isnull=True, answered_at__isnull=True, campaign__isnull=False),
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(name="verdict_by_at", fields=["-at", "-id"], condition=NOT_GONE),
            models.Index(name="verdict_archived", fields=["-at", "-id"], condition=Q(gone_at__isnull=False)),
            models.Index(name="verdict_of_lead", fields=["lead"], condition=Q(lead__isnull=False)),
            models.Index(name="verdict_of_campaign", fields=["campaign"],
                         condition=Q(campaign__isnull=False)),
            models.Index(name="verdict_owed", fields=["owes"],
                         condition=Q(state="owed", gone_at__isnull=True)),
            models.Index(name="verdict_of_says", fields=["says", "-at"], condition=NOT_GONE),
            models.Index(name="verdict_of_member", fields=["given_by", "-at"]),
            models.Index(name="verdict_answered_by", fields=["answered_by"],
                         condition=Q(answered_by__isnull=False)),
            models.Index(name="verdict_of_clock", fields=["clock"], condition=Q(clock__isnull=False)),
        ]  # fmt: skip

    @property
    def about(self) -> str:
        """The key of what it is on."""
        on = self.lead or self.campaign
        assert on is not None
        return on.key
