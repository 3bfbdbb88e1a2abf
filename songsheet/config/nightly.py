"""What happens by night: after erasures the files forget, old answers go, terms are looked at."""

import logging
from datetime import UTC, datetime

from procrastinate.contrib.django import app

from songsheet.config.vacuum import vacuum
from songsheet.doors.idempotency import forget_old_answers
from songsheet.flows.retention.running import run
from songsheet.intake.inbox.days_actions import make_room
from songsheet.team.acting import as_system
from songsheet.team.queries import now

log = logging.getLogger("songsheet.nightly")


@app.periodic(cron="40 1 * * *")
@app.task(queue="bulk", name="config.let_go_by_night", queueing_lock="config.let_go_by_night")
def let_go_by_night(timestamp: int) -> None:
    """Erase, or drop, what was kept longer than its term; before the files are made to forget."""
    for one in run(by=as_system("retention"), at=now()):
        log.info("%s: %d over, %d went%s", one.purpose, one.found, one.gone, " (counted)" * one.dry)


@app.periodic(cron="10 1 * * *")
@app.task(queue="bulk", name="config.make_room_by_night", queueing_lock="config.make_room_by_night")
def make_room_by_night(timestamp: int) -> None:
    """Make room for what arrives in the next days; what arrived a month ago goes."""
    log.info(
        "days of what arrives made or dropped: %d", make_room(datetime.fromtimestamp(timestamp, UTC).date())
    )


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
