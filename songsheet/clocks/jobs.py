"""Every ten seconds what fell due is told, once; and promises are counted anew when a calendar changed."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from songsheet.clocks.alert_actions import recount, tell_what_is_due
from songsheet.team.acting import as_system
from songsheet.team.queries import now

#: The calendar of everybody.
HOUSE = "house"


def enqueue(who: str) -> None:
    """Have the promises of a member, or of everybody, counted anew; where that waits already, it will do.

    And again a minute later, for those that were being made just then; no act lasts so long.
    """
    with suppress(AlreadyEnqueued), transaction.atomic():
        recount_clocks.configure(queueing_lock=f"clocks.recount {who}").defer(who=who)
    recount_clocks.configure(schedule_in={"seconds": 60}).defer(who=who)


@app.periodic(cron="* * * * * */10")
@app.task(queue="live", name="clocks.tell", queueing_lock="clocks.tell")
def tell_clocks(timestamp: int) -> None:
    """By the time of the house, in the demo too."""
    tell_what_is_due(by=as_system("clocks"), at=now())


@app.task(queue="live", name="clocks.recount")
def recount_clocks(who: str) -> None:
    """Count the promises of a member, or of everybody, anew."""
    recount(None if who == HOUSE else [who], by=as_system("clocks"), at=now())
