"""Tracked links."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key
from songsheet.buyers.models import Person
from songsheet.touches.models import Campaign, Source


def link_key() -> str:
    return new_key("link")


class Link(models.Model):
    """An address of ours, `/l/{token}`, that leads to another one and counts who came by it.

    With a person it was given to that person alone: a personal link. `utm` holds the campaign marks it adds,
    by their names without `utm_`. `answered` is the status its page gave when it was last looked at.
    """

    key = models.CharField(max_length=40, unique=True, default=link_key, editable=False)
    token = models.CharField(max_length=22, unique=True, db_collation="C")
    name = models.CharField(max_length=120)
    target = models.CharField(max_length=2000)
    source = models.ForeignKey(Source, models.RESTRICT, null=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.RESTRICT, null=True, related_name="+")
    utm = models.JSONField(default=dict)
    person = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    #: Where no human looks, such as in white on white: whoever opens it is a machine.
    is_hidden = models.BooleanField(default=False, db_default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    answered = models.PositiveSmallIntegerField(null=True)
    check_said = models.CharField(max_length=100, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="link_by_made", fields=["-made_at", "-id"]),
            models.Index(name="link_by_name", fields=["name", "id"]),
            models.Index(name="link_of_source", fields=["source", "-made_at", "-id"]),
            models.Index(name="link_of_campaign", fields=["campaign", "-made_at", "-id"]),
            models.Index(
                name="link_withdrawn", fields=["-made_at", "-id"], condition=Q(withdrawn_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name
