"""In the background: whether the pages behind links are still there."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from songsheet.intake.links.checking_actions import check_link, due_for_a_look
from songsheet.team.queries import now


def check_soon(key: str) -> None:
    """Have a link looked at; where that waits already, it will do."""

    def ask() -> None:
        with suppress(AlreadyEnqueued), transaction.atomic():
            check.configure(queueing_lock=f"{check.name} {key}").defer(key=key)

    transaction.on_commit(ask, robust=True)


@app.task(queue="out", name="intake.check_link")
def check(key: str) -> None:
    """Ask for the page once."""
    check_link(key, now())


@app.periodic(cron="40 4 * * *")
@app.task(queue="out", name="intake.check_links", queueing_lock="intake.check_links")
def check_links(timestamp: int) -> None:
    """Each link that leads somewhere, once a day."""
    for key in due_for_a_look(now()):
        check_soon(key)
