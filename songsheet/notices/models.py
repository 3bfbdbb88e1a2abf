"""Notices, how each member wants to be mailed, and the mails that were sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from songsheet.base.ids import new_key


def notice_key() -> str:
    return new_key("notice")


def posting_key() -> str:
    return new_key("posting")


class Cause(models.TextChoices):
    """Why somebody is told."""

    MENTION = "mention"
    TASK_GIVEN = "task_given"
    LEAD_GIVEN = "lead_given"
    DEAL_GIVEN = "deal_given"
    REMINDER = "reminder"
    IMPORT_DONE = "import_done"
    IMPORT_FAILED = "import_failed"
    BULK_DONE = "bulk_done"
    WEBHOOK_STOPPED = "webhook_stopped"
    AGREEMENT_ASKED = "agreement_asked"
    AGREEMENT_LATE = "agreement_late"
    CLOCK_SOON = "clock_soon"
    CLOCK_OVER = "clock_over"
    RETURNED = "returned"
    RETURN_DISPUTED = "return_disputed"
    RETURN_ANSWERED = "return_answered"
    ENQUIRY_GIVEN = "enquiry_given"
    QUEUE_WAITS = "queue_waits"
    VERDICT_GIVEN = "verdict_given"
    VERDICT_ANSWERED = "verdict_answered"
    MEETING_BOOKED = "meeting_booked"
    MEETING_MOVED = "meeting_moved"
    MEETING_CANCELLED = "meeting_off"


class Kind(models.TextChoices):
    """What one chooses about: causes that belong together."""

    MENTION = "mention", _("Somebody mentions me")
    GIVEN = "given", _("I am given a lead, deal, task or enquiry")
    MEETING = "meeting", _("Somebody books an appointment with me, moves or cancels it")
    REMINDER = "reminder", _("I wanted to be reminded")
    PROMISE = "promise", _("A promise of mine is due soon, or was not kept in time")
    RETURN = "return", _("A lead comes back, or is judged, and I answer; or mine is answered")
    AGREEMENT = "agreement", _("An agreement waits for me")
    WORK = "work", _("My import or change ended, a webhook was stopped")


class How(models.TextChoices):
    """When a notice is mailed."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("never")


class Posting(models.Model):
    """One mail to a member with what they had not read; `day` where it is the day's digest, in their zone.

    It is claimed before it is sent and never sent again unless the server refused it: whoever is killed in
    between loses a mail, not a notice.
    """

    nature: ClassVar = "transient"

    key = models.CharField(max_length=40, unique=True, default=posting_key, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(null=True)
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_digest_a_day", fields=["member", "day"]),
        ]
        indexes: ClassVar = [
            models.Index(
                name="posting_to_send", fields=["made_at"], condition=Q(sent_at=None, claimed_at=None)
            )
        ]


class Notice(models.Model):
    """One thing a member is told of; happening again it is the same notice, unread again.

    `about` is the key of the thing; of many things at once it is the key of the member who gave them, and
    `count` says how many. `because` is the position of the last entry that told it.
    """

    nature: ClassVar = "transient"

    key = models.CharField(max_length=40, unique=True, default=notice_key, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    cause = models.CharField(max_length=16, choices=Cause.choices)
    about = models.CharField(max_length=40)
    by = models.CharField(max_length=40)
    count = models.PositiveIntegerField(default=1)
    because = models.BigIntegerField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    posting = models.ForeignKey(Posting, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_notice_of_a_thing", fields=["member", "cause", "about"])
        ]
        indexes: ClassVar = [
            models.Index(name="notice_by_at", fields=["member", "-at", "-id"]),
            models.Index(name="notice_unread", fields=["member", "cause"], condition=Q(read_at=None)),
            models.Index(name="notice_to_mail", fields=["at"], condition=Q(read_at=None, posting=None)),
            models.Index(name="notice_about", fields=["about"]),
        ]


class Choice(models.Model):
    """How a member wants to be mailed about a kind; without a row as `DEFAULTS` say."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    how = models.CharField(max_length=10, choices=How.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="one_choice_a_kind", fields=["member", "kind"])]
