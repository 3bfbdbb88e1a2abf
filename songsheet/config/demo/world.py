"""Who is there: companies, and the people in them. Plain records, drawn from a seed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from random import Random

from songsheet.config.demo import names

SYSTEM = "aldermoor"


@dataclass(slots=True)
class Firm:
    """A company before it has a row."""

    number: int
    name: str
    domain: str
    industry: str
    country: str
    city: str
    people_count: int
    met_at: datetime | None = None


@dataclass(slots=True)
class Buyer:
    """A person before they have a row; `firm` None for somebody who buys for themselves."""

    number: int
    given: str
    family: str
    mail: str
    phone: str
    country: str
    title: str
    firm: Firm | None
    met_at: datetime
    may_mail: bool = True
    may_call: bool = True
    do_not: str = ""
    gets_mailings: bool = True

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


def slug(text: str) -> str:
    """Small letters and hyphens, as in a domain."""
    spread = unicodedata.normalize(
        "NFKD", text.lower().replace("ß", "ss").replace("ı", "i").replace("ø", "o")
    )
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in spread if not unicodedata.combining(c))).strip("-")


class World:
    """Makes firms and buyers, no two with the same domain, mail, or name and phone."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.numbers = count(1)
        self.domains: set[str] = set()
        self.mails: set[str] = set()
        self.known: set[tuple[str, str]] = set()

    def firms(self, how_many: int) -> Iterator[Firm]:
        """So many companies in four countries."""
        countries = list(names.COUNTRIES)
        shares = [share for _, _, share in names.COUNTRIES.values()]
        for country in self.rng.choices(countries, shares, k=how_many):
            yield self.firm(country)

    def firm(self, country: str) -> Firm:
        """A company of a country; its size is that of its trade: most small, few large."""
        rng = self.rng
        city = rng.choice(names.CITIES[country])
        industry = rng.choice(list(names.TRADES))
        plain = f"{rng.choice(names.FIRST)} {names.TRADES[industry][country]}"
        places = ("", f" {city}", f" {city} {rng.randrange(10, 100)}", f" {city} {next(self.numbers)}")
        name = next(plain + place for place in places if slug(plain + place) not in self.domains)
        domain = slug(name)
        self.domains.add(domain)
        size = min(4000, max(3, round(rng.lognormvariate(4.4, 1.0))))
        return Firm(next(self.numbers), name, f"{domain}.example", industry, country, city, size)

    def buyer(self, firm: Firm | None, met_at: datetime) -> Buyer:
        """A person of a company, or one who asks for themselves."""
        rng = self.rng
        country = firm.country if firm else rng.choices(list(names.COUNTRIES), [5, 2, 1, 1])[0]
        city = firm.city if firm else rng.choice(names.CITIES[country])
        given, family = rng.choice(names.GIVEN[country]), rng.choice(names.FAMILY[country])
        phone = self.phone(city, f"{given} {family}") if rng.random() < 0.86 else ""
        domain = firm.domain if firm else "post.example"
        mail = f"{slug(given)[0]}.{slug(family)}@{domain}"
        if mail in self.mails:
            mail = f"{slug(given)}.{slug(family)}{next(self.numbers)}@{domain}"
        self.mails.add(mail)
        title = rng.choice(names.TITLES) if firm else ""
        may = rng.random() < 0.78, rng.random() < 0.82
        return Buyer(next(self.numbers), given, family, mail, phone, country, title, firm, met_at, *may)

    def phone(self, city: str, name: str) -> str:
        """A number of a block kept free for fiction, that nobody of this name has yet; else none."""
        prefix, digits = names.PHONES[city]
        number = f"{prefix}{self.rng.randrange(10**digits):0{digits}d}"
        if (number, name) in self.known:
            return ""
        self.known.add((number, name))
        return number
