"""Once a minute: what is offered to who went on leave or left finds somebody else, what waited that nobody
could take is tried again, and who answers for what still waits is told again."""

from procrastinate.contrib.django import app

from songsheet.leads.routing.shouting_actions import go_on, shout
from songsheet.team.acting import as_system
from songsheet.team.queries import now


@app.periodic(cron="* * * * *")
@app.task(queue="live", name="leads.go_on", queueing_lock="leads.go_on")
def go_on_routing(timestamp: int) -> None:
    """By the time of the house, in the demo too."""
    by, at = as_system("routing"), now()
    go_on(by=by, at=at)
    shout(by=by, at=at)
