"""Days that are unlike their weekday, leave and skills. The week stands with the member and the house."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key


def day_key() -> str:
    return new_key("day")


def leave_key() -> str:
    return new_key("leave")


class SpecialDay(models.Model):
    """A day off, or one that is worked though it is a holiday; without a member it is the whole house's."""

    key = models.CharField(max_length=40, unique=True, default=day_key, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    on = models.DateField()
    name = models.CharField(max_length=120, default="", blank=True)
    works = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="special_day_of_a_member_once",
                fields=["member", "on"],
                condition=Q(gone_at__isnull=True, member__isnull=False),
            ),
            models.UniqueConstraint(
                name="special_day_of_the_house_once",
                fields=["on"],
                condition=Q(gone_at__isnull=True, member__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Leave(models.Model):
    """A member is away, both days included. With a deputy who answers for them their promises run on."""

    key = models.CharField(max_length=40, unique=True, default=leave_key, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    made_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="leave_ends_after_it_begins", condition=Q(until_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="nobody_is_their_own_deputy",
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("member")),
            ),
            ExclusionConstraint(
                name="leave_of_a_member_once",
                index_type="gist",
                expressions=[
                    (Func(F("member"), F("member"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("from_on"), F("until_on"), Value("[]"), function="daterange"), "&&"),
                ],
                condition=Q(gone_at__isnull=True),
            ),
        ]


class Skill(models.Model):
    """What a member knows; the languages they speak stand with the member."""

    class Kind(models.TextChoices):
        INDUSTRY = "industry", _("Industries")
        PRODUCT = "product", _("Products")
        SALES_MODEL = "sales_model", _("Sales models")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    word = models.CharField(max_length=60)
    word_folded = models.CharField(max_length=200)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="skill_of_a_member_once",
                fields=["member", "kind", "word_folded"],
                condition=Q(gone_at__isnull=True),
            ),
            models.CheckConstraint(
                name="skill_kind_is_known", condition=Q(kind__in=["industry", "product", "sales_model"])
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="skill_by_word", fields=["kind", "word_folded"], condition=Q(gone_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.word


class CalendarStamp(models.Model):
    """One row: which state the calendars are in. Triggers write it with whatever a calendar is made of.

    Its numbers come from a sequence and are never given twice, not after a rollback either, so that what a
    process keeps of the calendars under a stamp is never that of another state.
    """

    stamp = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="there_is_one_calendar_stamp", condition=Q(id=1))
        ]
