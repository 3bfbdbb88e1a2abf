"""What happens by night: after erasures the files forget, old answers go, terms are looked at."""

import logging

from procrastinate.contrib.django import app

from songsheet.config.vacuum import vacuum
from songsheet.doors.idempotency import forget_old_answers

log = logging.getLogger("songsheet.nightly")


@app.periodic(cron="20 2 * * *")
@app.task(queue="bulk", name="config.forget_by_night", queueing_lock="config.forget_by_night")
def forget_by_night(timestamp: int) -> None:
    """Rewrite what held erased values; kept answers whose days are over go first."""
    forget_old_answers()
    done = vacuum()
    if done.erasures:
        log.info("vacuum after %d erasures: %d tables, %.1f s", done.erasures, len(done.tables), done.seconds)
    for one in done.remains:
        log.warning("%s", one)
