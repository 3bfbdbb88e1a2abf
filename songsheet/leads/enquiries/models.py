"""Enquiries: what somebody asked us. An open one has an owner and a clock, by constraint."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from songsheet.agreements.kinds.enquiry_sorting import BUYING, SORTS
from songsheet.base.ids import new_key
from songsheet.buyers.models import Company, Person
from songsheet.clocks.models import Clock
from songsheet.touches.models import Campaign, Source


def enquiry_key() -> str:
    return new_key("enquiry")


class Enquiry(models.Model):
    """Something that somebody asked us. One about buying is a `lead` and nothing more is owed here.

    `sorted_by` holds which rule decided, by what of it, and of which version; no words of the buyer. `text`
    is theirs; `answer` and `why` were written by members about them. `before` is what undoing goes back to,
    only while the row still has the version that it names.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed without an answer")
        MOVED = "moved", _("Became a lead")

    key = models.CharField(max_length=40, unique=True, default=enquiry_key, editable=False)
    person = models.ForeignKey(Person, models.RESTRICT, related_name="+", db_index=False)
    company = models.ForeignKey(Company, models.RESTRICT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in SORTS])
    text = models.CharField(max_length=4000, default="", blank=True)
    source = models.ForeignKey(Source, models.RESTRICT, null=True, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.RESTRICT, null=True, related_name="+", db_index=False)
    came_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    sorted_by = models.JSONField(default=dict)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    clock = models.ForeignKey(Clock, models.RESTRICT, null=True, related_name="+", db_index=False)
    lead = models.ForeignKey("leads.Lead", models.RESTRICT, null=True, related_name="+", db_index=False)
    moved_from = models.CharField(max_length=12, default="", blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    moved_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, default="", blank=True)
    answer = models.CharField(max_length=4000, default="", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="open_enquiry_has_an_owner_and_a_clock",
                condition=Q(gone_at__isnull=False, clock__isnull=True)
                | Q(state="open", owner__isnull=False, clock__isnull=False, answered_at__isnull=True)
                | Q(state__in=["answered", "closed"], clock__isnull=True, answered_at__isnull=False)
                | Q(state="moved", lead__isnull=False, owner__isnull=True, clock__isnull=True),
            ),
            models.CheckConstraint(
                name="buying_enquiry_is_a_lead",
                condition=Q(kind=BUYING, state="moved") | (~Q(kind=BUYING) & ~Q(state="moved")),
            ),
            models.CheckConstraint(
                name="enquiry_state_is_known",
                condition=Q(state__in=["open", "answered", "closed", "moved"]),
            ),
            models.CheckConstraint(name="enquiry_kind_is_known", condition=Q(kind__in=list(SORTS))),
        ]
        indexes: ClassVar = [
            models.Index(
                name="enquiry_by_came", fields=["-came_at", "-id"], condition=Q(gone_at__isnull=True)
            ),
            models.Index(
                name="enquiry_archived", fields=["-came_at", "-id"], condition=Q(gone_at__isnull=False)
            ),
            models.Index(name="enquiry_of_person", fields=["person"]),
            models.Index(
                name="enquiry_open", fields=["owner"], condition=Q(state="open", gone_at__isnull=True)
            ),
            models.Index(name="enquiry_of_owner", fields=["owner", "-came_at"]),
            models.Index(name="enquiry_of_kind", fields=["kind", "-came_at"]),
            models.Index(name="enquiry_of_state", fields=["state", "-came_at"]),
            models.Index(name="enquiry_of_lead", fields=["lead"], condition=Q(lead__isnull=False)),
            models.Index(name="enquiry_of_clock", fields=["clock"], condition=Q(clock__isnull=False)),
            models.Index(name="enquiry_of_company", fields=["company"], condition=Q(company__isnull=False)),
            models.Index(
                name="enquiry_of_source", fields=["source", "-came_at"], condition=Q(source__isnull=False)
            ),
            models.Index(
                name="enquiry_of_campaign",
                fields=["campaign", "-came_at"],
                condition=Q(campaign__isnull=False),
            ),
            models.Index(
                name="enquiry_answered_by",
                fields=["answered_by", "-answered_at"],
                condition=Q(answered_by__isnull=False),
            ),
            models.Index(
                name="enquiry_moved_by", fields=["moved_by", "-moved_at"], condition=Q(moved_by__isnull=False)
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.state == self.State.OPEN and self.gone_at is None

    @property
    def kind_label(self) -> str:
        """What its kind is called."""
        return str(SORTS.get(self.kind, self.kind))
