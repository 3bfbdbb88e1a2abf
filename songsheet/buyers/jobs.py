"""Records that may be one are found in the background, in the lane of the imports and so never beside one."""

from procrastinate.contrib.django import app

from songsheet.buyers.matching.refresh import keep


@app.periodic(cron="* * * * *")
@app.task(queue="bulk", name="buyers.keep_suggestions", queueing_lock="buyers.keep_suggestions")
def keep_suggestions(timestamp: int) -> None:
    """Hash and compare whom something was recorded about since the last time."""
    keep()
