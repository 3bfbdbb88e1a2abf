"""Fourteen months of leads in the order they came: who got each, how soon they answered, what came of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from math import log
from random import Random

from songsheet.config.demo import causes, texts
from songsheet.config.demo.bargains import bargain
from songsheet.config.demo.company import (
    BASELINE,
    BEGINS,
    CAMPAIGNS,
    CONCIERGES,
    GUIDES,
    SOURCES,
    TUESDAY,
    ZONE,
    Campaigning,
    era_of,
)
from songsheet.config.demo.hours import at_work
from songsheet.config.demo.records import Interest
from songsheet.config.demo.world import Buyer, Firm, World

_BASELINE_AT = datetime.combine(BASELINE, time(9), ZONE)
_ERA_SPANS = {"silos": (BEGINS, _BASELINE_AT), "department": (_BASELINE_AT, TUESDAY)}
_SHARE_OF_SILOS = 0.42
_WITHOUT_CAMPAIGN = {"Website": 0.35, "Partners": 0.15, "Referrals": 0.5}
#: Enquiries that a concierge of the department may take: early ones, by themselves.
_TO_CONCIERGES = ("Website", "Search advertising", "Webinars")
_OF_SOURCE = {source: [campaign for campaign in CAMPAIGNS if campaign.source == source] for source in SOURCES}
_BUYERS_HOURS = [0.1] * 6 + [0.5, 1, 2, 4, 5, 5, 3, 4, 5, 5, 4, 3, 2, 2, 2, 1.5, 1, 0.3]


class Leads:
    """Draws the leads and plays them through, one after another."""

    def __init__(self, rng: Random, world: World, firms: list[Firm], scale: float) -> None:
        self.rng, self.world, self.firms, self.scale = rng, world, firms, scale
        #: Webinars are held for the countries that pay in euros.
        self.abroad = [firm for firm in firms if firm.country != "GB"]
        self.numbers = count(1)
        self.open: Counter[str] = Counter()
        self.ending: list[tuple[datetime, str]] = []
        self.past: list[tuple[datetime, Buyer]] = []

    def play(self, how_many: int) -> Iterator[Interest]:
        """So many leads, by the time they came."""
        for came_at, source, campaign in sorted(self._arrivals(how_many), key=lambda drawn: drawn[0]):
            while self.ending and self.ending[0][0] <= came_at:
                self.open[heappop(self.ending)[1]] -= 1
            buyer = self._buyer(came_at, abroad=source == "Webinars")
            buyer.may_call = buyer.may_call or source != "Bought lists"
            interest = Interest(next(self.numbers), came_at, source, campaign, buyer)
            self._answer(interest)
            self._end(interest)
            ends = interest.ended_at or TUESDAY + timedelta(days=30)
            self.open[interest.guide] += 1
            heappush(self.ending, (ends, interest.guide))
            if interest.ended_at:
                self.past.append((interest.ended_at, interest.buyer))
            yield interest

    def _arrivals(self, how_many: int) -> Iterator[tuple[datetime, str, Campaigning | None]]:
        rng = self.rng
        for _ in range(how_many):
            era = "silos" if rng.random() < _SHARE_OF_SILOS else "department"
            source = rng.choices(list(SOURCES), [share[era] for share in SOURCES.values()])[0]
            begins, ends = _ERA_SPANS[era]
            running = [c for c in _OF_SOURCE[source] if c.starts <= ends.date() and c.ends >= begins.date()]
            if not running or rng.random() < _WITHOUT_CAMPAIGN.get(source, 0):
                yield self._moment(begins, ends), source, None
                continue
            campaign = rng.choices(running, [c.weight for c in running])[0]
            first = max(begins, datetime.combine(campaign.starts, time(10), ZONE))
            last = min(ends, datetime.combine(campaign.ends, time(20), ZONE))
            if campaign.lump:
                last = min(last + timedelta(days=4), TUESDAY)
            yield self._moment(first, last), source, campaign

    def _moment(self, first: datetime, last: datetime) -> datetime:
        """An instant between two, at an hour when buyers look for things; fewer at weekends."""
        rng = self.rng
        latest = min(last, TUESDAY - timedelta(minutes=30))
        for _ in range(20):
            day = (first + rng.random() * (latest - first)).date()
            if day.weekday() >= 5 and rng.random() < 0.7:
                continue
            hour = rng.choices(range(24), _BUYERS_HOURS)[0]
            at = datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), ZONE)
            if first <= at <= latest:
                return at.astimezone(UTC)
        return (first + rng.random() * (latest - first)).astimezone(UTC)

    def _buyer(self, came_at: datetime, *, abroad: bool) -> Buyer:
        """Somebody new, of a company or not; now and then somebody who was here before."""
        rng = self.rng
        if self.past and not abroad and rng.random() < 0.06:
            ended_at, buyer = rng.choice(self.past)
            if ended_at < came_at:
                return buyer
        firm = rng.choice(self.abroad if abroad else self.firms) if abroad or rng.random() < 0.87 else None
        if firm and (firm.met_at is None or came_at < firm.met_at):
            firm.met_at = came_at
        return self.world.buyer(firm, came_at)

    def _answer(self, interest: Interest) -> None:
        """Who gets it, how many they have, how soon they answer; what the buyer was told, and wants."""
        rng, era = self.rng, era_of(interest.came_at)
        guides = GUIDES[interest.buyer.country]
        if era == "silos":
            interest.guide = rng.choices(guides, range(len(guides), 0, -1))[0]
        elif interest.source in _TO_CONCIERGES and rng.random() < 0.3:
            interest.guide = CONCIERGES[interest.buyer.country]
        else:
            interest.guide = min(guides, key=lambda name: (self.open[name], name))
        interest.load = self.open[interest.guide] / self.scale
        if rng.random() >= causes.NEVER_CALLED[era]:
            slower = causes.SLOWER_PER_TEN ** causes.tens_beyond(interest.load)
            hours = rng.lognormvariate(log(causes.ANSWER_HOURS[era] * slower), causes.ANSWER_SPREAD)
            answered = at_work(interest.came_at + timedelta(hours=hours), rng)
            interest.hours = (answered - interest.came_at) / timedelta(hours=1)
        if rng.random() < causes.TOLD_UNTRUE[era]:
            interest.believes = rng.choices(list(texts.UNTRUE), [9, 5, 3])[0]
        people = interest.buyer.firm.people_count if interest.buyer.firm else 2
        share = rng.uniform(0.5, 1.0) if interest.source == "Webinars" else rng.uniform(0.3, 0.85)
        interest.seats = max(2, min(450, round(people * share)))
        words = {"n": interest.seats, "month": texts.MONTHS[(interest.came_at.month + 3) % 12]}
        interest.wants = rng.choice(texts.WANTS).format(**words)
        interest.asks = rng.choice(texts.ASKS).format(**words)

    def _end(self, interest: Interest) -> None:
        """What came of it, and when; what would end after the Tuesday is open on it."""
        rng, buyer = self.rng, interest.buyer
        if interest.hours is None:
            self._close(
                interest, "disqualified", _BASELINE_AT + timedelta(minutes=rng.random() * 400), texts.SWEPT
            )
            return
        answered = interest.came_at + timedelta(hours=interest.hours)
        if answered > TUESDAY:
            interest.hours, interest.state = None, "offered"
            return
        fit = causes.fit_of(buyer.firm.people_count if buyer.firm else None)
        chance = causes.chance_of_winning(
            speed=causes.speed_of(interest.hours),
            fit=fit,
            channel=interest.source,
            load=interest.load,
            believes=bool(interest.believes),
        )
        won = rng.random() < chance
        if won or rng.random() < (0.095 if fit != "poor" else 0.02):
            bargain(interest, won, answered, rng)
            return
        self._end_without_deal(interest, answered)

    def _end_without_deal(self, interest: Interest, answered: datetime) -> None:
        rng, buyer, later = self.rng, interest.buyer, self.rng.lognormvariate(2.4, 0.6)
        ends = at_work(answered + timedelta(days=later), rng)
        if era_of(interest.came_at) == "department" and rng.random() < 0.14:
            interest.state = "nurturing"
            interest.look_again_on = TUESDAY.date() + timedelta(days=rng.randrange(3, 90))
        elif rng.random() < 0.06:
            self._close(interest, "released", ends, rng.choice(texts.RELEASED))
        else:
            why = texts.DISQUALIFIED if buyer.firm else texts.DISQUALIFIED_PRIVATE
            blank = era_of(interest.came_at) == "silos" and rng.random() < 0.03
            self._close(interest, "disqualified", ends, "" if blank else rng.choice(why))

    def _close(self, interest: Interest, state: str, ended_at: datetime, reason: str) -> None:
        if ended_at >= TUESDAY:
            interest.state = "working"
            return
        interest.state, interest.ended_at, interest.reason = state, ended_at, reason
