"""Touches, tasks, sources and campaigns. A touch names lead and deal by key: they stand on higher storeys."""

from datetime import UTC, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from songsheet.base.ids import new_key
from songsheet.buyers.models import Company, Person
from songsheet.files.models import Blob

NOT_GONE = Q(gone_at__isnull=True)
#: A contact that a member made, or had.
IS_ACTIVITY = Q(gone_at__isnull=True, member__isnull=False)
#: A task of which its member has still to be reminded.
TO_REMIND = Q(remind_at__isnull=False, reminded_at__isnull=True, done_at__isnull=True, gone_at__isnull=True)
#: What lists sort by where the column may be empty: tasks without a day come last.
LAST = datetime(9999, 12, 31, tzinfo=UTC)
DUE_OR_LAST = Coalesce("due_at", Value(LAST), output_field=models.DateTimeField())


def touch_key() -> str:
    return new_key("touch")


def task_key() -> str:
    return new_key("task")


def file_key() -> str:
    return new_key("file")


def campaign_key() -> str:
    return new_key("campaign")


class Source(models.Model):
    """Where buyers come from: a row of the agreed vocabulary (trade show, paid search, referral …)."""

    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """A campaign in the register, with what it was to cost and what it cost, in minor units."""

    key = models.CharField(max_length=40, unique=True, default=campaign_key, editable=False)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=60, default="", blank=True)
    status = models.CharField(max_length=60, default="", blank=True)
    source = models.ForeignKey(Source, models.RESTRICT, null=True, related_name="+")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    budget = models.BigIntegerField(null=True)
    cost = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    system = models.CharField(max_length=60, default="", blank=True)
    external_id = models.CharField(max_length=200, default="", blank=True)
    custom = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="campaign_of_an_external_id",
                fields=["system", "external_id"],
                condition=Q(gone_at__isnull=True) & ~Q(external_id=""),
            ),
            models.CheckConstraint(
                name="campaign_money_has_a_currency",
                condition=Q(budget__isnull=True, cost__isnull=True) | ~Q(currency=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="campaign_by_name", fields=["name", "id"], condition=NOT_GONE),
            models.Index(name="campaign_by_id", fields=["-id"], condition=NOT_GONE),
        ]

    def __str__(self) -> str:
        return self.name


class Touch(models.Model):
    """One contact of a buyer with us. `direction` out: a member did it; in: the buyer did; none: neither.

    An *outgoing activity* is a touch with direction out and a member. `subject` and `text` are what somebody
    wrote about a buyer: they live here alone and never in an entry.
    """

    class Kind(models.TextChoices):
        VISIT = "visit"
        FORM = "form"
        CALL = "call"
        MAIL = "mail"
        MEETING = "meeting"
        WEBINAR = "webinar"
        NOTE = "note"
        CAMPAIGN = "campaign"
        INVOICE = "invoice"
        ADVERTISEMENT = "advertisement"
        DOWNLOAD = "download"
        OTHER = "other"

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"
        NONE = ""

    key = models.CharField(max_length=40, unique=True, default=touch_key, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    direction = models.CharField(max_length=3, choices=Direction.choices, default=Direction.NONE, blank=True)
    person = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+", db_index=False)
    company = models.ForeignKey(Company, models.RESTRICT, null=True, related_name="+", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    campaign = models.ForeignKey(Campaign, models.RESTRICT, null=True, related_name="+", db_index=False)
    lead_key = models.CharField(max_length=40, default="", blank=True)
    deal_key = models.CharField(max_length=40, default="", blank=True)
    at = models.DateTimeField()
    seconds = models.PositiveIntegerField(null=True)
    subject = models.CharField(max_length=500, default="", blank=True)
    text = models.TextField(default="", blank=True)
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    status = models.CharField(max_length=60, default="", blank=True)
    system = models.CharField(max_length=60, default="", blank=True)
    external_id = models.CharField(max_length=200, default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="touch_of_an_external_id",
                fields=["system", "kind", "external_id"],
                condition=Q(gone_at__isnull=True) & ~Q(external_id=""),
            ),
            models.CheckConstraint(
                name="touch_money_has_a_currency", condition=Q(amount__isnull=True) | ~Q(currency="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="touch_of_person", fields=["person", "at"], condition=Q(person__isnull=False)),
            models.Index(
                name="touch_of_company", fields=["company", "at"], condition=Q(company__isnull=False)
            ),
            models.Index(name="touch_of_member", fields=["member", "at"], condition=Q(member__isnull=False)),
            models.Index(name="touch_of_campaign", fields=["campaign"], condition=Q(campaign__isnull=False)),
            models.Index(name="touch_of_lead", fields=["lead_key", "at"], condition=~Q(lead_key="")),
            models.Index(name="touch_of_deal", fields=["deal_key", "at"], condition=~Q(deal_key="")),
            models.Index(name="touch_by_at", fields=["-at", "-id"], condition=NOT_GONE),
            models.Index(name="touch_archived", fields=["-at", "-id"], condition=Q(gone_at__isnull=False)),
            models.Index(name="activity_by_at", fields=["-at", "-id"], condition=IS_ACTIVITY),
        ]


class NoteBefore(models.Model):
    """What a note said before it was changed: `version` is the one that said it. Undo puts it back."""

    touch = models.ForeignKey(Touch, models.CASCADE, related_name="+", db_index=False)
    version = models.PositiveIntegerField()
    text = models.TextField(default="", blank=True)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="note_said_once_a_version", fields=["touch", "version"])
        ]


class Attachment(models.Model):
    """A file that hangs on a touch, under the name it was sent by; the bytes are a blob's."""

    key = models.CharField(max_length=40, unique=True, default=file_key, editable=False)
    touch = models.ForeignKey(Touch, models.RESTRICT, related_name="+")
    blob = models.ForeignKey(Blob, models.RESTRICT, related_name="+")
    name = models.CharField(max_length=120)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    made_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """Something a member means to do by a day; done, open, or dropped.

    Its member is reminded once at `remind_at`; `reminded_at` says when that was done.
    """

    key = models.CharField(max_length=40, unique=True, default=task_key, editable=False)
    subject = models.CharField(max_length=500)
    person = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    lead_key = models.CharField(max_length=40, default="", blank=True)
    deal_key = models.CharField(max_length=40, default="", blank=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    system = models.CharField(max_length=60, default="", blank=True)
    external_id = models.CharField(max_length=200, default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="task_of_an_external_id",
                fields=["system", "external_id"],
                condition=Q(gone_at__isnull=True) & ~Q(external_id=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="task_of_person", fields=["person"], condition=Q(person__isnull=False)),
            models.Index(
                name="task_of_member_open", fields=["member", "due_at"], condition=Q(done_at__isnull=True)
            ),
            models.Index(name="task_of_lead", fields=["lead_key"], condition=~Q(lead_key="")),
            models.Index(name="task_of_deal", fields=["deal_key"], condition=~Q(deal_key="")),
            models.Index(DUE_OR_LAST, F("id"), name="task_by_due", condition=NOT_GONE),
            models.Index(name="task_by_made", fields=["-made_at", "-id"], condition=NOT_GONE),
            models.Index(
                name="task_archived", fields=["-made_at", "-id"], condition=Q(gone_at__isnull=False)
            ),
            models.Index(name="task_to_remind_of", fields=["remind_at"], condition=TO_REMIND),
        ]
