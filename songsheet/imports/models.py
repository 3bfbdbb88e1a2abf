"""Imports: what was sent, how far it was read, what it made and changed, and which rows were seen before."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key

#: What an import can write, in the order in which it is taken back.
MADE = ("touch", "task", "deal", "lead", "person", "company", "campaign", "member")


def import_key() -> str:
    return new_key("import")


class Import(models.Model):
    """One run over one or several files. `mapping` is what was decided about their columns, whole.

    `said` is what somebody decided about a draft: preset, kinds, columns, cells put right. `heard_at` is when
    its process was last heard of. `read` and `size` are bytes; they tell how much is left. `rejects_size` is
    how much of the file of rejected rows is committed: what a killed process wrote beyond it is cut off when
    the import goes on.
    """

    class State(models.TextChoices):
        DRAFT = "draft"  # the columns are being looked at
        CHECKING = "checking"  # a dry run
        WAITING = "waiting"  # for a worker
        RUNNING = "running"
        FINISHED = "finished"
        FAILED = "failed"
        UNDOING = "undoing"
        UNDONE = "undone"

    key = models.CharField(max_length=40, unique=True, default=import_key, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    system = models.CharField(max_length=60, default="")
    preset = models.CharField(max_length=60, default="", blank=True)
    mapping = models.JSONField(default=dict)
    names = models.JSONField(default=list)
    not_read = models.JSONField(default=list)
    said = models.JSONField(default=dict)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    failure = models.TextField(default="", blank=True)
    size = models.BigIntegerField(default=0)
    read = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    by_kind = models.JSONField(default=dict)
    rejects_size = models.BigIntegerField(default=0)
    checked: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    undo: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="each_row_of_an_import_has_one_verdict",
                condition=Q(
                    rows=models.F("created")
                    + models.F("updated")
                    + models.F("unchanged")
                    + models.F("rejected")
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="import_by_made", fields=["-made_at", "-id"]),
            models.Index(
                name="import_under_way",
                fields=["state"],
                condition=Q(state__in=["checking", "waiting", "running", "undoing"]),
            ),
        ]

    def __str__(self) -> str:
        shown, more = self.names[:2], len(self.names) - 2
        return ", ".join(shown) + (f" and {more} more" if more > 0 else "") or self.key

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.WAITING, self.State.RUNNING, self.State.UNDOING)

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("rows", "created", "updated", "unchanged", "rejected")}


class ImportFile(models.Model):
    """One table of an import and how far it was read: the row after which the next chunk begins."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    table = models.CharField(max_length=400)
    role = models.CharField(max_length=120)
    size = models.BigIntegerField(default=0)
    read = models.BigIntegerField(default=0)
    row = models.BigIntegerField(default=0)
    is_done = models.BooleanField(default=False)
    rows = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="import_reads_a_table_once", fields=["run", "position"])
        ]


class RowSeen(models.Model):
    """The latest content of a row of another system, as digests.

    An unchanged row is recognised whatever people did to its record since, and of a changed one its changed
    cells. An empty mark asks for another look at the whole row: something it refers to was not there yet, or
    what it changed was put back.
    """

    system = models.CharField(max_length=60)
    file = models.CharField(max_length=120)
    external_id = models.CharField(max_length=200)
    mark = models.BinaryField()
    first = models.ForeignKey(Import, models.RESTRICT, related_name="+", db_index=False)
    last = models.ForeignKey(Import, models.RESTRICT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="row_is_seen_once", fields=["system", "file", "external_id"])
        ]


class Made(models.Model):
    """Which records one chunk of an import created. After an undo: those that stayed."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    keys = ArrayField(models.CharField(max_length=40))

    class Meta:
        indexes: ClassVar = [models.Index(name="made_by_import", fields=["run", "kind", "id"])]


class Before(models.Model):
    """What a record held before an import changed it, per field, beside what the import wrote there."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    values = models.JSONField()

    class Meta:
        indexes: ClassVar = [models.Index(name="before_an_import", fields=["run", "kind", "id"])]
