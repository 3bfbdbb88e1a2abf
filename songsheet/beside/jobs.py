"""Sending in the background: a job for each webhook with something due, looked for each minute too."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from songsheet.beside.sending_actions import deliver, forget_old_deliveries, has_due, with_due
from songsheet.team.queries import now


def send_soon(key: str) -> None:
    """Have what is due for a webhook sent; where a job waits already, that will do.

    Asked for after the commit: within it, two who want the same job would wait for each other with the
    webhook locked. Should this be lost, the look of each minute finds what is due.
    """

    def ask() -> None:
        with suppress(AlreadyEnqueued), transaction.atomic():
            send.configure(queueing_lock=f"{send.name} {key}").defer(key=key)

    transaction.on_commit(ask, robust=True)


@app.task(queue="out", name="beside.send")
def send(key: str) -> None:
    """Send what is due, a while long; what is left gets a job of its own, so that others have their turn."""
    deliver(key, now)
    if has_due(key, now()):
        send_soon(key)


@app.periodic(cron="* * * * *")
@app.task(queue="out", name="beside.send_what_is_due", queueing_lock="beside.send_what_is_due")
def send_what_is_due(timestamp: int) -> None:
    """Retries, and what a killed worker left."""
    for key in with_due(now()):
        send_soon(key)


@app.periodic(cron="20 3 * * *")
@app.task(queue="out", name="beside.forget", queueing_lock="beside.forget")
def forget(timestamp: int) -> None:
    """Deliveries that ended a month ago are deleted."""
    forget_old_deliveries(now())
