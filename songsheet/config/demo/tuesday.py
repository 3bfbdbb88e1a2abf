"""What waits on the Tuesday: Suzanne Okafor's story, Priya's rows, what others owe her. Placed by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from songsheet.config.demo import texts
from songsheet.config.demo.records import Bargain, Contact, Duty, Story
from songsheet.config.demo.staging import Place, Staging, london
from songsheet.config.demo.world import Firm

PRIYA = "Priya Raman"
DAY = "2026-05-12"
#: Suzanne's number among the leads; when Diane qualified and offered hers, and until when she is called.
SUZANNE = 900_001
SUZANNE_QUALIFIED, SUZANNE_OFFERED = london(DAY, 9, 30), london(DAY, 9, 31)
SUZANNE_DUE = london(DAY, 12, 31)


def tuesday(staging: Staging) -> Iterator[Story]:
    """The stories that are told word by word."""
    yield suzanne(staging)
    yield from colleagues_of_suzanne(staging)
    yield from priyas_leads(staging)
    yield from placed_deals(staging)
    yield felix(staging)
    yield emeka(staging)


def brightwater(staging: Staging) -> Firm:
    """Her company, once."""
    return staging.firm(("Brightwater Dental", "brightwater", "Dental practices", "GB", "Bristol", 60))


def suzanne(staging: Staging) -> Story:
    """Advertisement, guide, webinar, a call asked for, offered to Priya 41 minutes ago."""
    left = london("2026-04-30", 16, 18)
    buyer = staging.somebody(
        "Suzanne Okafor", "Managing partner", brightwater(staging), left, "+441174960142"
    )
    buyer.gets_mailings = False  # her story is told word by word
    asked = london(DAY, 9, 28)
    lead = staging.lead(buyer, asked, "Search advertising", "Search, practices, advertisement B")
    lead.queue, lead.at_rest, lead.tier = "Website", False, "hot"
    lead.wants, lead.seats = "40 desks and a reception, fitted by September", 40
    lead.due_at, lead.believes = SUZANNE_DUE, "Shipping is free"
    words = (
        "We open a second practice in September and need 40 desks and a reception. "
        "Is the fitting in the price?"
    )
    mail, practices = "Practice guide", "Search, practices, advertisement B"
    webinar = "May webinar: A practice that calms"
    return Story(
        lead,
        [
            Contact(
                "advertisement", "in", london("2026-04-28", 21, 47),
                "Searched for “reception desk dental practice” and clicked our advertisement B",
                "It said: power and data installed in a week.", campaign=practices,
            ),
            Contact(
                "form", "in", left, "Left her address for the guide", campaign=mail
            ),
            Contact(
                "download", "in", london("2026-04-30", 16, 20),
                "Read “Furnishing a practice”, edition 2, for six minutes",
                "It said: shipping is free. Edition 2 was withdrawn on 3 April; the reseller had it still.",
                seconds=360, campaign=mail,
            ),
            Contact("visit", "in", london("2026-04-30", 16, 31), "Read the page on delivery", seconds=95),
            Contact(
                "visit", "in", london("2026-05-01", 8, 12), "Came back to the page on delivery", seconds=140
            ),
            Contact(
                "webinar", "in", london("2026-05-11", 12, 2),
                "Watched 38 of the 45 minutes of “A practice that calms” and asked whether we take "
                "furniture back",
                "Our speaker answered: you get your money back, no questions.", seconds=38 * 60,
                campaign=webinar,
            ),
            Contact("form", "in", asked, "Asked for a call", words, about="lead"),
        ],
    )  # fmt: skip


def colleagues_of_suzanne(staging: Staging) -> Iterator[Story]:
    """Two more of her company, who downloaded the guide and wanted nothing else."""
    firm = brightwater(staging)
    for name, title, day in (
        ("Bethan Cobham", "Practice manager", "2026-02-10"),
        ("Idris Hollis", "Partner", "2026-03-05"),
    ):
        buyer = staging.somebody(name, title, firm, london(day, 15))
        lead = staging.lead(buyer, london(day, 15), "Website", "Practice guide")
        lead.guide, lead.hours, lead.state = "Hannah Whitlock", 2.5, "disqualified"
        lead.ended_at, lead.reason = london(day, 17) + timedelta(days=9), "No budget this year"
        yield Story(
            lead,
            [
                Contact("form", "in", lead.came_at, "Left an address for the guide", about="lead"),
                Contact("call", "out", london(day, 17, 30), texts.CALLS[0],
                "Nothing now; asks again in spring.",
                        "Hannah Whitlock", about="lead", seconds=260),
            ],
        )  # fmt: skip


#: Who waits for Priya with a lead: name, title, firm, what they want, what she does, until when, what
#: was said last.
_LEADS: tuple[tuple[str, str, Place, str, str, datetime, str, str], ...] = (
    ("Henrik Sørby", "Architect", ("Nordlys Arkitekter", "nordlys", "Architecture", "SE", "Göteborg", 48),
     "Lease or buy 26 seats, both side by side", "Send the numbers you promised", london(DAY, 13, 30),
     "Can you send numbers for 26 seats, bought and leased?", ""),
    ("Marta Kowalczyk", "Head of operations", ("Zielona Logistics", "zielona", "Logistics", "DE", "Berlin",
     90),
     "Believes that shipping is free: hers to hear from you", "Put right what she was told", london(DAY, 15),
     "So it is 60 chairs, and shipping is free, as your guide says?", "Shipping is free"),
    ("Lucía Ferrer", "Founder", ("Estudio Lumbre", "lumbre", "Architecture", "IE", "Dublin", 60),
     "Answered you: 60 people, not 48", "New numbers for 60 people", london(DAY, 17),
     "It is 60 people now, not 48. Can you change the numbers?", ""),
    ("Anke Vogel", "Practice manager", ("Praxisverbund Isar", "isar", "Dental practices", "DE", "München",
     110),
     "Visit with operations, one point open", "Prepare the visit", london("2026-05-13", 9, 30),
     "Who comes to measure, and how long does it take?", ""),
    ("Joris de Wit", "Office manager", ("Kade Advocaten", "kade", "Law", "DE", "Köln", 70),
     "Silent since the price; compares two offers", "Show proof: they see no difference",
     london("2026-05-13", 11),
     "We compare two offers and see no difference yet.", ""),
)  # fmt: skip


#: What some of them read lately. Anke said no to being remembered until the ninth.
_READ = {
    "Anke Vogel": (
        (london("2026-05-10", 19, 5), "the page on fitting"),
        (london("2026-05-11", 12, 40), "returns"),
    ),
    "Joris de Wit": ((london("2026-05-09", 20, 31), "a story of a practice in Bristol"),),
}


def priyas_leads(staging: Staging) -> Iterator[Story]:
    """Leads that Priya works on, each with what she means to do next."""
    for days, (name, title, place, wants, does, due, said, believes) in enumerate(_LEADS, 6):
        came_at = london(DAY, 8, 40) - timedelta(days=days * 2)
        lead = staging.lead(
            staging.somebody(name, title, staging.firm(place), came_at), came_at, "Website", ""
        )
        lead.guide, lead.state, lead.at_rest, lead.due_at = PRIYA, "working", False, due
        lead.wants, lead.believes, lead.hours = wants, believes, 1.4
        replied = london(DAY, 9, 40) if name == "Lucía Ferrer" else came_at + timedelta(days=5, hours=3)
        yield Story(
            lead,
            [
                *[Contact("visit", "in", at, f"Read {page}", seconds=70) for at, page in _READ.get(name, ())],
                Contact("form", "in", came_at, "Asked for a call", lead.asks, about="lead"),
                Contact("call", "out", came_at + timedelta(hours=1.4), texts.CALLS[0], texts.CALL_NOTES[0],
                PRIYA,
                        about="lead", seconds=540),
                Contact("mail", "out", came_at + timedelta(days=4), texts.MAILS[0], "", PRIYA, about="lead"),
                Contact("mail", "in", replied, "Answered", said, PRIYA, about="lead"),
            ],
            [Duty(does, PRIYA, replied + timedelta(minutes=5), due)],
        )  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """A deal that waits on the Tuesday; `owes`: which colleague owes what for it, until when."""

    name: str
    title: str
    place: Place
    stage: str
    seats: int
    step: str
    on: str
    guide: str = PRIYA
    owes: tuple[str, str, datetime] | None = None


_DEALS = (
    Placed(
        "Callum Reid", "Partner", ("Fenwick Accountants", "fenwick", "Accounting", "GB", "Leeds", 44),
        "Proposal", 38, "Proposal with the fitting dates in writing", DAY,
    ),
    Placed(
        "Noor Haddad", "Finance director", ("Tamar Foods", "tamar", "Food", "GB", "Bristol", 180),
        "Floor plan", 96, "Find a reference nearby for her board", "2026-05-14",
    ),
    Placed(
        "Saffron Elsworth", "Facilities lead", ("Mistral Bank", "mistral", "Insurance", "GB", "London", 320),
        "Contract", 150, "Confirm the delivery date", "2026-05-15", "Conor Daly",
        ("Owen Pryce", "Delivery date for Mistral Bank", london(DAY, 9, 12)),
    ),
    Placed(
        "Gareth Thackray", "Founder", ("Halden Roe", "halden-roe", "Architecture", "GB", "Bristol", 35),
        "Floor plan", 24, "Go through the floor plan", "2026-05-14", "Hannah Whitlock",
        ("Diane Mercer", "Floor plan of Halden Roe", london(DAY, 10, 52)),
    ),
)  # fmt: skip


def placed_deals(staging: Staging) -> Iterator[Story]:
    """Deals with dated next steps, two of them Priya's, and what colleagues owe for the others."""
    for weeks, one in enumerate(_DEALS, 4):
        came_at = london(DAY, 11) - timedelta(days=weeks * 7)
        buyer = staging.somebody(one.name, one.title, staging.firm(one.place), came_at)
        lead = staging.lead(buyer, came_at, "Referrals", "Friends of the house")
        opened, who = came_at + timedelta(days=8), one.guide
        lead.guide, lead.hours, lead.seats, lead.state = who, 0.8, one.seats, "converted"
        lead.ended_at, lead.reason = opened, "Became a deal"
        amount, margin = one.seats * 77_500, one.seats * 24_000
        lead.deal = Bargain("open", opened, amount, margin, "GBP", one.stage, next_step=one.step)
        lead.deal.next_step_on = london(one.on).date()
        lead.deal.expected_on = london("2026-06-12").date()
        answered, met, written = (
            came_at + timedelta(hours=0.8),
            opened + timedelta(days=3),
            london("2026-05-07", 14),
        )
        contacts = [
            Contact("form", "in", came_at, "Asked for a call", lead.asks, about="lead"),
            Contact(
                "call", "out", answered, texts.CALLS[0], texts.CALL_NOTES[1], who, about="lead", seconds=610
            ),
            Contact("meeting", "out", met, texts.MEETINGS[0], "", who, about="deal", seconds=5400),
            Contact("mail", "out", written, texts.MAILS[2], "", who, about="deal"),
        ]
        duties = []
        if one.owes:
            member, owes, due = one.owes
            duties.append(Duty(owes, member, london("2026-05-08", 10), due, about="deal"))
        yield Story(lead, contacts, duties)


