"""Indexes of the house's own fields are made in the background: a job takes a key and may run twice."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from songsheet.team.fields.index_actions import keep_indexes, unfinished
from songsheet.team.queries import now


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
