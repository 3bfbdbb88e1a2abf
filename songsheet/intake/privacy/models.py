"""Requests to see one's own data."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key
from songsheet.buyers.models import Person


def ask_key() -> str:
    return new_key("ask")


class Ask(models.Model):
    """Somebody says that an address is theirs. A code that was mailed there proves it; no code is kept.

    Without a person we know nobody by that address, and nothing is mailed; whoever asks is not told which.
    """

    key = models.CharField(max_length=40, unique=True, default=ask_key, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", db_index=False)
    address = models.CharField(max_length=254, default="", blank=True)
    asked = models.CharField(max_length=64)  # a keyed hash of the address, known or not
    network = models.CharField(max_length=64)  # a keyed hash of where it came from
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    proven_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "intake_ask"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="only_the_known_are_proven",
                condition=Q(proven_at__isnull=True) | Q(person__isnull=False),
            )
        ]
        indexes: ClassVar = [
            models.Index(name="ask_of_person", fields=["person"], condition=Q(person__isnull=False)),
            models.Index(name="ask_of_address", fields=["asked", "made_at"]),
            models.Index(name="ask_of_network", fields=["network", "made_at"]),
        ]
