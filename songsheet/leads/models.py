"""Leads and the queues they wait in. I1 and I2 stand here as constraints."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key
from songsheet.buyers.models import Company, Person
from songsheet.clocks.models import Clock
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.heard.models import Heard, Meaning
from songsheet.leads.qualifying.models import Answer, Judgement
from songsheet.leads.routing.models import Routing, Shout, Turn
from songsheet.touches.models import Campaign, Source

__all__ = [
    "ENDED_STATES", "OPEN_STATES", "Answer", "Enquiry", "Handed", "Heard", "Judgement", "Lead", "Meaning",
    "Queue", "Routing", "Shout", "Turn",
]  # fmt: skip

OPEN_STATES = ("new", "nurturing", "qualified", "offered", "working")
ENDED_STATES = ("converted", "disqualified", "released")


def lead_key() -> str:
    return new_key("lead")


def queue_key() -> str:
    return new_key("queue")


class Queue(models.Model):
    """Where free leads wait; somebody answers for it by name."""

    key = models.CharField(max_length=40, unique=True, default=queue_key, editable=False)
    name = models.CharField(max_length=120, unique=True)
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Lead(models.Model):
    """One buying interest of one person. `at_rest`: imported history that nobody has taken up; no clock runs.

    `is_dated` is false where the file did not say when it came; `came_at` is then the time of the import.
    `contacted_elsewhere`: the imported status says that somebody contacted or tried; no activity shows it.
    """

    class State(models.TextChoices):
        NEW = "new"
        NURTURING = "nurturing"
        QUALIFIED = "qualified"
        OFFERED = "offered"
        WORKING = "working"
        CONVERTED = "converted"
        DISQUALIFIED = "disqualified"
        RELEASED = "released"

    key = models.CharField(max_length=40, unique=True, default=lead_key, editable=False)
    person = models.ForeignKey(Person, models.RESTRICT, related_name="leads")
    company = models.ForeignKey(Company, models.RESTRICT, null=True, related_name="+", db_index=False)
    source = models.ForeignKey(Source, models.RESTRICT, null=True, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.RESTRICT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    queue = models.ForeignKey(Queue, models.RESTRICT, null=True, related_name="+", db_index=False)
    owned_since = models.DateTimeField(null=True)
    clock = models.ForeignKey(Clock, models.RESTRICT, null=True, related_name="+", db_index=False)
    wants = models.CharField(max_length=500, default="", blank=True)
    tier = models.CharField(max_length=10, default="", blank=True)
    deal_seeker = models.BooleanField(default=False)
    came_at = models.DateTimeField()
    is_dated = models.BooleanField(default=True)
    contacted_elsewhere = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, default="", blank=True)
    look_again_on = models.DateField(null=True)
    at_rest = models.BooleanField(default=False)
    system = models.CharField(max_length=60, default="", blank=True)
    external_id = models.CharField(max_length=200, default="", blank=True)
    custom = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)
    #: Read for the rows of a list, where it is asked for.
    is_named_account: bool = False

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="lead_of_an_external_id",
                fields=["system", "external_id"],
                condition=Q(gone_at__isnull=True) & ~Q(external_id=""),
            ),
            models.CheckConstraint(
                name="open_lead_has_one_owner",
                condition=Q(state__in=ENDED_STATES)
                | Q(owner__isnull=False, queue__isnull=True)
                | Q(owner__isnull=True, queue__isnull=False),
            ),
            models.CheckConstraint(
                name="open_lead_has_a_clock_or_rests",
                condition=Q(state__in=ENDED_STATES, clock__isnull=True)
                | Q(at_rest=True, clock__isnull=True)
                | Q(at_rest=False, clock__isnull=False),
            ),
            models.CheckConstraint(
                name="ended_lead_has_an_end",
                condition=Q(state__in=OPEN_STATES, ended_at__isnull=True)
                | Q(state__in=ENDED_STATES, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="lead_state_is_known", condition=Q(state__in=[*OPEN_STATES, *ENDED_STATES])
            ),
            models.CheckConstraint(
                name="nurturing_lead_has_an_owner_and_a_date",
                condition=~Q(state="nurturing")
                | Q(at_rest=True)
                | Q(owner__isnull=False, look_again_on__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="lead_by_came", fields=["-came_at", "-id"], condition=Q(gone_at__isnull=True)),
            models.Index(
                name="lead_archived", fields=["-came_at", "-id"], condition=Q(gone_at__isnull=False)
            ),
            models.Index(
                name="lead_of_state", fields=["state", "-came_at"], condition=Q(gone_at__isnull=True)
            ),
            models.Index(
                name="lead_of_owner", fields=["owner", "-came_at"], condition=Q(owner__isnull=False)
            ),
            models.Index(
                name="lead_of_queue", fields=["queue", "-came_at"], condition=Q(queue__isnull=False)
            ),
            models.Index(
                name="lead_of_source", fields=["source", "-came_at"], condition=Q(source__isnull=False)
            ),
            models.Index(
                name="lead_of_campaign", fields=["campaign", "-came_at"], condition=Q(campaign__isnull=False)
            ),
            models.Index(
                name="lead_in_hand",
                fields=["owner"],
                condition=Q(owner__isnull=False, gone_at__isnull=True, at_rest=False, state__in=OPEN_STATES),
            ),
            models.Index(
                name="lead_of_tier",
                fields=["tier", "-came_at", "-id"],
                condition=Q(gone_at__isnull=True) & ~Q(tier=""),
            ),
            models.Index(
                name="lead_seeks_deals",
                fields=["-came_at", "-id"],
                condition=Q(gone_at__isnull=True, deal_seeker=True),
            ),
            models.Index(name="lead_of_company", fields=["company"], condition=Q(company__isnull=False)),
            models.Index(name="lead_of_clock", fields=["clock"], condition=Q(clock__isnull=False)),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class Handed(models.Model):
    """How a lead stood before it was last taken, given or taken up, so that this can be undone exactly.

    Only while the lead still has the `version` that handing it gave it.
    """

    lead = models.OneToOneField(Lead, models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveIntegerField()
    by = models.CharField(max_length=40)
    before = models.JSONField()
