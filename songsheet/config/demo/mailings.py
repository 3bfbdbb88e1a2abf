"""The mails that everybody who agreed gets twice a month: delivered, and now and then clicked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from songsheet.config.demo.company import BEGINS, MAILINGS, TUESDAY, ZONE
from songsheet.config.demo.records import Contact
from songsheet.config.demo.world import Buyer

#: Of those who get a mail, how many click.
_CLICKS = 0.09


def _days() -> list[date]:
    months = [date(2025 + (month - 1) // 12, (month - 1) % 12 + 1, 1) for month in range(3, 18)]
    return [first + timedelta(days=days) for first in months for days in (3, 17)]


SENT = [
    datetime.combine(day, time(8), ZONE).astimezone(UTC)
    for day in _days()
    if BEGINS.date() < day < TUESDAY.date()
]


def mailed(buyer: Buyer, rng: Random) -> Iterator[Contact]:
    """What a buyer got since they agreed to mails."""
    if not (buyer.may_mail and buyer.gets_mailings) or buyer.do_not:
        return
    for number, sent in enumerate(SENT):
        if sent <= buyer.met_at:
            continue
        name = MAILINGS[number % len(MAILINGS)]
        yield Contact("mail", "out", sent, name, status="delivered")
        if rng.random() < _CLICKS:
            clicked = sent + timedelta(hours=rng.expovariate(1 / 7))
            if clicked < TUESDAY:
                yield Contact("mail", "in", clicked, f"Clicked in “{name}”", status="clicked")
