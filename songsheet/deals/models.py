"""Deals and their stages. Each deal rests on a lead: the buying interest it came from."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Collate, Lower

from songsheet.base.ids import new_key
from songsheet.base.money import Money
from songsheet.buyers.models import Company, Person
from songsheet.leads.models import Lead
from songsheet.touches.models import Campaign

ENDED = ("won", "lost", "no_decision", "released")

NOT_GONE = Q(gone_at__isnull=True)
#: What lists sort by where the column may be empty: deals without it come last.
EXPECTED_OR_LAST = Coalesce("expected_on", Value(date.max), output_field=models.DateField())
LOWER_NAME = Collate(Lower("name"), "C")
AMOUNT_OR_LAST = Coalesce("amount", Value(-(2**63)), output_field=models.BigIntegerField())


def deal_key() -> str:
    return new_key("deal")


class Stage(models.Model):
    """A step of the pipeline that an open deal stands in; ordered by `position`."""

    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120, unique=True)
    position = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Deal(models.Model):
    """An opportunity. Money in minor units of `currency`; `probability` in basis points."""

    class State(models.TextChoices):
        OPEN = "open"
        WON = "won"
        LOST = "lost"
        NO_DECISION = "no_decision"
        RELEASED = "released"

    key = models.CharField(max_length=40, unique=True, default=deal_key, editable=False)
    name = models.CharField(max_length=300, default="", blank=True)
    lead = models.ForeignKey(Lead, models.RESTRICT, related_name="deals")
    person = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+", db_index=False)
    company = models.ForeignKey(Company, models.RESTRICT, null=True, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.RESTRICT, null=True, related_name="+", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    stage = models.ForeignKey(Stage, models.RESTRICT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    amount = models.BigIntegerField(null=True)
    margin = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    probability = models.PositiveIntegerField(null=True)
    category = models.CharField(max_length=60, default="", blank=True)
    opened_at = models.DateTimeField()
    expected_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, default="", blank=True)
    next_step = models.CharField(max_length=300, default="", blank=True)
    next_step_on = models.DateField(null=True)
    at_rest = models.BooleanField(default=False)
    system = models.CharField(max_length=60, default="", blank=True)
    external_id = models.CharField(max_length=200, default="", blank=True)
    custom = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="deal_of_an_external_id",
                fields=["system", "external_id"],
                condition=Q(gone_at__isnull=True) & ~Q(external_id=""),
            ),
            models.CheckConstraint(
                name="open_deal_has_owner_and_next_step_or_rests",
                condition=~Q(state="open")
                | Q(at_rest=True)
                | (Q(owner__isnull=False, next_step_on__isnull=False) & ~Q(next_step="")),
            ),
            models.CheckConstraint(
                name="ended_deal_has_an_end",
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state__in=ENDED, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="deal_money_has_a_currency",
                condition=Q(amount__isnull=True, margin__isnull=True) | ~Q(currency=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="deal_by_opened", fields=["-opened_at", "-id"], condition=NOT_GONE),
            models.Index(
                name="deal_archived", fields=["-opened_at", "-id"], condition=Q(gone_at__isnull=False)
            ),
            models.Index(LOWER_NAME, name="deal_by_name", condition=NOT_GONE),
            models.Index(EXPECTED_OR_LAST, F("id"), name="deal_by_expected", condition=NOT_GONE),
            models.Index(
                F("currency").desc(),
                AMOUNT_OR_LAST.desc(),
                F("id").desc(),
                name="deal_by_amount",
                condition=NOT_GONE,
            ),
            models.Index(
                name="deal_of_owner", fields=["owner", "-opened_at"], condition=Q(owner__isnull=False)
            ),
            models.Index(name="deal_of_person", fields=["person"], condition=Q(person__isnull=False)),
            models.Index(name="deal_of_company", fields=["company"], condition=Q(company__isnull=False)),
            models.Index(name="deal_of_campaign", fields=["campaign"], condition=Q(campaign__isnull=False)),
            models.Index(name="deal_of_stage", fields=["stage"], condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.name or "A deal"

    @property
    def money(self) -> Money | None:
        """What it is worth, where that is known."""
        return Money(self.amount, self.currency) if self.amount is not None else None
