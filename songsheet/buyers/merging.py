"""What is kept of merges and of records that may be one: one merge at a time, blocks, suggestions."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from songsheet.base.ids import new_key


def merge_key() -> str:
    return new_key("merge")


def suggestion_key() -> str:
    return new_key("pair")


class Merging(models.Model):
    """One record was merged into another. `root` of a record follows the merges that stand, up to the last.

    `changes`: what it changed on the record merged into, as {field: [before, after]}; a field is a group of
    columns. `stayed`: the fields that did not go back when it was undone, since somebody changed them.
    """

    nature: ClassVar = "ledger"

    key = models.CharField(max_length=40, unique=True, default=merge_key, editable=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    changes: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    stayed: "models.JSONField[Any, Any]" = models.JSONField(default=list)

    class Meta:
        abstract = True


class PersonMerge(Merging):
    """One person's record was merged into another's."""

    merged = models.ForeignKey("buyers.Person", models.RESTRICT, related_name="+")
    into = models.ForeignKey("buyers.Person", models.RESTRICT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="person_merged_once", fields=["merged"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(name="person_merged_into_another", condition=~Q(merged=F("into"))),
        ]


class CompanyMerge(Merging):
    """One company's record was merged into another's."""

    merged = models.ForeignKey("buyers.Company", models.RESTRICT, related_name="+")
    into = models.ForeignKey("buyers.Company", models.RESTRICT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="company_merged_once", fields=["merged"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(name="company_merged_into_another", condition=~Q(merged=F("into"))),
        ]


class PersonBlock(models.Model):
    """A hash by which people who may be the same are found: of a mail, a phone, a name at a company.

    Derived, by the reader `buyers.blocks`; what is hashed is said in `matching.people`.
    """

    nature: ClassVar = "derived"

    person = models.ForeignKey("buyers.Person", models.CASCADE, related_name="+")
    block = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(name="person_of_block", fields=["block", "person"])]


class CompanyBlock(models.Model):
    """A hash by which companies that may be the same are found; derived as those of people are."""

    nature: ClassVar = "derived"

    company = models.ForeignKey("buyers.Company", models.CASCADE, related_name="+")
    block = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(name="company_of_block", fields=["block", "company"])]


class Suggestion(models.Model):
    """Two records that may be one: how sure, in basis points, and why, by the names of the reasons.

    Open until somebody merged them or said that they are two; `first` is the one with the smaller id.
    """

    nature: ClassVar = "master"

    class State(models.TextChoices):
        OPEN = "open"
        DISMISSED = "dismissed"
        MERGED = "merged"

    key = models.CharField(max_length=40, unique=True, default=suggestion_key, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    confidence = models.PositiveSmallIntegerField()
    reasons: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True


class PersonSuggestion(Suggestion):
    """Two people who may be one."""

    first = models.ForeignKey("buyers.Person", models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey("buyers.Person", models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="two_people_once", fields=["first", "second"]),
        ]
        indexes: ClassVar = [
            models.Index(
                name="people_by_confidence", fields=["-confidence", "-id"], condition=Q(state="open")
            ),
        ]


class CompanySuggestion(Suggestion):
    """Two companies that may be one."""

    first = models.ForeignKey("buyers.Company", models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey("buyers.Company", models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="two_companies_once", fields=["first", "second"]),
        ]
        indexes: ClassVar = [
            models.Index(
                name="companies_by_confidence", fields=["-confidence", "-id"], condition=Q(state="open")
            ),
        ]
