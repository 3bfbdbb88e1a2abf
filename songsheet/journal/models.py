"""The tables of the journal, written by SQL in this part alone; others read entries and queries."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class EntryRow(models.Model):
    """One entry; append-only by triggers, positions gapless and in commit order."""

    position = models.BigIntegerField(primary_key=True)
    kind = models.TextField(db_collation="C")
    version = models.SmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.TextField(db_collation="C")
    because = models.BigIntegerField(null=True)
    depth = models.SmallIntegerField()
    lane = models.SmallIntegerField()
    body = models.JSONField()

    class Meta:
        db_table = "journal_entry"
        indexes = [
            models.Index(
                fields=["position"], include=["kind"], condition=Q(lane=0), name="journal_entry_live"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(position__gt=0, version__gt=0), name="journal_entry_counts"),
            models.CheckConstraint(condition=Q(lane__in=[0, 1]), name="journal_entry_lane"),
            models.CheckConstraint(condition=Q(depth__gte=0, depth__lte=5), name="journal_entry_depth"),
            models.CheckConstraint(
                condition=Q(because__isnull=True, depth=0)
                | Q(because__isnull=False, depth__gt=0, because__gt=0, because__lt=F("position")),
                name="journal_entry_because",
            ),
        ]


class AboutRow(models.Model):
    """One subject of one entry."""

    pk = models.CompositePrimaryKey("key", "position")
    key = models.TextField(db_collation="C")
    position = models.BigIntegerField()

    class Meta:
        db_table = "journal_about"
        indexes = [
            # rows arrive in order of position: by range they are found at almost no cost for writers
            BrinIndex(fields=["position"], pages_per_range=32, name="journal_about_position"),
        ]


class Head(models.Model):
    """The one row whose lock gives positions."""

    id = models.SmallIntegerField(primary_key=True)
    position = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "journal_head"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="journal_head_one_row")]


class Cursor(models.Model):
    """How far a reader has heard."""

    name = models.TextField(primary_key=True, db_collation="C")
    position = models.BigIntegerField()
    began = models.BigIntegerField(null=True)  # behind it everything was heard; unknown of the oldest
    moved_at = models.DateTimeField(db_default=Now())
    failures = models.SmallIntegerField(db_default=0)
    due_at = models.DateTimeField(null=True)
    error = models.TextField(db_default="")

    class Meta:
        db_table = "journal_reader"


class Parked(models.Model):
    """An entry a reader failed on, or one about the same subject that waits behind it."""

    class State(models.TextChoices):
        """`due` is tried again by itself, `parked` needs somebody, `waiting` stands behind another."""

        DUE = "due"
        PARKED = "parked"
        WAITING = "waiting"

    pk = models.CompositePrimaryKey("reader", "position")
    reader = models.TextField(db_collation="C")
    position = models.BigIntegerField()
    keys = ArrayField(models.TextField())
    state = models.TextField(choices=State.choices)
    attempts = models.SmallIntegerField(db_default=0)
    due_at = models.DateTimeField(null=True)
    error = models.TextField(db_default="")
    parked_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "journal_parked"
        indexes = [
            models.Index(fields=["reader", "due_at"], condition=Q(state="due"), name="journal_parked_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="due", due_at__isnull=False)
                | Q(state__in=["parked", "waiting"], due_at__isnull=True),
                name="journal_parked_state",
            )
        ]


class ParkedAbout(models.Model):
    """What a held entry is about: finds at once whether, and behind what, an entry must wait."""

    pk = models.CompositePrimaryKey("reader", "key", "position")
    reader = models.TextField(db_collation="C")
    key = models.TextField(db_collation="C")
    position = models.BigIntegerField()

    class Meta:
        db_table = "journal_parked_about"


class Effect(models.Model):
    """A reader has answered an entry; a repeat finds this row and does nothing."""

    pk = models.CompositePrimaryKey("reader", "because")
    reader = models.TextField(db_collation="C")
    because = models.BigIntegerField()

    class Meta:
        db_table = "journal_effect"


class Sealed(models.Model):
    """A personal value or a text about a buyer, out of the journal, deleted by erasure."""

    key = models.TextField(primary_key=True, db_collation="C")
    person = models.TextField(db_index=True, db_collation="C")
    name = models.TextField()
    text = models.TextField()
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "journal_sealed"
