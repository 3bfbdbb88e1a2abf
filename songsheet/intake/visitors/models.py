"""Visitors, whom they turned out to be, their hits, and counts where nobody is to be known."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key
from songsheet.buyers.models import Person
from songsheet.intake.inbox.models import Door
from songsheet.intake.links.models import Link
from songsheet.intake.sites.models import Site
from songsheet.touches.models import Campaign, Source


def visitor_key() -> str:
    return new_key("visitor")


class Visitor(models.Model):
    """A browser that came with consent, by the random number it chose. Nothing is ever pre-filled from it."""

    key = models.CharField(max_length=40, unique=True, default=visitor_key, editable=False)
    token = models.UUIDField(unique=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True)
    covers_past = models.BooleanField(default=False)


class Recognised(models.Model):
    """Whom a visitor was, from when to when. Two people on one device follow each other and stay two."""

    class How(models.TextChoices):
        FORM = "form"
        LINK = "link"
        EVENT = "event"

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    how = models.CharField(max_length=5, choices=How.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="visitor_is_one_person_at_a_time", fields=["visitor"], condition=Q(until__isnull=True)
            ),
        ]
        indexes: ClassVar = [models.Index(name="recognised_visitor", fields=["visitor", "since"])]


class Hit(models.Model):
    """One request of somebody: a page seen, a link opened; what was measured beside what we make of it."""

    class What(models.TextChoices):
        PAGE = "page"
        CLICK = "click"

    class Made(models.TextChoices):
        HUMAN = "human"
        MACHINE = "machine"
        UNKNOWN = "unknown"

    hash = models.UUIDField(unique=True)
    visitor = models.ForeignKey(Visitor, models.CASCADE, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", db_index=False)
    door = models.CharField(max_length=8, choices=Door.choices)
    what = models.CharField(max_length=5, choices=What.choices)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    site = models.ForeignKey(Site, models.RESTRICT, null=True, related_name="+", db_index=False)
    link = models.ForeignKey(Link, models.RESTRICT, null=True, related_name="+", db_index=False)
    source = models.ForeignKey(Source, models.RESTRICT, null=True, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.RESTRICT, null=True, related_name="+", db_index=False)
    address = models.CharField(max_length=500, default="", blank=True)  # host and path, never a query
    title = models.CharField(max_length=200, default="", blank=True)
    referrer = models.CharField(max_length=253, default="", blank=True)  # its host alone
    utm = models.JSONField(default=dict)
    agent = models.CharField(max_length=300, default="", blank=True)
    network = models.CharField(max_length=45, default="", blank=True)  # the address cut to its /24 or /48
    method = models.CharField(max_length=8, default="", blank=True)
    prefetch = models.BooleanField(default=False)
    made_by = models.CharField(max_length=7, choices=Made.choices, default=Made.UNKNOWN)
    made_why = models.CharField(max_length=60, default="", blank=True)
    touch_key = models.CharField(max_length=40, default="", blank=True)
    came_by = models.UUIDField(null=True)  # the hash of the click that led to this page
    loaded_at = models.DateTimeField(null=True)  # of a click: when the page that it led to was there

    class Meta:
        indexes: ClassVar = [
            models.Index(name="hit_of_visitor", fields=["visitor", "at"], condition=Q(visitor__isnull=False)),
            models.Index(name="hit_of_person", fields=["person", "at"], condition=Q(person__isnull=False)),
            models.Index(name="hit_of_link", fields=["link", "at"], condition=Q(link__isnull=False)),
            models.Index(
                name="hit_made_of_link",
                fields=["link", "made_by", "-at"],
                condition=Q(link__isnull=False, what="click"),
            ),
            models.Index(name="hit_of_site_by_time", fields=["site", "-at"], condition=Q(site__isnull=False)),
            models.Index(name="hit_of_site", fields=["site"], condition=Q(site__isnull=False)),
            models.Index(name="hit_of_source", fields=["source"], condition=Q(source__isnull=False)),
            models.Index(name="hit_of_campaign", fields=["campaign"], condition=Q(campaign__isnull=False)),
            models.Index(name="hit_of_touch", fields=["touch_key"], condition=~Q(touch_key="")),
            models.Index(name="hit_by_network", fields=["network", "received_at"]),
            models.Index(name="hit_came_by", fields=["came_by"], condition=Q(came_by__isnull=False)),
        ]


class Count(models.Model):
    """How often a page was seen on a day, where nobody is to be known: no visitor and no time of day."""

    site = models.ForeignKey(Site, models.RESTRICT, related_name="+", db_index=False)
    day = models.DateField()
    address = models.CharField(max_length=500)
    came_from = models.CharField(max_length=253, default="", blank=True)
    human = models.PositiveIntegerField(default=0)
    machine = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_count_a_day", fields=["site", "day", "address", "came_from"])
        ]
