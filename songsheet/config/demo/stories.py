"""What happened around one lead: how they came, who called, what was said, how it went on."""

from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

from songsheet.config.demo import texts
from songsheet.config.demo.company import TUESDAY, ZONE
from songsheet.config.demo.hours import at_work
from songsheet.config.demo.names import COUNTRIES
from songsheet.config.demo.records import Bargain, Contact, Duty, Interest, Story

#: Visits before and after somebody becomes a lead, on average.
_VISITS_BEFORE, _VISITS_AFTER = 5.5, 5.0
_WEEK = timedelta(days=7)


def tell(interest: Interest, rng: Random) -> Story:
    """The story of a drawn lead, up to the Tuesday."""
    story = Story(interest)
    _come(story, rng)
    _visits(story, rng)
    if interest.hours is not None:
        answered = interest.came_at + timedelta(hours=interest.hours)
        _first_answer(story, answered, rng)
        until = _until(interest)
        _follow_up(story, answered, until, rng)
        if interest.deal:
            _deal(story, interest.deal, rng)
        elif interest.is_open:
            _plan(story, rng)
        if interest.also:
            at = answered + timedelta(hours=rng.uniform(15, 50))
            story.contacts.append(Contact("call", "out", at, texts.CALLS[0], "", interest.also, about="lead"))
    story.contacts = [contact for contact in story.contacts if contact.at < TUESDAY]
    return story


def _until(interest: Interest) -> datetime:
    """Until when the Guide works on it: its end, or the Tuesday; less where it was left alone."""
    ended = interest.deal.closed_at if interest.deal else interest.ended_at
    quiet = timedelta(days=interest.quiet_days)
    if interest.state == "nurturing":
        return min(interest.came_at + timedelta(days=25), TUESDAY)
    return (ended or TUESDAY) - quiet


def _come(story: Story, rng: Random) -> None:
    """How they came, by source; what they asked, in their words."""
    lead, come = story.interest, story.interest.came_at
    campaign = lead.campaign.name if lead.campaign else ""
    before = come - timedelta(minutes=rng.uniform(2, 40))
    came: dict[str, Any] = {"campaign": campaign, "about": "lead"}
    match lead.source:
        case "Search advertising":
            searches = texts.SEARCHES[COUNTRIES[lead.buyer.country][0]]
            words = f"Searched for “{rng.choice(searches)}” and clicked our advertisement"
            story.contacts.append(Contact("advertisement", "in", before, words, campaign=campaign))
        case "Webinars":
            minutes = rng.randrange(8, 46)
            words = f"Watched {minutes} of the 45 minutes of the {campaign}"
            story.contacts.append(Contact("webinar", "in", before, words, seconds=minutes * 60, **came))
        case "Fairs":
            words = f"Left a card at our stand, {campaign.removeprefix('Fair, ')}"
            story.contacts.append(Contact("meeting", "in", before, words, **came))
        case "Partners":
            words = f"Was sent to us by {campaign or 'an architect'}"
            story.contacts.append(Contact("other", "in", before, words, **came))
        case "Referrals":
            story.contacts.append(Contact("other", "in", before, "Was named by somebody we fitted", **came))
        case "Bought lists":
            story.contacts.append(Contact("campaign", "", come, "Address bought with a list", **came))
    if lead.believes:
        met, said = texts.UNTRUE[lead.believes]
        story.contacts.append(Contact("download", "in", before + timedelta(minutes=1), met, said))
    if lead.source not in ("Bought lists", "Fairs"):
        story.contacts.append(Contact("form", "in", come, "Asked for a call", lead.asks, **came))


def _visits(story: Story, rng: Random) -> None:
    """Pages they read, before they asked and while they thought about it."""
    lead = story.interest
    if lead.source == "Bought lists" and lead.state == "disqualified":
        return
    ended, quiet = lead.deal.closed_at if lead.deal else lead.ended_at, timedelta(days=lead.quiet_days)
    spans = (
        (lead.came_at - timedelta(days=18), lead.came_at, _VISITS_BEFORE),
        (lead.came_at, min(ended or TUESDAY - quiet, lead.came_at + timedelta(days=60)), _VISITS_AFTER),
    )
    if lead.reads:
        at = TUESDAY - timedelta(days=rng.uniform(1, 12))
        story.contacts.append(Contact("visit", "in", at, f"Read {rng.choice(texts.PAGES)}", seconds=80))
    for first, last, mean in spans:
        for _ in range(min(24, round(rng.expovariate(1 / mean)))):
            seconds = round(rng.lognormvariate(4.2, 0.8))
            at = first + (last - first) * rng.random()
            page = f"Read {rng.choice(texts.PAGES)}"
            story.contacts.append(Contact("visit", "in", at, page, seconds=seconds))


