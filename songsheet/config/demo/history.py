"""The whole history of the demo company as stories, from a seed: first the placed, then the drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from statistics import median

from songsheet.config.demo.bargains import in_tens
from songsheet.config.demo.company import GUIDES, TUESDAY, ZONE, era_of
from songsheet.config.demo.hours import at_work
from songsheet.config.demo.interests import Leads
from songsheet.config.demo.records import Interest, Story
from songsheet.config.demo.staged import MARCH_REACHABLE, leaks
from songsheet.config.demo.staging import Staging
from songsheet.config.demo.stories import tell
from songsheet.config.demo.tuesday import PRIYA, tuesday
from songsheet.config.demo.world import World

SEED = 517
#: Size → how many times the drawn leads and companies of the default.
SIZES = {"s": 0.1, "default": 1.0, "m": 10.0, "l": 100.0}
_LEADS, _FIRMS = 1748, 301
#: What the March leads that can still be called are worth in the first letter, in cents.
MARCH_WORTH = 214_000_00


@dataclass(frozen=True)
class Draw:
    """What to generate: a size and a seed."""

    size: str = "default"
    seed: int = SEED

    @property
    def scale(self) -> float:
        return SIZES[self.size]

    def rng(self, of_what: str) -> Random:
        """Chance of its own for each part, so that one part's growth leaves the others as they were."""
        return Random(f"{self.seed} {of_what}")


def drawn(draw: Draw, world: World | None = None) -> Iterator[Interest]:
    """The leads that chance makes, with what was drawn for each: what tests hold estimates against."""
    world = world or World(draw.rng("world"))
    firms = list(world.firms(round(_FIRMS * draw.scale)))
    yield from Leads(draw.rng("leads"), world, firms, draw.scale).play(round(_LEADS * draw.scale))


def stories(draw: Draw) -> Iterator[Story]:
    """Every story, each complete up to the Tuesday."""
    staging = Staging(World(draw.rng("staging")), draw.rng("staged"))
    rng = draw.rng("stories")
    yield from tuesday(staging)
    placed = list(leaks(staging))
    chance = list(drawn(draw, staging.world))
    _price_webinars([*placed, *chance])
    for interest in placed:
        yield _settled(tell(interest, rng), rng)
    for interest in chance:
        yield _settled(tell(_as_the_tuesday_has_it(interest, rng), rng), rng)


def how_many(draw: Draw) -> int:
    """About how many stories there are, to show how far loading is."""
    return round(_LEADS * draw.scale) + 152


def _price_webinars(leads: list[Interest]) -> None:
    """Price the deals of webinars so that the March leads nobody called are worth what the first letter says.

    A lead is worth the won rate of its source times the median of what the won ones brought.
    """
    deals = [lead.deal for lead in leads if lead.source == "Webinars" and lead.deal]
    won = [deal.amount for deal in deals if deal.state == "won"]
    if not won:
        return
    came = sum(lead.source == "Webinars" for lead in leads)
    wanted = MARCH_WORTH * came / len(won) / MARCH_REACHABLE
    ratio = min(2.0, max(0.5, wanted / median(won)))
    for deal in deals:
        deal.amount, deal.margin = in_tens(deal.amount * ratio), in_tens(deal.margin * ratio)


def _as_the_tuesday_has_it(interest: Interest, rng: Random) -> Interest:
    """What chance left open has no say in the placed leaks: answered in time, not on Priya's desk."""
    if not (interest.is_open or (interest.deal and interest.deal.is_open)):
        return interest
    if interest.state == "offered" and TUESDAY - interest.came_at > timedelta(hours=17):
        interest.hours, interest.state = rng.uniform(0.5, 16), "working"
    elif interest.hours and interest.hours > 24:
        interest.hours = rng.uniform(0.5, 20)
    colleagues = GUIDES["GB"][1:]
    guide = colleagues[interest.number % len(colleagues)] if interest.guide == PRIYA else interest.guide
    return replace(interest, guide=guide)


def _settled(story: Story, rng: Random) -> Story:
    """An open lead of the department is live: a promise with a due time runs. The older ones rest."""
    lead = story.interest
    if not lead.is_open or lead.queue or era_of(lead.came_at) == "silos":
        return story
    lead.at_rest = False
    spoken = max((contact.at for contact in story.contacts if contact.member), default=lead.came_at)
    if lead.state == "nurturing" and lead.look_again_on:
        lead.due_at = datetime.combine(lead.look_again_on, time(9), ZONE).astimezone(UTC)
    elif story.duties:
        lead.owned_since, lead.due_at = story.duties[0].made_at, story.duties[0].due_at
    elif lead.quiet_days:
        lead.owned_since, lead.due_at = spoken, spoken + timedelta(days=7)
    else:
        lead.due_at = at_work(max(lead.came_at + timedelta(hours=8), TUESDAY + timedelta(hours=1)), rng)
    return story
