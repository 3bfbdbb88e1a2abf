"""Each hour: what was not decided by its day is brought before those who lead."""

from procrastinate.contrib.django import app

from songsheet.agreements import actions
from songsheet.team.acting import as_system
from songsheet.team.queries import now


@app.periodic(cron="7 * * * *")
@app.task(queue="live", name="agreements.call", queueing_lock="agreements.call")
def call_to_the_table(timestamp: int) -> None:
    """By the time of the house, in the demo too."""
    actions.call_to_the_table(by=as_system("agreements"), at=now())
