"""Claims, their versions, who signed them, and proofs. What is in force is never edited."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key
from songsheet.song.market.models import Segment

#: A version that both sides, or its owner, have put into force once.
HELD_STATES = ("in_force", "superseded", "closed")


def claim_key() -> str:
    return new_key("claim")


def claim_version_key() -> str:
    return new_key("claimversion")


def proof_key() -> str:
    return new_key("proof")


class Risk(models.TextChoices):
    """What a claim can cost us; all but a plain one need both sides."""

    PLAIN = "plain", _("Plain")
    PRICE = "price", _("Price")
    GUARANTEE = "guarantee", _("Guarantee")
    LEGAL = "legal", _("Legal")
    COMPARISON = "comparison", _("Comparison")


class Proof(models.Model):
    """What a claim can rest on instead of facts: a customer's story, a study, a certificate; it may end."""

    class Kind(models.TextChoices):
        STORY = "story", _("Customer story")
        STUDY = "study", _("Study")
        CERTIFICATE = "certificate", _("Certificate")

    key = models.CharField(max_length=40, unique=True, default=proof_key, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=1000)
    expires_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class Claim(models.Model):
    """Something we say. `shown` is the version that counts: what is in force, else the newest.

    `statement`, `risk` and `state` are that version's, so that the list can be sorted and filtered.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_FORCE = "in_force", _("In force")
        CLOSED = "closed", _("Closed")

    key = models.CharField(max_length=40, unique=True, default=claim_key, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    shown = models.ForeignKey("ClaimVersion", models.RESTRICT, null=True, related_name="+")
    statement = models.CharField(max_length=500)
    risk = models.CharField(max_length=12, choices=Risk.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(name="claim_by_made", fields=["-made_at", "-id"]),
            models.Index(name="claim_by_statement", fields=["statement", "id"]),
        ]

    def __str__(self) -> str:
        return self.statement


class ClaimVersion(models.Model):
    """One version of a claim: its words by language, what must be true for it, what must be said with it.

    `facts` are the names in the predicate; `personas` and `stages` the keys of those it is for, none: all.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_FORCE = "in_force", _("In force")
        SUPERSEDED = "superseded", _("Superseded")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Mode(models.TextChoices):
        OWNER = "owner", _("By its owner")
        TWO = "two", _("By both sides")
        ONE_PERSON = "one_person", _("One person, both hats")

    key = models.CharField(max_length=40, unique=True, default=claim_version_key, editable=False)
    claim = models.ForeignKey(Claim, models.RESTRICT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.OWNER)
    statement = models.CharField(max_length=500)
    wordings = models.JSONField(default=list)
    predicate = models.CharField(max_length=1000, default="", blank=True)
    facts = models.JSONField(default=list)
    proof = models.ForeignKey(Proof, models.RESTRICT, null=True, related_name="+")
    qualifier = models.CharField(max_length=500, default="", blank=True)
    risk = models.CharField(max_length=12, choices=Risk.choices, default=Risk.PLAIN)
    product = models.CharField(max_length=80, default="", blank=True)
    market = models.CharField(max_length=80, default="", blank=True)
    segment = models.ForeignKey(Segment, models.RESTRICT, null=True, related_name="+")
    personas = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    hash = models.CharField(max_length=64)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    made_at = models.DateTimeField()
    in_force_from = models.DateTimeField(null=True)
    in_force_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="claim_version_number_once", fields=["claim", "number"]),
            models.UniqueConstraint(
                name="one_draft_of_a_claim", fields=["claim"], condition=Q(state="draft")
            ),
            models.UniqueConstraint(
                name="one_version_of_a_claim_in_force", fields=["claim"], condition=Q(state="in_force")
            ),
            models.CheckConstraint(
                name="claim_version_is_open_or_held_or_ended",
                condition=Q(state="draft", in_force_from=None, ended_at=None)
                | Q(state="in_force", in_force_from__isnull=False, in_force_until=None, ended_at=None)
                | Q(
                    state__in=["superseded", "closed"],
                    in_force_from__isnull=False,
                    in_force_until__gte=F("in_force_from"),
                    ended_at__isnull=False,
                )
                | Q(state="withdrawn", in_force_from=None, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_rests_on_something", condition=~Q(predicate="") | Q(proof__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.statement


class ClaimSignature(models.Model):
    """A key turned for one side over the hash of a version; void once its text changed."""

    version = models.ForeignKey(ClaimVersion, models.RESTRICT, related_name="+")
    side = models.CharField(max_length=12)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    both_hats = models.BooleanField(default=False)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_side_signs_a_claim_once", fields=["version", "side"], condition=Q(voided_at=None)
            ),
            models.UniqueConstraint(
                name="a_member_signs_a_claim_once",
                fields=["version", "member"],
                condition=Q(voided_at=None, both_hats=False),
            ),
            models.CheckConstraint(
                name="claim_signature_is_of_a_side", condition=Q(side__in=["marketing", "sales"])
            ),
        ]
