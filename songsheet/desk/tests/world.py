"""A small random world as plain data."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

OPEN = ("new", "nurturing", "qualified", "offered", "working")
KINDS = ("call", "mail", "meeting", "note", "form", "visit", "campaign", "invoice")


@dataclass
class PlainDeal:
    """A deal of a plain world."""

    lead: int
    state: str
    amount: int | None
    currency: str
    reason: str
    step: str
    step_on: date | None


@dataclass
class PlainTouch:
    """A touch, or with `is_task` a task, of a plain world."""

    person: int | None
    lead: int | None
    deal: int | None
    at: datetime
    kind: str = "call"
    direction: str = "out"
    member: int | None = 0
    is_task: bool = False
    due_at: datetime | None = None
    done: bool = False


@dataclass
class PlainLead:
    """A lead of a plain world."""

    person: int
    state: str
    source: int | None
    campaign: int | None
    owner: int | None
    came_at: datetime
    is_dated: bool
    elsewhere: bool
    reason: str
    gone: bool
    promise: datetime | None
    owned_since: datetime | None
    returned_at: datetime | None
    is_answered: bool


@dataclass
class World:
    """People (each with the one they were merged into), leads, deals, touches and tasks."""

    at: datetime
    roots: list[int | None] = field(default_factory=list)
    mailed: list[bool] = field(default_factory=list)
    refused: list[bool] = field(default_factory=list)
    leads: list[PlainLead] = field(default_factory=list)
    deals: list[PlainDeal] = field(default_factory=list)
    touches: list[PlainTouch] = field(default_factory=list)


def random_world(random: Random, at: datetime) -> World:
    """A few people with leads, deals, touches and tasks of every shape."""
    world = World(at)
    for person in range(random.randint(1, 4)):
        world.roots.append(random.choice([None, 0]) if person and world.roots[0] is None else None)
        world.mailed.append(random.random() < 0.6)
        world.refused.append(random.random() < 0.2)
    people = range(len(world.roots))
    for _ in range(random.randint(1, 7)):
        state = random.choice([*OPEN, *OPEN, "converted", "disqualified", "released"])
        world.leads.append(
            PlainLead(
                person=random.choice(people),
                state=state,
                source=random.choice([None, 0, 1]),
                campaign=random.choice([None, 0, 1]),
                owner=random.choice([None, 0, 1]),
                came_at=_moment(random, at, 40),
                is_dated=random.random() < 0.85,
                elsewhere=random.random() < 0.15,
                reason=random.choice(["", "Wrong target"]),
                gone=random.random() < 0.1,
                promise=at + timedelta(hours=random.randint(-9, 9)) if random.random() < 0.2 else None,
                owned_since=at - timedelta(hours=random.randint(0, 12)) if random.random() < 0.8 else None,
                returned_at=at - timedelta(hours=random.randint(0, 40)) if random.random() < 0.3 else None,
                is_answered=random.random() < 0.3,
            )
        )
    for _ in range(random.randint(0, 5)):
        world.deals.append(_deal(random, world))
    for _ in range(random.randint(0, 24)):
        world.touches.append(_touch(random, world))
    return world


def _moment(random: Random, at: datetime, days: int) -> datetime:
    """Often the same moments, so that ties and edges are met."""
    return at - random.choice(
        [
            timedelta(hours=random.randint(0, days * 24)),
            timedelta(days=random.randint(0, days)),
            timedelta(days=20),
        ]
    )


def _deal(random: Random, world: World) -> PlainDeal:
    return PlainDeal(
        lead=random.randrange(len(world.leads)),
        state=random.choice(["open", "open", "won", "lost", "no_decision", "released"]),
        amount=random.choice([None, 100, 2_500, 33_333]),
        currency=random.choice(["EUR", "USD"]),
        reason=random.choice(["", "Price"]),
        step=random.choice(["", "Call"]),
        step_on=random.choice([None, world.at.date() + timedelta(days=random.randint(-3, 3))]),
    )


def _touch(random: Random, world: World) -> PlainTouch:
    lead = random.choice([None, None, random.randrange(len(world.leads))])
    deal = random.choice([None, random.randrange(len(world.deals))]) if world.deals else None
    at = _moment(random, world.at, 45)
    return PlainTouch(
        person=random.choice([None, *range(len(world.roots))]),
        lead=lead,
        deal=deal,
        at=at,
        kind=random.choice(["call", "mail", "meeting", *KINDS]),
        direction=random.choice(["in", "out", "out", ""]),
        member=random.choice([None, 0, 1, 1]),
        is_task=random.random() < 0.2,
        due_at=random.choice([None, world.at + timedelta(hours=random.randint(-50, 50))]),
        done=random.random() < 0.3,
    )
