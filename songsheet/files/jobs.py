"""By night: bytes that belong to nothing go."""

from procrastinate.contrib.django import app

from songsheet.files.actions import forget_strays, forget_unheld
from songsheet.journal.sql import rows


@app.periodic(cron="40 2 * * *")
@app.task(queue="bulk", name="files.tidy", queueing_lock="files.tidy")
def tidy(timestamp: int) -> None:
    """What erasures and killed processes left. By the machine's clock: the files were written by it."""
    forget_unheld()
    ((now,),) = rows("select clock_timestamp()")
    forget_strays(now)
