"""What a process remembers so that it can be undone."""

from typing import Any, ClassVar

from django.db import models

from songsheet.base.ids import new_key


def mending_key() -> str:
    return new_key("mending")


class Mending(models.Model):
    """A leak was mended: what was done with what, so that it can be undone once, exactly."""

    nature: ClassVar = "ledger"

    class Kind(models.TextChoices):
        OFFER = "offer"
        ASK = "ask"
        STEP = "step"

    key = models.CharField(max_length=40, unique=True, default=mending_key, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    done: "models.JSONField[Any, Any]" = models.JSONField()
    refused = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)

    @property
    def count(self) -> int:
        """How many leads or deals it moved."""
        return len(self.done)
