"""Segments, personas with what hurts and moves them, the journey, the questions; and who said so."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key


def segment_key() -> str:
    return new_key("segment")


def persona_key() -> str:
    return new_key("persona")


def journey_key() -> str:
    return new_key("journeystage")


def line_key() -> str:
    return new_key("line")


def question_key() -> str:
    return new_key("question")


_LIVE = Q(gone_at=None)


class Segment(models.Model):
    """A part of the market that we sell to."""

    key = models.CharField(max_length=40, unique=True, default=segment_key, editable=False)
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=240, db_collation="C")
    about = models.CharField(max_length=1000, default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="segment_called_once", fields=["name_folded"], condition=_LIVE)
        ]

    def __str__(self) -> str:
        return self.name


class Persona(models.Model):
    """Somebody who buys, as we have come to know many of them."""

    key = models.CharField(max_length=40, unique=True, default=persona_key, editable=False)
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=240, db_collation="C")
    segment = models.ForeignKey(Segment, models.RESTRICT, null=True, related_name="+")
    about = models.CharField(max_length=1000, default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="persona_called_once", fields=["name_folded"], condition=_LIVE)
        ]

    def __str__(self) -> str:
        return self.name


class JourneyStage(models.Model):
    """A step of the buyer's journey, from the first search to the referral; `place` orders them."""

    key = models.CharField(max_length=40, unique=True, default=journey_key, editable=False)
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=240, db_collation="C")
    about = models.CharField(max_length=1000, default="", blank=True)
    place = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="journey_called_once", fields=["name_folded"], condition=_LIVE)
        ]

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """One thing that hurts or moves a persona, in a sentence."""

    class Kind(models.TextChoices):
        PAIN = "pain", _("Pain")
        PROBLEM = "problem", _("Problem")
        CHALLENGE = "challenge", _("Challenge")
        MOTIVATION = "motivation", _("Motivation")
        DESIRE = "desire", _("Desire")

    key = models.CharField(max_length=40, unique=True, default=line_key, editable=False)
    persona = models.ForeignKey(Persona, models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=500)
    text_folded = models.CharField(max_length=1000, db_collation="C")
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="line_said_once", fields=["persona", "kind", "text_folded"], condition=_LIVE
            )
        ]

    def __str__(self) -> str:
        return self.text


class Question(models.Model):
    """What buyers ask at a stage of the journey, and the phrases in which they ask it."""

    key = models.CharField(max_length=40, unique=True, default=question_key, editable=False)
    text = models.CharField(max_length=500)
    text_folded = models.CharField(max_length=1000, db_collation="C")
    phrases = models.JSONField(default=list)
    stage = models.ForeignKey(JourneyStage, models.RESTRICT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="question_asked_once", fields=["text_folded"], condition=_LIVE)
        ]

    def __str__(self) -> str:
        return self.text


class Asker(models.Model):
    """A persona that asks a question; a question without any is everybody's."""

    question = models.ForeignKey(Question, models.RESTRICT, related_name="+", db_index=False)
    persona = models.ForeignKey(Persona, models.RESTRICT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="asker_once", fields=["question", "persona"])]


class Evidence(models.Model):
    """An entry of the journal in which a buyer said so: of a line or a question, by its key."""

    about = models.CharField(max_length=40)
    position = models.BigIntegerField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="evidence_once", fields=["about", "position"])]
