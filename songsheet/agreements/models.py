"""Agreements, their versions, signatures, deputies. What is in force is never edited: a trigger holds it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from songsheet.base.ids import new_key

#: A version whose body stands for ever: it was signed by both sides once.
SIGNED_STATES = ("in_force", "superseded", "stopped")


def agreement_key() -> str:
    return new_key("agreement")


def version_key() -> str:
    return new_key("version")


def comment_key() -> str:
    return new_key("comment")


def link_key() -> str:
    return new_key("link")


class Agreement(models.Model):
    """One per kind; what it says stands in its versions."""

    key = models.CharField(max_length=40, unique=True, default=agreement_key, editable=False)
    kind = models.CharField(max_length=40, unique=True)


class Version(models.Model):
    """One version of an agreement.

    `hash` is over the canonical form of `body`. `starts_on` is the day asked for; none: once both signed.
    `in_force_from` and `in_force_until` are the instants. `counters`: the refused version that it answers.
    `mode` says whose keys signed it: two members, or the only one of a house, wearing both hats.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        OFFERED = "offered"
        IN_FORCE = "in_force"
        SUPERSEDED = "superseded"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        STOPPED = "stopped"

    class Mode(models.TextChoices):
        TWO = "two"
        ONE_PERSON = "one_person"

    key = models.CharField(max_length=40, unique=True, default=version_key, editable=False)
    agreement = models.ForeignKey(Agreement, models.RESTRICT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.TWO)
    body = models.JSONField()
    hash = models.CharField(max_length=64)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    counters = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    starts_on = models.DateField(null=True)
    offered_at = models.DateTimeField(null=True)
    decide_by = models.DateField(null=True)
    called_at = models.DateTimeField(null=True)
    in_force_from = models.DateTimeField(null=True)
    in_force_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=1000, default="", blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="version_number_once", fields=["agreement", "number"]),
            models.UniqueConstraint(
                name="one_version_is_offered", fields=["agreement"], condition=Q(state="offered")
            ),
            models.UniqueConstraint(
                name="one_version_is_in_force", fields=["agreement"], condition=Q(state="in_force")
            ),
            models.CheckConstraint(
                name="version_is_open_or_signed_or_ended",
                condition=Q(state__in=["draft", "offered"], in_force_from=None, ended_at=None)
                | Q(state="in_force", in_force_from__isnull=False, in_force_until=None, ended_at=None)
                | Q(
                    state__in=["superseded", "stopped"],
                    in_force_from__isnull=False,
                    in_force_until__isnull=False,
                    ended_at__isnull=False,
                )
                | Q(state__in=["refused", "withdrawn"], in_force_from=None, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="version_ends_after_it_began",
                condition=Q(in_force_until=None) | Q(in_force_until__gte=models.F("in_force_from")),
            ),
            models.CheckConstraint(
                name="offered_version_has_a_day", condition=~Q(state="offered") | Q(offered_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.kind} {self.number}"


class Signature(models.Model):
    """A key turned for one side over the hash of a version; void once the text it was for changed."""

    version = models.ForeignKey(Version, models.RESTRICT, related_name="+")
    side = models.CharField(max_length=12)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    role = models.CharField(max_length=24)
    as_deputy = models.BooleanField(default=False)
    both_hats = models.BooleanField(default=False)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_side_signs_once", fields=["version", "side"], condition=Q(voided_at=None)
            ),
            models.UniqueConstraint(
                name="a_member_signs_once",
                fields=["version", "member"],
                condition=Q(voided_at=None, both_hats=False),
            ),
            models.CheckConstraint(
                name="signature_is_of_a_side", condition=Q(side__in=["marketing", "sales"])
            ),
        ]


class Deputy(models.Model):
    """A member of a side whom the house named to sign for it; kept when it ends."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    side = models.CharField(max_length=12)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="deputy_once", fields=["member"], condition=Q(ended_at=None)),
            models.CheckConstraint(name="deputy_is_of_a_side", condition=Q(side__in=["marketing", "sales"])),
        ]


class Guest(models.Model):
    """Somebody outside who may read one version by a link and comment on it; only the link's hash is kept."""

    key = models.CharField(max_length=40, unique=True, default=link_key, editable=False)
    version = models.ForeignKey(Version, models.RESTRICT, related_name="+")
    name = models.CharField(max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Comment(models.Model):
    """What a member or a guest says to a clause of a version, or to all of it where no clause is named."""

    key = models.CharField(max_length=40, unique=True, default=comment_key, editable=False)
    version = models.ForeignKey(Version, models.RESTRICT, related_name="+")
    clause = models.CharField(max_length=60, default="", blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    guest = models.ForeignKey(Guest, models.RESTRICT, null=True, related_name="+")
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="comment_is_of_a_member_or_a_guest",
                condition=Q(member__isnull=False, guest=None) | Q(member=None, guest__isnull=False),
            )
        ]
