"""Members, how other systems call them, invitations, and the one row of settings of the house."""

from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key
from songsheet.base.text import fold_address
from songsheet.team.hours.models import CalendarStamp, Leave, Skill, SpecialDay
from songsheet.team.roles import RIGHTS, SIDE_OF, Right, Role, Side
from songsheet.team.thresholds import THRESHOLDS

__all__ = [
    "ApiKey", "CalendarStamp", "CustomField", "House", "Invitation", "Leave", "Member", "OtherName",
    "SavedView", "Skill", "SpecialDay",
]  # fmt: skip


def member_key() -> str:
    return new_key("member")


def invitation_key() -> str:
    return new_key("invitation")


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> "MemberQuerySet":
        """Those who can work here today: neither left nor known from an import alone."""
        return self.filter(state=Member.State.ACTIVE)


class MemberManager(BaseUserManager["Member"]):
    def get_queryset(self) -> MemberQuerySet:
        return MemberQuerySet(self.model, using=self._db)

    def active(self) -> MemberQuerySet:
        return self.get_queryset().active()

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email=fold_address(username or ""))


class Member(AbstractBaseUser):
    """One of us. `email` is stored folded and is what one signs in with.

    `week` is when they work, from Monday, as `hours.calendar` has it; without one as the house
    does. `country` says whose holidays they have, where not the house's; `minutes_a_week` is their capacity.
    """

    class State(models.TextChoices):
        ACTIVE = "active"
        INVITED = "invited"
        ELSEWHERE = "elsewhere"  # named by another system, not yet a member here
        LEFT = "left"

    key = models.CharField(max_length=40, unique=True, default=member_key, editable=False)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, null=True, unique=True)
    role = models.CharField(max_length=24, choices=Role.choices, default=Role.GUIDE)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    zone = models.CharField(max_length=64, default="UTC")
    languages = models.CharField(max_length=100, default="en")
    capacity = models.PositiveIntegerField(default=60)
    week = models.JSONField(null=True)
    country = models.CharField(max_length=2, default="", blank=True)
    minutes_a_week = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[MemberManager] = MemberManager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="member_who_signs_in_has_a_mail",
                condition=~Q(state__in=["active", "invited"]) | Q(email__isnull=False),
            ),
            models.CheckConstraint(name="member_role_is_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def side(self) -> Side:
        return SIDE_OF.get(self.role, Side.NONE)

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[self.role] if self.state == self.State.ACTIVE else frozenset()

    def may(self, right: Right) -> bool:
        return right in self.rights

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.state == self.State.ACTIVE

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class OtherName(models.Model):
    """What another system calls a member: (system, id or name) → member; `before`: whose it was before."""

    system = models.CharField(max_length=60)
    external_id = models.CharField(max_length=200)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    before = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="other_name_is_one_member", fields=["system", "external_id"])
        ]


class Invitation(models.Model):
    """A link by which an invited member sets a password; only its hash is kept; once, for a week."""

    key = models.CharField(max_length=40, unique=True, default=invitation_key, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


def default_thresholds() -> dict[str, Any]:
    return dict(THRESHOLDS)


def nine_to_five() -> list[list[list[int]]]:
    """From Monday to Friday, in minutes of the day."""
    return [[[540, 1020]] if day < 5 else [] for day in range(7)]


class House(models.Model):
    """The one row of company settings. `clock_offset` is not zero in the demo alone, with its own Tuesday."""

    name = models.CharField(max_length=200, default="")
    zone = models.CharField(max_length=64, default="UTC")
    currency = models.CharField(max_length=3, default="EUR")
    country = models.CharField(max_length=2, default="US")
    week = models.JSONField(default=nine_to_five)
    baseline_on = models.DateField(null=True)
    thresholds = models.JSONField(default=default_thresholds)
    is_demo = models.BooleanField(default=False)
    clock_offset = models.DurationField(default=timedelta(0))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="there_is_one_house", condition=Q(id=1)),
            models.CheckConstraint(
                name="only_the_demo_has_its_own_time",
                condition=Q(is_demo=True) | Q(clock_offset=timedelta(0)),
            ),
        ]

    def __str__(self) -> str:
        return self.name or "Songsheet"

    def value_of(self, name: str) -> Any:
        """A setting by its name, a threshold's too."""
        return self.threshold(name) if name in THRESHOLDS else getattr(self, name)

    def threshold(self, name: str) -> int:
        return int(self.thresholds.get(name, THRESHOLDS[name]))


def field_key() -> str:
    return new_key("field")


class CustomField(models.Model):
    """A field of the house's own, on one kind of record; values stand in the row's `custom` under `name`.

    `slug` is what lists call it in addresses. `options` are the choices [{key, label, gone}], in their order.
    What is `is_filtered` has an index on the table of its kind; `indexed_at` says since when it is whole.
    """

    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        MONEY = "money", _("Money")
        DATE = "date", _("Date")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("Choice")
        URL = "url", _("Web address")

    key = models.CharField(max_length=40, unique=True, default=field_key, editable=False)
    on = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    slug = models.CharField(max_length=50, default="", blank=True)
    label = models.CharField(max_length=120)
    type = models.CharField(max_length=10, choices=Type.choices, default=Type.TEXT)
    options = models.JSONField(default=list)
    is_personal = models.BooleanField(default=True)
    is_required = models.BooleanField(default=False)
    is_filtered = models.BooleanField(default=False)
    indexed_at = models.DateTimeField(null=True)
    place = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="custom_field_once", fields=["on", "name"]),
            models.UniqueConstraint(
                name="custom_field_of_a_slug", fields=["on", "slug"], condition=~Q(slug="")
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be chosen now: key and label."""
        return [(one["key"], one["label"]) for one in self.options if not one.get("gone")]

    def label_of(self, option: str) -> str:
        """What an option is called, also one that is offered no more."""
        return next((one["label"] for one in self.options if one["key"] == option), option)


def api_key_key() -> str:
    return new_key("key")


class ApiKey(models.Model):
    """A key for programs: acts for a member, within scopes; only the hash of its secret is kept."""

    key = models.CharField(max_length=40, unique=True, default=api_key_key, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    label = models.CharField(max_length=120, default="")
    scopes = models.JSONField(default=list)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


def view_key() -> str:
    return new_key("view")


class SavedView(models.Model):
    """What of a list somebody wants to see again: declared filters, columns, sort and group, by a name.

    Values that are words about somebody are never kept here: filters are keys, states and days.
    """

    key = models.CharField(max_length=40, unique=True, default=view_key, editable=False)
    listing = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(Member, models.RESTRICT, related_name="+")
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    sort = models.CharField(max_length=60, default="", blank=True)
    group = models.CharField(max_length=60, default="", blank=True)
    shared = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="view_of_a_list", fields=["listing", "name"], condition=Q(gone_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.name
