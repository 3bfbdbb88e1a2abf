"""What buyers said of how they heard of us, and which words mean which source."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key
from songsheet.buyers.models import Person
from songsheet.leads.enquiries.models import Enquiry
from songsheet.touches.models import Source


def heard_key() -> str:
    return new_key("heard")


def meaning_key() -> str:
    return new_key("meaning")


class Heard(models.Model):
    """An answer to *how did you hear of us?*: `said` as they said it, `source` the agreed word that it means.

    With a `lead` or `enquiry` it was said as they asked; without one, at some other time.
    """

    key = models.CharField(max_length=40, unique=True, default=heard_key, editable=False)
    person = models.ForeignKey(Person, models.RESTRICT, related_name="+", db_index=False)
    lead = models.ForeignKey("leads.Lead", models.RESTRICT, null=True, related_name="+", db_index=False)
    enquiry = models.ForeignKey(Enquiry, models.RESTRICT, null=True, related_name="+", db_index=False)
    said = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(Source, models.RESTRICT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(name="heard_of_person", fields=["person", "-at"]),
            models.Index(name="heard_of_lead", fields=["lead"], condition=Q(lead__isnull=False)),
            models.Index(name="heard_of_enquiry", fields=["enquiry"], condition=Q(enquiry__isnull=False)),
            models.Index(name="heard_of_source", fields=["source", "-at"], condition=Q(source__isnull=False)),
            models.Index(name="heard_in_other_words", fields=["folded"], condition=Q(source__isnull=True)),
        ]


class Meaning(models.Model):
    """What answers that hold these words mean, as a member said. Once for the same words, held by the act:
    erasure may make two of them alike, so that no constraint can."""

    key = models.CharField(max_length=40, unique=True, default=meaning_key, editable=False)
    words = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(Source, models.RESTRICT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    gone_at = models.DateTimeField(null=True)
