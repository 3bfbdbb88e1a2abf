"""What a process remembers so that it can be undone."""

from typing import Any, ClassVar

from django.conf import settings
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


def bulk_key() -> str:
    return new_key("bulk")


class BulkChange(models.Model):
    """One change to many records: what, to which value, by whom, how far it is. `rights` are those it was
    asked with; `at_once` when it ran in the transaction that asked for it."""

    class Act(models.TextChoices):
        ASSIGN = "assign"
        SET = "set"
        TAG = "tag"
        UNTAG = "untag"
        ARCHIVE = "archive"
        BRING_BACK = "bring_back"
        END = "end"
        ROUTE = "route"

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        FINISHED = "finished"
        UNDOING = "undoing"
        UNDONE = "undone"

    key = models.CharField(max_length=40, unique=True, default=bulk_key, editable=False)
    what = models.CharField(max_length=20)
    act = models.CharField(max_length=10, choices=Act.choices)
    field = models.CharField(max_length=80, default="", blank=True)
    value = models.CharField(max_length=500, default="", blank=True)
    says = models.CharField(max_length=300, default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    by = models.CharField(max_length=40)
    rights: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    undo_by = models.CharField(max_length=40, default="", blank=True)
    made_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    stayed = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                name="bulk_under_way",
                fields=["heard_at"],
                condition=models.Q(state__in=["waiting", "running", "undoing"]),
            )
        ]

    @property
    def is_under_way(self) -> bool:
        """Whether a process works on it, or will."""
        return self.state in (self.State.WAITING, self.State.RUNNING, self.State.UNDOING)

    @property
    def whole(self) -> int:
        """How many rows there are to go through."""
        return self.changed if self.state == self.State.UNDOING else self.rows

    @property
    def done(self) -> int:
        """How many rows have their verdict, or have been put back."""
        if self.state == self.State.UNDOING:
            return self.undone + self.stayed
        return self.changed + self.unchanged + self.refused


class BulkRow(models.Model):
    """One record of a change and what became of it; `before` holds what undoing it needs."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CHANGED = "changed"
        UNCHANGED = "unchanged"
        REFUSED = "refused"
        UNDONE = "undone"
        STAYED = "stayed"

    bulk = models.ForeignKey(BulkChange, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, default="", blank=True)
    before: "models.JSONField[Any, Any]" = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="bulk_row_once", fields=["bulk", "key"])]
        indexes: ClassVar = [models.Index(name="bulk_row_of_state", fields=["bulk", "state", "id"])]


class RetentionRule(models.Model):
    """How many months something is kept, by purpose; none is for ever. The newest row of a purpose holds."""

    purpose = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField(null=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(name="rule_of_purpose", fields=["purpose", "-id"])]


class RetentionReport(models.Model):
    """What a night found to be over, and how many went; `dry` when it only counted."""

    nature: ClassVar = "transient"

    purpose = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    found = models.PositiveIntegerField()
    gone = models.PositiveIntegerField()
    dry = models.BooleanField()
