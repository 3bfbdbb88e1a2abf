"""The company itself: its 22 members, sources, stages and campaigns. Literal tables."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

HOUSE_NAME = "Aldermoor"
ZONE = ZoneInfo("Europe/London")
#: The first day of the history, the day from which marketing and sales are one department, and the Tuesday.
BEGINS = datetime(2025, 3, 12, 9, 0, tzinfo=ZONE)
BASELINE = date(2025, 9, 15)
TUESDAY = datetime(2026, 5, 12, 10, 12, tzinfo=ZONE)


def era_of(at: datetime) -> str:
    """Which of the two eras an instant lies in."""
    return "silos" if at.astimezone(ZONE).date() < BASELINE else "department"


@dataclass(frozen=True)
class Joining:
    """A member of Aldermoor."""

    name: str
    role: str
    zone: str = "Europe/London"
    languages: str = "en"

    @property
    def email(self) -> str:
        return self.name.lower().replace("ö", "o").replace(" ", ".") + "@aldermoor.example"


MEMBERS = (
    Joining("Ruth Abara", "owner"),
    Joining("Amara Diallo", "cro", languages="en,fr"),
    Joining("Jonas Weber", "metrics", "Europe/Berlin", "de,en"),
    Joining("Priya Raman", "guide"),
    Joining("Conor Daly", "guide"),
    Joining("Hannah Whitlock", "guide"),
    Joining("Matthias Roth", "guide", "Europe/Berlin", "de,en"),
    Joining("Katja Nowak", "guide", "Europe/Berlin", "de,pl"),
    Joining("Elin Sjöberg", "guide", "Europe/Helsinki", "sv,en"),
    Joining("Diane Mercer", "concierge"),
    Joining("Lena Hoffmann", "concierge", "Europe/Berlin", "de,en"),
    Joining("Marcus Thorne", "sales_manager"),
    Joining("Tom Lindqvist", "marketing_manager", languages="en,sv"),
    Joining("Bea Fairley", "marketer"),
    Joining("Rohan Mehta", "marketer"),
    Joining("Carla Steiner", "marketer", "Europe/Berlin", "de,en"),
    Joining("Jude Ellery", "marketer"),
    Joining("Ines Carvalho", "remarkables", languages="en,pt"),
    Joining("Peter Walsh", "service"),
    Joining("Gwen Harcourt", "finance"),
    Joining("Owen Pryce", "operations"),
    Joining("Sam Whitfield", "administrator"),
)
#: Who answers buyers of a country: Guides; and concierges, since there is one department.
GUIDES = {
    "GB": ("Priya Raman", "Conor Daly", "Hannah Whitlock"),
    "IE": ("Conor Daly", "Hannah Whitlock"),
    "DE": ("Matthias Roth", "Katja Nowak"),
    "SE": ("Elin Sjöberg",),
}
CONCIERGES = {"GB": "Diane Mercer", "IE": "Diane Mercer", "DE": "Lena Hoffmann", "SE": "Diane Mercer"}
#: Queues and who answers for them.
QUEUES = {"Webinars": "Tom Lindqvist", "Fairs": "Marcus Thorne", "Website": "Diane Mercer"}
STAGES = ("Discovery", "Floor plan", "Proposal", "Contract")
#: Chance in percent that a deal in a stage is won, as the Guides put it down.
PROBABILITY = {"Discovery": 20, "Floor plan": 40, "Proposal": 60, "Contract": 85}

#: Source → share of the leads in each era.
SOURCES: dict[str, dict[str, float]] = {
    "Referrals": {"silos": 0.04, "department": 0.12},
    "Partners": {"silos": 0.05, "department": 0.09},
    "Website": {"silos": 0.22, "department": 0.29},
    "Search advertising": {"silos": 0.25, "department": 0.22},
    "Fairs": {"silos": 0.12, "department": 0.11},
    "Webinars": {"silos": 0.11, "department": 0.17},
    "Bought lists": {"silos": 0.21, "department": 0.0},
}


@dataclass(frozen=True)
class Campaigning:
    """A campaign in the register; `cost` in whole units. `lump`: its leads come within days of its start."""

    name: str
    source: str
    kind: str
    starts: date
    ends: date
    budget: int
    cost: int
    weight: float = 1.0
    lump: bool = False
    currency: str = "EUR"


def _day(text: str) -> date:
    return date.fromisoformat("20" + text)


#: name | source | kind | starts | ends | budget | cost | weight | lump | currency
_TABLE = """
June webinar|Webinars|webinar|25-06-18|25-06-18|4000|5200|1|lump|EUR
September webinar|Webinars|webinar|25-09-24|25-09-24|4500|4300|1|lump|EUR
November webinar|Webinars|webinar|25-11-19|25-11-19|4500|4650|1|lump|EUR
February webinar|Webinars|webinar|26-02-18|26-02-18|4500|4400|1|lump|EUR
March webinar|Webinars|webinar|26-03-18|26-03-18|5000|5150|0.9|lump|EUR
May webinar: A practice that calms|Webinars|webinar|26-05-11|26-05-11|5000|4900|0.2|lump|EUR
Fair, Birmingham|Fairs|fair|25-05-20|25-05-22|24000|31800|1|lump|GBP
Fair, Gothenburg|Fairs|fair|25-11-11|25-11-13|14000|13600|0.6|lump|EUR
Fair, Cologne|Fairs|fair|26-01-20|26-01-23|30000|29400|1|lump|EUR
Search, our name|Search advertising|advertisement|25-03-12|26-05-12|9000|8700|0.7||EUR
Search, desks, advertisement A|Search advertising|advertisement|25-03-12|25-11-30|26000|33900|1||GBP
Search, practices, advertisement B|Search advertising|advertisement|25-12-01|26-04-29|16000|15400|1.2||GBP
Search, leasing|Search advertising|advertisement|25-09-15|26-05-12|12000|11800|0.8||EUR
Search, Germany|Search advertising|advertisement|25-06-01|26-05-12|18000|19100|0.8||EUR
Practice guide|Website|guide|25-05-06|26-05-12|7000|7400|1||EUR
Moving guide|Website|guide|25-11-03|26-05-12|6000|5600|0.8||EUR
Fabric samples by post|Website|samples|25-10-01|26-05-12|5500|6100|0.5||EUR
Guide download form|Website|form|25-03-12|26-05-12|1200|1200|0.4||EUR
Architects’ circle|Partners|partner|25-04-01|26-05-12|8000|7600|1||EUR
Norrland Kontor|Partners|partner|25-12-01|26-05-12|3000|3000|0.4||EUR
Fit-out partners, Ireland|Partners|partner|25-08-01|26-05-12|4000|3900|0.7||EUR
Bought list, spring|Bought lists|list|25-03-20|25-05-31|6500|6500|1||EUR
Bought list, summer|Bought lists|list|25-06-10|25-09-05|7200|7200|1||EUR
Friends of the house|Referrals|referral|25-10-06|26-05-12|3500|2900|1||EUR
Open day, Bristol|Referrals|event|26-04-16|26-04-17|2800|2750|0.5|lump|GBP
"""


def _read(line: str) -> Campaigning:
    name, source, kind, starts, ends, budget, cost, weight, lump, currency = line.split("|")
    days = (_day(starts), _day(ends))
    return Campaigning(
        name, source, kind, *days, int(budget), int(cost), float(weight), lump == "lump", currency
    )


CAMPAIGNS = tuple(_read(line) for line in _TABLE.strip().splitlines())
#: What goes to everybody who agreed to mails: day of the month it is sent, and what it is called.
MAILINGS = ("Leasing in plain words", "What a move costs", "Rooms we fitted")
