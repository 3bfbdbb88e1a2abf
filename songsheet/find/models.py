"""Derived from everything that is found: the words of each record, and all words that are names."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from songsheet.find.kinds import KINDS


class Found(models.Model):
    """The words of one record, folded; how they are marked says `words`.

    An index per kind: what is written about leads leaves the index of people alone, and a search among people
    reads no leads.
    """

    pk = models.CompositePrimaryKey("kind", "of")
    kind = models.SmallIntegerField()
    of = models.BigIntegerField()
    words = SearchVectorField()

    class Meta:
        indexes: ClassVar = [
            GinIndex(
                fields=["words"], name=f"found_{one.name}", fastupdate=False, condition=Q(kind=one.number)
            )
            for one in KINDS
        ]


class Word(models.Model):
    """A word of somebody's or a company's name, with numbers that it shares with words spelled nearly so."""

    word = models.CharField(max_length=60, primary_key=True, db_collation="C")
    near = ArrayField(models.IntegerField())

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["near"], name="word_spelled_nearly_so", fastupdate=False)]

    def __str__(self) -> str:
        return self.word


class Again(models.Model):
    """Records of a kind whose words are cut again, by their ids.

    Those with a value in an own field of this name, or, where none is named, with letters that were once
    folded otherwise.
    """

    kind = models.SmallIntegerField()
    after = models.BigIntegerField(default=0)
    until = models.BigIntegerField()
    field = models.CharField(max_length=60, default="", blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.field}"
