"""How the staged part of the history is set up: leads that are placed, not drawn."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random

from songsheet.config.demo import texts
from songsheet.config.demo.company import CAMPAIGNS, ZONE
from songsheet.config.demo.records import Interest
from songsheet.config.demo.world import Buyer, Firm, World, slug

#: Name, domain, industry, country, city and size of a placed company.
Place = tuple[str, str, str, str, str, int]
_CAMPAIGN = {campaign.name: campaign for campaign in CAMPAIGNS}


def london(day: str, hour: int = 9, minute: int = 0) -> datetime:
    """An instant by day and time of the house."""
    return datetime.combine(date.fromisoformat(day), time(hour, minute), ZONE).astimezone(UTC)


class Staging:
    """Makes staged leads; they are numbered apart from the drawn ones, so that neither moves the other."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.rng = world, rng
        self.numbers: Iterator[int] = count(900_001)
        self.firms: dict[str, Firm] = {}

    def firm(self, place: Place) -> Firm:
        """A company by name, made once; nobody else is called that."""
        name, domain, industry, country, city, people = place
        if domain not in self.firms:
            self.world.domains |= {domain, slug(name)}
            number = next(self.world.numbers)
            self.firms[domain] = Firm(number, name, f"{domain}.example", industry, country, city, people)
        return self.firms[domain]

    def somebody(self, name: str, title: str, firm: Firm | None, met_at: datetime, phone: str = "") -> Buyer:
        """A person by name."""
        given, _, family = name.partition(" ")
        domain = firm.domain if firm else "post.example"
        mail = f"{slug(given)[0]}.{slug(family)}@{domain}"
        self.world.mails.add(mail)
        if firm and (firm.met_at is None or met_at < firm.met_at):
            firm.met_at = met_at
        country = firm.country if firm else "GB"
        return Buyer(next(self.world.numbers), given, family, mail, phone, country, title, firm, met_at)

    def anybody(self, met_at: datetime, country: str = "GB", firm: Firm | None = None) -> Buyer:
        """Somebody new of a company of fitting size, who can be called."""
        if firm is None:
            firm = self.world.firm(country)
            firm.people_count = self.rng.randrange(25, 220)
        if firm.met_at is None or met_at < firm.met_at:
            firm.met_at = met_at
        buyer = self.world.buyer(firm, met_at)
        buyer.may_mail = buyer.may_call = True
        buyer.phone = buyer.phone or self.world.phone(firm.city, buyer.name)
        return buyer

    def lead(self, buyer: Buyer, came_at: datetime, source: str, campaign: str = "") -> Interest:
        """A lead of somebody; what is not said is as nobody has it yet."""
        found = _CAMPAIGN[campaign] if campaign else None
        interest = Interest(next(self.numbers), came_at, source, found, buyer)
        people = buyer.firm.people_count if buyer.firm else self.rng.randrange(15, 70)
        interest.seats = max(2, round(people * self.rng.uniform(0.4, 0.8)))
        words = {"n": interest.seats, "month": texts.MONTHS[(came_at.month + 3) % 12]}
        interest.wants = self.rng.choice(texts.WANTS).format(**words)
        interest.asks = self.rng.choice(texts.ASKS).format(**words)
        return interest

    def hours_after(self, day: str, hour: int, spread: float) -> datetime:
        """An instant within so many hours after a time of a day."""
        return london(day, hour) + timedelta(hours=self.rng.random() * spread)
