"""Words are cut again in the background: in the lane of the imports, a part at a time."""

from procrastinate.contrib.django import app

from songsheet.find.again_actions import go_on


@app.periodic(cron="* * * * *")
@app.task(queue="bulk", name="find.cut_again", queueing_lock="find.cut_again")
def cut_again(timestamp: int) -> None:
    """What a new version or a changed declaration asked for, to its end."""
    while go_on():
        pass
