"""The run of a night: what would go is counted first, then goes, so many at most."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from songsheet.base.refusals import Refusal
from songsheet.flows.events import RetentionRan
from songsheet.flows.models import RetentionReport, RetentionRule
from songsheet.flows.retention.rules import Drop, over_at, purposes, rules
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

log = logging.getLogger("songsheet.retention")
#: So many of a purpose go in one night at most, and none is begun after so long.
MOST, SECONDS = 500, 1_200
#: Counted exactly up to here.
COUNTED = 10_000
#: A rule is only reported until it stood for so long: whoever mistyped a number sees it first.
FIRST_LOOK = timedelta(hours=20)


def run(*, by: Acting, at: datetime, dry: bool = False, most: int = MOST) -> list[RetentionReport]:
    """Go through the rules; one report each. A dry run, and a rule set a moment ago, only count."""
    by.must(Right.ERASE)
    known, began, reports = purposes(), time.monotonic(), []
    for name, rule in sorted(rules().items()):
        if rule.months is None or name not in known:
            continue
        over, sweep = over_at(rule, at), known[name].sweep
        found = known[name].find(over, COUNTED + 1)
        is_dry, gone = dry or at - rule.at < FIRST_LOOK, 0
        if sweep is not None and found and not is_dry:
            gone = sweep(over, max(0.0, began + SECONDS - time.monotonic()))
        elif (drop := known[name].drop) is not None and not is_dry:
            gone = _drop(drop, found[:most], by, at, began + SECONDS)
        reports.append(_report(rule, len(found), gone, is_dry=is_dry, by=by, at=at))
    return reports


def _drop(drop: Drop, keys: Sequence[str], by: Acting, at: datetime, until: float) -> int:
    """One after the other, each in a transaction of its own; whatever refuses is left for the next night."""
    gone = 0
    for key in keys:
        if time.monotonic() > until:
            break
        try:
            drop(key, by, at)
        except Refusal as refusal:
            log.warning("left one: %s", refusal.code)
            continue
        gone += 1
    return gone


def _report(
    rule: RetentionRule, found: int, gone: int, *, is_dry: bool, by: Acting, at: datetime
) -> RetentionReport:
    with act(by=by.actor, at=at) as record:
        if gone:
            record(RetentionRan(purpose=rule.purpose, months=rule.months or 0, found=found, gone=gone))
        return RetentionReport.objects.create(
            purpose=rule.purpose, months=rule.months or 0, at=at, found=found, gone=gone, dry=is_dry
        )
