"""Facts, where and from when to when they say what, and who doubts it. Two values never hold at once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key
from songsheet.clocks.models import Clock
from songsheet.song.market.models import Segment

#: How a fact is called: a group and fields, as predicates and addresses name it.
NAME = r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){0,2}$"


def fact_key() -> str:
    return new_key("fact")


def dispute_key() -> str:
    return new_key("dispute")


class Fact(models.Model):
    """Something that is true of us, called by its name: `returns.days`, group and field.

    What it says stands in its values. `clock` runs until it is to be looked at again.
    """

    key = models.CharField(max_length=40, unique=True, default=fact_key, editable=False)
    name = models.CharField(max_length=80, unique=True, db_collation="C")
    label = models.CharField(max_length=160)
    kind = models.CharField(max_length=10)
    unit = models.CharField(max_length=30, default="", blank=True)
    choices = models.JSONField(default=list)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    source = models.CharField(max_length=1000, default="", blank=True)
    review_on = models.DateField(null=True)
    clock = models.ForeignKey(Clock, models.RESTRICT, null=True, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="fact_is_called_by_group_and_field", condition=Q(name__regex=NAME))
        ]

    def __str__(self) -> str:
        return self.label


class FactScope(models.Model):
    """Where a value of a fact holds: for a product, in a market, for a segment; everywhere without any."""

    fact = models.ForeignKey(Fact, models.RESTRICT, related_name="+", db_index=False)
    product = models.CharField(max_length=80, default="", blank=True)
    market = models.CharField(max_length=80, default="", blank=True)
    segment = models.ForeignKey(Segment, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="fact_scope_once",
                fields=["fact", "product", "market", "segment"],
                nulls_distinct=False,
            )
        ]


class FactValue(models.Model):
    """What a fact says in a scope, from an instant until another; a void one was planned and never held."""

    scope = models.ForeignKey(FactScope, models.RESTRICT, related_name="+", db_index=False)
    value = models.JSONField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, default="", blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    stated_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="value_ends_after_it_began",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            ),
        ]
        indexes: ClassVar = [models.Index(name="value_of_scope", fields=["scope", "valid_from"])]


class Dispute(models.Model):
    """Somebody doubts a fact: open, then answered by its owner, then settled by whoever doubted it."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        SETTLED = "settled", _("Settled")

    key = models.CharField(max_length=40, unique=True, default=dispute_key, editable=False)
    fact = models.ForeignKey(Fact, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    words = models.CharField(max_length=1000)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    raised_at = models.DateTimeField()
    clock = models.ForeignKey(Clock, models.RESTRICT, null=True, related_name="+")
    answer = models.CharField(max_length=1000, default="", blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="dispute_is_open_answered_or_settled",
                condition=Q(state="open", answered_at=None, settled_at=None)
                | Q(state="answered", answered_at__isnull=False, settled_at=None)
                | Q(state="settled", settled_at__isnull=False),
            )
        ]
