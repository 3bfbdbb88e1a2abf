"""In the background: whether the pages behind links are still there."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from songsheet.intake.links.checking_actions import check_link, due_for_a_look
from songsheet.intake.links.models import Link
from songsheet.intake.visitors.link_acts import judge_clicks_of
from songsheet.team.acting import as_system
from songsheet.team.queries import now


def check_soon(key: str) -> None:
    """Have a link looked at; where that waits already, it will do."""

    def ask() -> None:
        with suppress(AlreadyEnqueued), transaction.atomic():
            check.configure(queueing_lock=f"{check.name} {key}").defer(key=key)

    transaction.on_commit(ask, robust=True)


def judge_soon(key: str) -> None:
    """Have the clicks of a link judged again; what led to it may have been no human."""

    def ask() -> None:
        with suppress(AlreadyEnqueued), transaction.atomic():
            judge.configure(queueing_lock=f"{judge.name} {key}").defer(key=key)

    transaction.on_commit(ask, robust=True)


@app.task(queue="bulk", name="intake.judge_link")
def judge(key: str) -> None:
    """Again is the same."""
    link = Link.objects.filter(key=key).first()
    if link is not None:
        judge_clicks_of(link.pk, by=as_system("intake"), at=now())


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