def _first_answer(story: Story, answered: datetime, rng: Random) -> None:
    lead = story.interest
    if lead.buyer.phone and rng.random() < 0.8:
        note, seconds = rng.choice(texts.CALL_NOTES), round(rng.lognormvariate(5.6, 0.7))
        first = Contact(
            "call", "out", answered, texts.CALLS[0], note, lead.guide, about="lead", seconds=seconds
        )
    else:
        first = Contact("mail", "out", answered, texts.MAILS[0], member=lead.guide, about="lead")
    story.contacts.append(first)


def _follow_up(story: Story, answered: datetime, until: datetime, rng: Random) -> None:
    """Calls, mails and answers, every few days until the lead ends."""
    lead, deal = story.interest, story.interest.deal
    at, words = answered, Wording(rng)
    keen = 0.72 if deal else 0.4
    for _ in range(14):
        at = at_work(at + timedelta(days=rng.uniform(2.0, 7.5)), rng)
        if at >= until:
            break
        about = "deal" if deal and at > deal.opened_at else "lead"
        story.contacts.append(_activity(lead, at, about, words))
        replied = at + timedelta(hours=rng.uniform(1, 30))
        if rng.random() < keen and replied < until:
            said = words.of(texts.ANSWERS).format(n=lead.seats, month=texts.MONTHS[(at.month + 3) % 12])
            story.contacts.append(Contact("mail", "in", replied, "Answered", said, lead.guide, about=about))
    if lead.is_open or (deal and deal.is_open):
        story.contacts.append(_latest(story, until, words))


def _latest(story: Story, until: datetime, words: "Wording") -> Contact:
    """Somebody who is being worked on was spoken to in the last days."""
    lead, rng = story.interest, words.rng
    latest = max([c.at for c in story.contacts if c.member], default=lead.came_at)
    days = rng.uniform(0.1, 6.0)
    at = max(latest + timedelta(minutes=30), at_work(until - timedelta(days=days), rng))
    return _activity(lead, min(at, until - timedelta(minutes=20)), "deal" if lead.deal else "lead", words)


class Wording:
    """Chooses words so that one story says each thing once before it repeats itself."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._left: dict[int, list[str]] = {}

    def of(self, lines: list[str]) -> str:
        """Words of a list that were not said for the longest time."""
        left = self._left.setdefault(id(lines), [])
        if not left:
            left += self.rng.sample(lines, len(lines))
        return left.pop()


def _activity(lead: Interest, at: datetime, about: str, words: Wording) -> Contact:
    """One thing that a Guide did: a call, a mail, in a deal also a meeting."""
    rng = words.rng
    if about == "deal" and rng.random() < 0.25:
        return Contact(
            "meeting", "out", at, words.of(texts.MEETINGS), "", lead.guide, about=about, seconds=3000
        )
    if lead.buyer.phone and rng.random() < 0.5:
        subject, note = words.of(texts.CALLS_AGAIN), words.of(texts.CALL_NOTES)
        seconds = round(rng.lognormvariate(5.4, 0.8))
        return Contact("call", "out", at, subject, note, lead.guide, about=about, seconds=seconds)
    subject = words.of(texts.MAILS).format(n=lead.seats)
    return Contact("mail", "out", at, subject, member=lead.guide, about=about)


def _deal(story: Story, deal: Bargain, rng: Random) -> None:
    """The proposal; and after a won deal, what it was charged."""
    lead = story.interest
    end = deal.closed_at or TUESDAY
    if deal.stage in ("Proposal", "Contract") or deal.closed_at:
        at = at_work(deal.opened_at + (end - deal.opened_at) * 0.6, rng)
        subject = f"Proposal for {lead.seats} seats, with the fitting dates"
        story.contacts.append(Contact("mail", "out", min(at, end), subject, "", lead.guide, about="deal"))
    if deal.state == "won" and deal.closed_at:
        at = deal.closed_at + timedelta(days=rng.uniform(5, 20))
        story.contacts.append(
            Contact("invoice", "", at, "Invoice", about="deal", amount=deal.amount, currency=deal.currency)
        )


def _plan(story: Story, rng: Random) -> None:
    """What the Guide means to do next with a lead being worked on."""
    lead = story.interest
    if lead.quiet_days:
        return
    day = lead.look_again_on or TUESDAY.date() + timedelta(days=rng.choice([1, 1, 2, 2, 3, 6, 7, 8]))
    due = datetime.combine(day, time(rng.randrange(9, 17), rng.choice([0, 30])), ZONE).astimezone(UTC)
    while due.weekday() >= 5:
        due += timedelta(days=2)
    made = max(lead.came_at, (TUESDAY - timedelta(days=rng.uniform(0.2, 4))).astimezone(UTC))
    story.duties.append(Duty(rng.choice(texts.TASKS), lead.guide, made, due))
