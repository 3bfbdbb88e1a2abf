"""Appointment pages, the meetings booked there, and the calendars of members."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key
from songsheet.buyers.models import Person
from songsheet.clocks.models import Clock

#: A meeting that takes a member's time.
CURRENT = ("waits", "booked")


def booking_key() -> str:
    return new_key("booking")


def meeting_key() -> str:
    return new_key("meeting")


def busy_key() -> str:
    return new_key("busy")


def feed_key() -> str:
    return new_key("feed")


class BookingPage(models.Model):
    """A page of free times. `body` is an Offer; `owner` the member whose own page it is."""

    key = models.CharField(max_length=40, unique=True, default=booking_key, editable=False)
    name = models.CharField(max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    body = models.JSONField()
    is_open = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """A time that somebody chose, and what became of it. Until it is `booked` nobody hears of it.

    `said` is what they typed, `asked` the form that they saw, `wordings` the consent texts that they read.
    A time is held for them until `held_until`.
    """

    class State(models.TextChoices):
        WAITS = "waits", _("Waits to be confirmed")
        STRANGE = "strange", _("Waits for a member")
        LAPSED = "lapsed", _("Never confirmed")
        DROPPED = "dropped", _("Dropped")
        BOOKED = "booked", _("Booked")
        HELD = "held", _("Held")
        MISSED = "missed", _("Nobody came")
        CANCELLED = "cancelled", _("Cancelled")

    key = models.CharField(max_length=40, unique=True, default=meeting_key, editable=False)
    page = models.ForeignKey(BookingPage, models.RESTRICT, related_name="+", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=State.choices)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=300, default="", blank=True)
    before = models.PositiveSmallIntegerField(default=0)
    after = models.PositiveSmallIntegerField(default=0)
    zone = models.CharField(max_length=60)
    came_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    mark = models.UUIDField(unique=True)  # over page, submission, words and time: the same again is the same
    submission = models.CharField(max_length=64, db_collation="C")
    asked = models.JSONField(default=dict)
    said = models.JSONField(default=dict)
    wordings = models.JSONField(default=dict)
    mail = models.CharField(max_length=254, default="", blank=True, db_collation="C")
    reasons = models.JSONField(default=list)
    utm = models.JSONField(default=dict)
    click_ids = models.JSONField(default=dict)
    referrer = models.CharField(max_length=253, default="", blank=True)
    address = models.CharField(max_length=500, default="", blank=True)
    visitor = models.UUIDField(null=True)
    network = models.CharField(max_length=45, default="", blank=True)
    mailed_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    owes_mail = models.CharField(max_length=10, default="", blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    moves = models.PositiveIntegerField(default=0)
    person = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+", db_index=False)
    clock = models.ForeignKey(Clock, models.RESTRICT, null=True, related_name="+", db_index=False)
    touch_key = models.CharField(max_length=40, default="", blank=True)
    lead_key = models.CharField(max_length=40, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="one_meeting_of_a_member_at_a_time",
                index_type="gist",
                expressions=[
                    (Func(F("member"), F("member"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("begins_at"), F("ends_at"), function="tstzrange"), "&&"),
                ],
                condition=Q(state__in=["waits", "booked"]),
            ),
            models.CheckConstraint(
                name="what_takes_time_has_a_member",
                condition=~Q(state__in=["waits", "booked", "held", "missed"]) | Q(member__isnull=False),
            ),
            models.CheckConstraint(
                name="a_booked_meeting_has_a_person_and_a_clock",
                condition=~Q(state="booked") | Q(person__isnull=False, clock__isnull=False),
            ),
            models.CheckConstraint(
                name="a_meeting_ends_after_it_begins", condition=Q(ends_at__gt=F("begins_at"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="meeting_of_page", fields=["page", "-begins_at"]),
            models.Index(name="meeting_of_member", fields=["member", "begins_at"]),
            models.Index(name="meeting_of_person", fields=["person"], condition=Q(person__isnull=False)),
            models.Index(name="meeting_of_clock", fields=["clock"], condition=Q(clock__isnull=False)),
            models.Index(name="meeting_of_network", fields=["network", "came_at"]),
            models.Index(name="meeting_of_mail", fields=["mail", "came_at"], condition=~Q(mail="")),
            models.Index(name="meeting_of_stamp", fields=["submission"]),
            models.Index(name="meeting_waiting", fields=["held_until"], condition=Q(state="waits")),
            models.Index(name="meeting_owes_mail", fields=["id"], condition=~Q(owes_mail="")),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is to take place."""
        return self.state == self.State.BOOKED


class BusyFeed(models.Model):
    """A member's calendar elsewhere: its address, sealed, and when it says that they are busy. No titles.

    `busy` are pairs of whole minutes since 1970. What failed keeps what was read before.
    """

    key = models.CharField(max_length=40, unique=True, default=busy_key, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    host = models.CharField(max_length=253)
    sealed = models.TextField()
    busy = models.JSONField(default=list)
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, default="", blank=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="busy_feed_of_member", fields=["member", "id"])]


class MeetingFeed(models.Model):
    """A secret address at which a member's own calendar reads their meetings; kept as a hash alone."""

    key = models.CharField(max_length=40, unique=True, default=feed_key, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="meeting_feed_of_member", fields=["member", "id"])]
