"""The deals that came of leads: how large, how long, how they ended."""

from datetime import date, datetime, timedelta
from math import log
from random import Random

from songsheet.config.demo import causes, texts
from songsheet.config.demo.company import STAGES, TUESDAY, era_of
from songsheet.config.demo.hours import at_work
from songsheet.config.demo.names import CURRENCY
from songsheet.config.demo.records import Bargain, Interest

_SPREAD = 0.35


def bargain(interest: Interest, won: bool, answered: datetime, rng: Random) -> None:
    """Make the lead a deal that will be won, or will not; what lies after the Tuesday has not happened."""
    mean = causes.CYCLE_DAYS[era_of(interest.came_at)] * (1 if won else 1.6)
    days = rng.lognormvariate(log(mean) - _SPREAD**2 / 2, _SPREAD)
    closes = at_work(max(interest.came_at + timedelta(days=days), answered + timedelta(days=4)), rng)
    opens = at_work(answered + (closes - answered) * rng.uniform(0.08, 0.3), rng)
    opens = min(opens, closes - timedelta(hours=1))
    if opens >= TUESDAY:
        interest.state = "working"
        return
    interest.state, interest.ended_at, interest.reason = "converted", opens, "Became a deal"
    currency = CURRENCY[interest.buyer.country]
    amount = in_tens(interest.seats * rng.uniform(70_000, 120_000))
    deal = Bargain("open", opens, amount, in_tens(amount * rng.uniform(0.26, 0.38)), currency)
    interest.deal = deal
    deal.expected_on = (closes + timedelta(days=rng.uniform(-6, 9))).date()
    if closes >= TUESDAY:
        done = (TUESDAY - opens) / (closes - opens)
        deal.stage = STAGES[min(3, int(done * 4))]
        deal.next_step = rng.choice(texts.NEXT_STEPS)
        deal.next_step_on = _working_day(TUESDAY + timedelta(days=rng.choice([-1, 1, 1, 2, 3, 3, 6, 8, 10])))
        deal.expected_on = max(deal.expected_on, TUESDAY.date() + timedelta(days=3))
        return
    deal.closed_at = closes
    deal.stage = STAGES[-1] if won else rng.choice(STAGES)
    if won:
        deal.state = "won"
    else:
        deal.state = rng.choices(["lost", "no_decision", "released"], [6, 3, 1])[0]
        deal.reason = rng.choice(
            {"lost": texts.LOST, "no_decision": texts.NO_DECISION, "released": texts.RELEASED}[deal.state]
        )
        if interest.believes and deal.state == "lost":
            deal.reason = "Believed what is not so"


def in_tens(minor: float) -> int:
    """A price as one would write it: in tens of the currency's unit."""
    return round(minor / 1_000) * 1_000


def _working_day(at: datetime) -> date:
    day = at.date()
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day
