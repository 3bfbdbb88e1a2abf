"""Indexes of the house's own fields are made in the background, links for new passwords mailed.

A job takes a key and may run twice.
"""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.retry import RetryStrategy

from songsheet.team.fields.index_actions import keep_indexes, unfinished
from songsheet.team.mail import send_password_link
from songsheet.team.models import Member
from songsheet.team.queries import now


class NotMailed(Exception):
    """The mail server took it not; it is tried again."""


def enqueue(key: str) -> None:
    """Have the indexes of a field made as its declaration wants; where a job waits already, that will do."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        keep_field_indexes.configure(queueing_lock=f"team.keep_field_indexes {key}").defer(key=key)


@app.task(queue="bulk", name="team.keep_field_indexes")
def keep_field_indexes(key: str) -> None:
    """Make, mend or drop the indexes of a field."""
    keep_indexes(key, at=now())


@app.periodic(cron="* * * * *")
@app.task(queue="bulk", name="team.mend_field_indexes", queueing_lock="team.mend_field_indexes")
def mend_field_indexes(timestamp: int) -> None:
    """Go on with what a process left lying when it was killed."""
    for key in unfinished():
        keep_indexes(key, at=now())


def ask_for_link(member: Member) -> None:
    """Have a link for a new password mailed; by a job, so that the page answers as soon for a stranger."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        mail_password_link.configure(queueing_lock=f"{mail_password_link.name} {member.key}").defer(
            key=member.key
        )


@app.task(
    queue="mail", name="team.mail_password_link", retry=RetryStrategy(max_attempts=4, exponential_wait=5)
)
def mail_password_link(key: str) -> None:
    """Mail a member the link, unless they left meanwhile."""
    member = Member.objects.active().filter(key=key).first()
    if member is not None and not send_password_link(member):
        raise NotMailed
