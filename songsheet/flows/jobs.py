"""Changes of many records in the background: a job takes a key, may run twice or be cut in half."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from songsheet.flows.bulk.change_many import run_change
from songsheet.flows.errors import ChangeUnderWay
from songsheet.flows.models import BulkChange
from songsheet.team.queries import now

#: After so long without a sign of life another process goes on.
SILENT = timedelta(seconds=90)


def enqueue(key: str) -> None:
    """Have a change go on in the background; where a job waits already, that will do."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        go_on_changing.configure(queueing_lock=f"flows.go_on_changing {key}").defer(key=key)


@app.task(queue="bulk", name="flows.go_on_changing")
def go_on_changing(key: str) -> None:
    """Run a change, or the undo of one, to its end."""
    try:
        run_change(key, at=now())
    except ChangeUnderWay:
        return  # another process is at it


@app.periodic(cron="* * * * *")
@app.task(queue="bulk", name="flows.take_over", queueing_lock="flows.take_over")
def take_over(timestamp: int) -> None:
    """Go on with what a process left lying when it was killed."""
    states = [BulkChange.State.WAITING, BulkChange.State.RUNNING, BulkChange.State.UNDOING]
    for change in BulkChange.objects.filter(state__in=states, heard_at__lt=now() - SILENT):
        go_on_changing(key=change.key)
