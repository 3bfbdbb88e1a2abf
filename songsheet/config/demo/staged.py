"""The leaks that the letters find: each set up here once, by hand, so that it is really there."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from songsheet.config.demo import texts
from songsheet.config.demo.company import GUIDES, TUESDAY
from songsheet.config.demo.hours import at_work
from songsheet.config.demo.records import Bargain, Interest
from songsheet.config.demo.staging import Staging, london

#: Nobody called these after the March webinar; so many of them can still be reached.
MARCH_NEVER_CALLED = 61
MARCH_REACHABLE = 38
#: Accepted leads that lie untouched, and those among them that can be reached.
SILENT, SILENT_REACHABLE = 17, 14


def leaks(staging: Staging) -> Iterator[Interest]:
    """Every leak of the history."""
    yield from never_called_after_the_march_webinar(staging)
    yield from on_one_mistyped_company(staging)
    yield from at_a_weekend(staging)
    yield from without_a_country(staging)
    yield from worked_by_two(staging)
    yield from cards_typed_in_late(staging)
    yield from left_alone(staging)
    yield from back_from_the_partner(staging)
    yield from students_of_the_form(staging)
    yield from deals_nobody_moves(staging)


def never_called_after_the_march_webinar(staging: Staging) -> Iterator[Interest]:
    """The list of the March webinar went into a queue, and there it stayed; they still read our pages."""
    for number in range(MARCH_NEVER_CALLED):
        came_at = staging.hours_after("2026-03-18", 12, 30)
        buyer = staging.anybody(came_at, staging.rng.choices(["DE", "SE", "IE"], [6, 3, 2])[0])
        if number >= MARCH_REACHABLE:
            buyer.do_not = texts.DO_NOT[number % len(texts.DO_NOT)]
            buyer.may_mail = buyer.may_call = False
        lead = staging.lead(buyer, came_at, "Webinars", "March webinar")
        lead.queue, lead.reads = "Webinars", True
        yield lead


def on_one_mistyped_company(staging: Staging) -> Iterator[Interest]:
    """Six people of Kvist AB came in as people of Kvsit AB, and nobody found the account."""
    staging.firm(("Kvist AB", "kvist", "Insurance", "SE", "Göteborg", 140))
    mistyped = staging.firm(("Kvsit AB", "kvsit", "", "SE", "Göteborg", 140))
    for _ in range(6):
        came_at = staging.hours_after("2026-02-18", 12, 20)
        lead = staging.lead(staging.anybody(came_at, firm=mistyped), came_at, "Webinars", "February webinar")
        lead.guide, lead.hours, lead.state = "Elin Sjöberg", staging.rng.uniform(0.5, 20), "working"
        yield lead


def at_a_weekend(staging: Staging) -> Iterator[Interest]:
    """Twelve came by search at the weekend, and nobody was on duty; nine of them are still open."""
    for number in range(12):
        came_at = staging.hours_after("2026-05-09", 9, 22)
        lead = staging.lead(staging.anybody(came_at), came_at, "Search advertising", "Search, our name")
        lead.guide = GUIDES["GB"][1 + number % 2]
        answered = london("2026-05-11", 10) + timedelta(minutes=25 * number)
        lead.hours, lead.state = (answered - came_at) / timedelta(hours=1), "working"
        if number >= 9:
            lead.state, lead.reason, lead.ended_at = "disqualified", "Already bought", answered
        yield lead


def without_a_country(staging: Staging) -> Iterator[Interest]:
    """Eight wait since yesterday: the form never asked for their country, so nobody knows who answers."""
    for _ in range(8):
        came_at = staging.hours_after("2026-05-11", 14, 5)
        lead = staging.lead(staging.world.buyer(None, came_at), came_at, "Website", "Guide download form")
        lead.queue, lead.at_rest, lead.due_at = "Website", False, staging.hours_after("2026-05-12", 13, 4)
        yield lead


def worked_by_two(staging: Staging) -> Iterator[Interest]:
    """Four were called by two of us within days, and neither knew of the other."""
    for number, day in enumerate(("2026-02-03", "2026-03-10", "2026-04-22", "2026-04-29")):
        came_at = staging.hours_after(day, 9, 6)
        lead = staging.lead(staging.anybody(came_at), came_at, "Referrals", "Friends of the house")
        lead.guide, lead.also = GUIDES["GB"][1 + number % 2], "Diane Mercer"
        lead.hours, lead.state = staging.rng.uniform(0.2, 4), "working"
        if number < 2:
            lead.state, lead.reason = "disqualified", "Put off: two of you called"
            lead.ended_at = came_at + timedelta(days=9)
        yield lead


def cards_typed_in_late(staging: Staging) -> Iterator[Interest]:
    """Ten cards of the fair in Cologne were typed in nine days late; four still want a call."""
    for number in range(10):
        came_at = staging.hours_after("2026-01-21", 10, 50)
        buyer = staging.anybody(came_at, "DE")
        lead = staging.lead(buyer, came_at, "Fairs", "Fair, Cologne")
        lead.guide, lead.hours = GUIDES["DE"][number % 2], 24 * 9 + staging.rng.uniform(1, 20)
        if number < 4:
            lead.state = "working"
        else:
            lead.state, lead.reason = "disqualified", "Already bought"
            lead.ended_at = came_at + timedelta(days=12 + number)
        yield lead


def left_alone(staging: Staging) -> Iterator[Interest]:
    """Seventeen were accepted, called once or twice, and lie untouched since; three must not be called."""
    guides = ("Conor Daly", "Hannah Whitlock", "Matthias Roth", "Katja Nowak", "Elin Sjöberg")
    country = ("GB", "GB", "DE", "DE", "SE")
    for number in range(SILENT):
        came_at = staging.hours_after("2026-03-23", 9, 24 * 14)
        lead = staging.lead(staging.anybody(came_at, country[number % 5]), came_at, "Website", "Moving guide")
        lead.guide, lead.hours = guides[number % 5], staging.rng.uniform(0.5, 20)
        lead.state, lead.quiet_days = "working", staging.rng.randrange(15, 24)
        lead.buyer.may_mail = False
        if number >= SILENT_REACHABLE:
            lead.buyer.do_not = texts.DO_NOT[0]
        yield lead


def back_from_the_partner(staging: Staging) -> Iterator[Interest]:
    """Two came back from Norrland Kontor, and nobody wrote down why."""
    for day in ("2026-03-02", "2026-04-07"):
        came_at = staging.hours_after(day, 9, 8)
        lead = staging.lead(staging.anybody(came_at, "SE"), came_at, "Partners", "Norrland Kontor")
        lead.guide, lead.hours = "Elin Sjöberg", staging.rng.uniform(1, 5)
        lead.state, lead.ended_at = "disqualified", came_at + timedelta(days=15)
        yield lead


def students_of_the_form(staging: Staging) -> Iterator[Interest]:
    """Fourteen returns of one form; eleven say the same."""
    for number in range(13):
        came_at = staging.hours_after("2026-03-20", 9, 24 * 45)
        lead = staging.lead(staging.world.buyer(None, came_at), came_at, "Website", "Guide download form")
        lead.guide, lead.hours = GUIDES["GB"][1 + number % 2], staging.rng.uniform(0.3, 20)
        lead.back = "wrong_target" if number < 10 else ("no_budget", "no_need", "competitor")[number % 3]
        lead.back_at = at_work(came_at + timedelta(hours=lead.hours + 0.5), Random(number))
        lead.state, lead.ended_at = "disqualified", lead.back_at + timedelta(days=1 + number % 3)
        lead.reason = "Wrong target: a student" if number < 10 else texts.DISQUALIFIED[1 + number % 3]
        yield lead


def deals_nobody_moves(staging: Staging) -> Iterator[Interest]:
    """Five deals of the time as two silos: open, at rest, and nobody has set a next step."""
    for number in range(5):
        came_at = staging.hours_after("2025-07-01", 9, 24 * 30)
        lead = staging.lead(staging.anybody(came_at), came_at, "Fairs", "Fair, Birmingham")
        lead.guide, lead.hours = GUIDES["GB"][1 + number % 2], staging.rng.uniform(20, 70)
        opened = came_at + timedelta(days=12)
        lead.state, lead.ended_at, lead.reason = "converted", opened, "Became a deal"
        amount = lead.seats * 81_000
        lead.deal = Bargain("open", opened, amount, amount * 3 // 10, "GBP", "Proposal", at_rest=True)
        lead.deal.expected_on = (TUESDAY - timedelta(days=180 + number)).date()
        lead.quiet_days, lead.buyer.may_mail = 220, False
        yield lead
