"""Forms, their versions as they were shown, and what was answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key
from songsheet.buyers.models import Person


def form_key() -> str:
    return new_key("form")


def filled_key() -> str:
    return new_key("filled")


class Form(models.Model):
    """A form on a page of ours, or on one of our sites. `number` is the version that is shown now."""

    key = models.CharField(max_length=40, unique=True, default=form_key, editable=False)
    name = models.CharField(max_length=120)
    number = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class FormVersion(models.Model):
    """A form as it was shown: written once."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    body = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="form_version_of_a_number", fields=["form", "number"]),
        ]


class FormAnswer(models.Model):
    """What somebody typed into a form, and what became of it. Until it is `taken` nothing else happens.

    `wordings` are the consent texts that they read, by purpose.
    """

    class State(models.TextChoices):
        WAITS = "waits", "Waits to be confirmed"
        HELD = "held", "Waits for a member"
        TAKEN = "taken", "Taken in"
        DROPPED = "dropped", "Dropped"
        LAPSED = "lapsed", "Never confirmed"

    key = models.CharField(max_length=40, unique=True, default=filled_key, editable=False)
    form = models.ForeignKey(Form, models.RESTRICT, related_name="+", db_index=False)
    shown = models.ForeignKey(FormVersion, models.RESTRICT, related_name="+")
    mark = models.UUIDField(unique=True)  # over form, submission and words: the same again is the same one
    submission = models.CharField(max_length=64, db_collation="C")
    state = models.CharField(max_length=8, choices=State.choices)
    came_at = models.DateTimeField()
    said = models.JSONField(default=dict)
    wordings = models.JSONField(default=dict)
    mail = models.CharField(max_length=254, default="", blank=True, db_collation="C")
    reasons = models.JSONField(default=list)
    utm = models.JSONField(default=dict)
    click_ids = models.JSONField(default=dict)
    referrer = models.CharField(max_length=253, default="", blank=True)
    page = models.CharField(max_length=500, default="", blank=True)
    visitor = models.UUIDField(null=True)
    network = models.CharField(max_length=45, default="", blank=True)
    mailed_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    touch_key = models.CharField(max_length=40, default="", blank=True)
    enquiry_key = models.CharField(max_length=40, default="", blank=True)
    lead_key = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="taken_answer_has_a_person_and_a_touch",
                condition=~Q(state="taken") | Q(person__isnull=False, ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="form_answer_by_time", fields=["form", "-id"]),
            models.Index(name="form_answer_by_state", fields=["form", "state", "-id"]),
            models.Index(name="form_answer_of_network", fields=["network", "came_at"]),
            models.Index(name="form_answer_of_mail", fields=["mail", "came_at"], condition=~Q(mail="")),
            models.Index(name="form_answer_of_stamp", fields=["submission"]),
            models.Index(
                name="form_answer_waiting",
                fields=["state", "came_at"],
                condition=Q(state__in=["waits", "held"]),
            ),
        ]
