"""What the agreements say of a lead, and what a person noted where data cannot tell."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.agreements.models import Version
from songsheet.base.ids import new_key

TIERS = ("hot", "ready", "concierge", "nurture")
TIER_BY = ("mentions", "sources", "points")


class Judgement(models.Model):
    """How a lead stands by the definition and the tiers, at the moment of the last judgement.

    `definition` and `tiers` are the versions in force then; none: the starter was tried, in shadow, and the
    lead itself was left alone. `seen` says of each criterion in its order whether it holds, by what, and its
    points; `asks` how many needed questions are open. `word` is the word or the source by which the tier was
    reached, `seeks` the word that marks a deal seeker, `account` the domain of a named account.
    """

    lead = models.OneToOneField("leads.Lead", models.CASCADE, primary_key=True, related_name="+")
    definition = models.ForeignKey(Version, models.RESTRICT, null=True, related_name="+")
    tiers = models.ForeignKey(Version, models.RESTRICT, null=True, related_name="+")
    points = models.PositiveIntegerField()
    is_qualified = models.BooleanField()
    asks = models.PositiveSmallIntegerField(default=0)
    seen = models.JSONField()
    tier = models.CharField(max_length=10)
    tier_by = models.CharField(max_length=10)
    word = models.CharField(max_length=200, default="", blank=True)
    seeks = models.CharField(max_length=200, default="", blank=True)
    account = models.CharField(max_length=253, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="judged_into_a_tier", condition=Q(tier__in=TIERS, tier_by__in=TIER_BY)
            ),
            models.CheckConstraint(
                name="qualified_lead_has_evidence",
                condition=Q(is_qualified=False) | (Q(asks=0) & ~Q(seen=[])),
            ),
        ]

    @property
    def is_shadow(self) -> bool:
        return self.definition_id is None and self.tiers_id is None

    @property
    def deal_seeker(self) -> bool:
        return self.seeks != ""

    @property
    def is_named_account(self) -> bool:
        return self.account != ""


def answer_key() -> str:
    return new_key("answer")


class Answer(models.Model):
    """What a person noted on a question of the definition, in the words of the question then.

    One that was noted again takes the place of the one before, which is gone from that moment on.
    """

    key = models.CharField(max_length=40, unique=True, default=answer_key, editable=False)
    lead = models.ForeignKey("leads.Lead", models.CASCADE, related_name="+", db_index=False)
    question = models.CharField(max_length=200)
    text = models.CharField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="question_answered_once", fields=["lead", "question"], condition=Q(gone_at=None)
            ),
            models.CheckConstraint(name="answer_says_something", condition=~Q(text="")),
        ]
        indexes: ClassVar = [models.Index(name="answer_of_lead", fields=["lead", "question"])]
