"""Rounds go on in the background; what a killed worker left goes on within a minute."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from songsheet.intake.held.models import Round
from songsheet.intake.held.round_actions import go_on
from songsheet.team.queries import now


def go_on_soon(key: str) -> None:
    """Have a round go on; where a job waits already, that will do."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        send_round.configure(queueing_lock=f"{send_round.name} {key}", lock=key).defer(key=key)


@app.task(queue="bulk", name="intake.send_round")
def send_round(key: str) -> None:
    """To its end; begun anew it goes on where it was."""
    while go_on(key, at=now()):
        pass


@app.periodic(cron="* * * * *")
@app.task(queue="bulk", name="intake.take_rounds_over", queueing_lock="intake.take_rounds_over")
def take_rounds_over(timestamp: int) -> None:
    """Whatever did not end: its lock sees to it that it runs once at a time."""
    for key in Round.objects.filter(ended_at=None).values_list("key", flat=True):
        go_on_soon(key)
