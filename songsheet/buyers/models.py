"""People and companies. `root` is set on a record that was merged into another; reads go through it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length

from songsheet.base.ids import new_key
from songsheet.buyers.merging import (
    CompanyBlock,
    CompanyMerge,
    CompanySuggestion,
    PersonBlock,
    PersonMerge,
    PersonSuggestion,
)
from songsheet.buyers.suppressed import Suppressed

__all__ = [
    "Company",
    "CompanyBlock",
    "CompanyMerge",
    "CompanySuggestion",
    "Consent",
    "ConsentText",
    "DoNotContact",
    "ExternalId",
    "Mail",
    "Person",
    "PersonBlock",
    "PersonMerge",
    "PersonSuggestion",
    "Phone",
    "Suppressed",
]

models.CharField.register_lookup(Length)


def person_key() -> str:
    return new_key("person")


def company_key() -> str:
    return new_key("company")


def wording_key() -> str:
    return new_key("wording")


#: What one searches a person by, beside the start of the whole name: its last word, for most the family name.
LAST_WORD = Func(
    F("name_folded"), Value(" "), Value(-1), function="split_part", output_field=models.CharField()
)
NOT_GONE = Q(gone_at__isnull=True)
GONE = Q(gone_at__isnull=False)


class Company(models.Model):
    """An account. `domain` is its registrable domain; free-mail domains never make one."""

    key = models.CharField(max_length=40, unique=True, default=company_key, editable=False)
    name = models.CharField(max_length=300)
    name_folded = models.CharField(max_length=300, db_collation="C")
    domain = models.CharField(max_length=253, default="", blank=True)
    industry = models.CharField(max_length=120, default="", blank=True)
    country = models.CharField(max_length=2, default="", blank=True)
    people_count = models.PositiveIntegerField(null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    custom = models.JSONField(default=dict)
    met_at = models.DateTimeField()
    root = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="company_of_a_domain",
                fields=["domain"],
                condition=Q(gone_at__isnull=True, root__isnull=True) & ~Q(domain=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="company_by_name", fields=["name_folded", "id"], condition=NOT_GONE),
            models.Index(name="company_by_met", fields=["-met_at", "-id"], condition=NOT_GONE),
            models.Index(name="company_archived", fields=["-met_at", "-id"], condition=GONE),
            models.Index(name="company_of_owner", fields=["owner"], condition=Q(owner__isnull=False)),
            models.Index(name="company_of_root", fields=["root"], condition=Q(root__isnull=False)),
            models.Index(name="company_merged_domain", fields=["domain"], condition=Q(root__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whole(self) -> "Company":
        """What it was merged into, or itself."""
        return self.root or self


class Person(models.Model):
    """One buyer. May have no name and no mail: then all we know is the lead or touch that brought them."""

    key = models.CharField(max_length=40, unique=True, default=person_key, editable=False)
    name = models.CharField(max_length=300, default="", blank=True)
    given_name = models.CharField(max_length=150, default="", blank=True)
    family_name = models.CharField(max_length=150, default="", blank=True)
    name_folded = models.CharField(max_length=300, default="", blank=True, db_collation="C")
    title = models.CharField(max_length=200, default="", blank=True)
    language = models.CharField(max_length=10, default="", blank=True)
    company = models.ForeignKey(Company, models.RESTRICT, null=True, related_name="+", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    custom = models.JSONField(default=dict)
    met_at = models.DateTimeField()
    root = models.ForeignKey("self", models.RESTRICT, null=True, related_name="others", db_index=False)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="person_by_name", fields=["name_folded", "id"], condition=NOT_GONE),
            models.Index(name="person_by_met", fields=["-met_at", "-id"], condition=NOT_GONE),
            models.Index(name="person_archived", fields=["-met_at", "-id"], condition=GONE),
            models.Index(LAST_WORD, name="person_by_last_word", condition=NOT_GONE),
            models.Index(name="person_of_company", fields=["company"], condition=Q(company__isnull=False)),
            models.Index(name="person_of_owner", fields=["owner"], condition=Q(owner__isnull=False)),
            models.Index(name="person_of_root", fields=["root"], condition=Q(root__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name or "Somebody"

    @property
    def whole(self) -> "Person":
        """Whom they were merged into, or themselves."""
        return self.root or self


class Mail(models.Model):
    """A mail address of a person, normalised; while it stands it belongs to one person alone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mails")
    address = models.CharField(max_length=254, db_collation="C")
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="mail_of_one_person", fields=["address"], condition=Q(gone_at__isnull=True)
            ),
        ]


class Phone(models.Model):
    """A phone number of a person in E.164; several may share one, so it identifies only with a name."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="phones")
    number = models.CharField(max_length=20)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="phone_number", fields=["number"])]


class ExternalId(models.Model):
    """What another system calls a person or a company: (system, kind, id) → one of the two."""

    system = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    external_id = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="external_ids", db_index=False)
    company = models.ForeignKey(
        Company, models.CASCADE, null=True, related_name="external_ids", db_index=False
    )
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="external_id_is_one_buyer",
                fields=["system", "kind", "external_id"],
                condition=Q(gone_at__isnull=True),
            ),
            models.CheckConstraint(
                name="external_id_of_a_person_or_a_company",
                condition=Q(kind="person", person__isnull=False, company__isnull=True)
                | Q(kind="company", company__isnull=False, person__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="external_id_of_person", fields=["person"], condition=Q(person__isnull=False)),
            models.Index(
                name="external_id_of_company", fields=["company"], condition=Q(company__isnull=False)
            ),
        ]


class ConsentText(models.Model):
    """What people read when they allow a purpose, in one language. A version is never changed (a trigger)."""

    class Purpose(models.TextChoices):
        MAIL = "mail"
        CALL = "call"
        POST = "post"
        TRACKING = "tracking"
        OPENS = "opens"

    key = models.CharField(max_length=40, unique=True, default=wording_key, editable=False)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=2000)
    since = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="consent_text_of_a_number", fields=["purpose", "language", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.language}, version {self.number}"


class Consent(models.Model):
    """What a person allowed or refused, per purpose, since when, by which evidence, and who kept it.

    The newest row counts. `by` is empty where an import brought it. `wording` is the text that they saw,
    `source` the key of what they said it by, such as the answer to a form.
    """

    Purpose = ConsentText.Purpose

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    granted = models.BooleanField()
    since = models.DateTimeField()
    evidence = models.CharField(max_length=200, default="")
    by = models.CharField(max_length=40, default="", db_default="")
    wording = models.ForeignKey(ConsentText, models.RESTRICT, null=True, related_name="+", db_index=False)
    source = models.CharField(max_length=40, default="", db_default="", blank=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="consent_of_wording", fields=["wording"], condition=Q(wording__isnull=False))
        ]


class DoNotContact(models.Model):
    """A person who must not be contacted, by one channel or by none (`channel` empty), and why.

    `lifted_why` says why it no longer holds, and `lifted_by` who said so; nobody lifts what an import undid.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="do_not_contact")
    channel = models.CharField(max_length=12, default="", blank=True)
    since = models.DateTimeField()
    reason = models.CharField(max_length=200, default="")
    by = models.CharField(max_length=40, default="", db_default="")
    lifted_by = models.CharField(max_length=40, default="", db_default="")
    lifted_why = models.CharField(max_length=200, default="", db_default="")
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="forbidden_newest", fields=["-id"], condition=Q(gone_at__isnull=True))
        ]