def felix(staging: Staging) -> Story:
    """A student, sent to Priya, who gave him back this morning; Tom says why until Thursday."""
    came_at = london("2026-05-11", 15, 5)
    buyer = staging.somebody("Felix Brandt", "", None, came_at)
    lead = staging.lead(buyer, came_at, "Website", "Guide download form")
    lead.guide, lead.state, lead.at_rest, lead.hours = PRIYA, "working", False, 1.5
    lead.due_at, lead.wants = london("2026-05-14", 17), "One desk for a thesis"
    lead.back, lead.back_at = "wrong_target", london(DAY, 9, 4)
    return Story(
        lead,
        [
            Contact("form", "in", came_at, "Downloaded the guide", "I write my thesis on offices.",
            about="lead"),
            Contact("call", "out", came_at + timedelta(hours=1.5), "First call: a student, the wrong target",
                    "Friendly, but he buys nothing. Back to marketing.", PRIYA, about="lead", seconds=190),
        ],
    )  # fmt: skip


def emeka(staging: Staging) -> Story:
    """A customer: what the palette finds beside Suzanne."""
    came_at = london("2025-10-02", 11, 20)
    firm = staging.firm(("Northgate Surveyors", "northgate", "Surveying", "GB", "Leeds", 55))
    lead = staging.lead(staging.somebody("Emeka Okonta", "Partner", firm, came_at), came_at, "Referrals", "")
    opened, closed = came_at + timedelta(days=9), came_at + timedelta(days=31)
    lead.guide, lead.hours, lead.seats, lead.state = PRIYA, 0.7, 34, "converted"
    lead.ended_at, lead.reason = opened, "Became a deal"
    lead.deal = Bargain("won", opened, 2_690_000, 860_000, "GBP", "Contract", closed_at=closed)
    return Story(
        lead,
        [
            Contact("form", "in", came_at, "Asked for a call", lead.asks, about="lead"),
            Contact("call", "out", came_at + timedelta(minutes=42), texts.CALLS[0], "", PRIYA, about="lead",
                    seconds=700),
            Contact("meeting", "out", opened + timedelta(days=2), texts.MEETINGS[0], "", PRIYA, about="deal",
                    seconds=4200),
            Contact("invoice", "", closed + timedelta(days=12), "Invoice", about="deal", amount=2_690_000,
                    currency="GBP"),
        ],
    )  # fmt: skip
