"""Each minute: members are reminded. What a worker that was down missed is caught up with, once."""

from procrastinate.contrib.django import app

from songsheet.team.acting import as_system
from songsheet.team.queries import now
from songsheet.touches.actions import remind


@app.periodic(cron="* * * * *")
@app.task(queue="live", name="touches.remind", queueing_lock="touches.remind")
def remind_members(timestamp: int) -> None:
    """By the time of the house, in the demo too."""
    while remind(by=as_system("reminders"), at=now()):
        pass
