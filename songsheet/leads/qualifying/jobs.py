"""Leads judged in the background: those of a large company, and all that wait once other terms hold."""

from collections.abc import Sequence

from procrastinate.contrib.django import app

from songsheet.leads.qualifying.actions import MOST_IN_AN_ACT, judge
from songsheet.leads.qualifying.queries import not_handed_over
from songsheet.team.acting import as_system
from songsheet.team.queries import now


def judge_later(ids: Sequence[int]) -> None:
    """Have these leads judged soon."""
    judge_these.defer(ids=list(ids))


def judge_waiting_later(seconds: int) -> None:
    """Have every lead that is not handed over judged, once so many seconds are over."""
    judge_waiting.configure(schedule_in={"seconds": seconds}).defer(timestamp=0)


@app.task(queue="live", name="leads.judge_these")
def judge_these(ids: list[int]) -> None:
    """Judge these leads."""
    judge(ids, by=as_system("qualifying"), at=now())


@app.periodic(cron="23 2 * * *")
@app.task(queue="bulk", name="leads.judge_waiting")
def judge_waiting(timestamp: int) -> None:
    """Judge every lead that is not handed over, a part of them at a time; nightly, since days pass by
    themselves and imports of history tell nobody."""
    after = 0
    while ids := not_handed_over(after, MOST_IN_AN_ACT):
        judge(ids, by=as_system("qualifying"), at=now())
        after = ids[-1]
