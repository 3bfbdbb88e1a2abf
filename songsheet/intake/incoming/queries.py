"""Reads of what comes in: the newest arrivals, with what each became and who made it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from songsheet.base import bulk
from songsheet.buyers.models import Person
from songsheet.buyers.queries import people_seen_by
from songsheet.intake.feeds import names_of
from songsheet.intake.inbox.models import Door
from songsheet.intake.inbox.put_actions import HOUSE_AHEAD
from songsheet.intake.incoming.errors import NoSuchDoor, NotAPlace
from songsheet.intake.incoming.words import IS_NOW, WHAT, WHO
from songsheet.intake.visitors.models import Hit
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

MOST_SHOWN = 50
#: By which door it came is asked of so many of the newest alone.
AMONG = 5_000
_COLUMNS = "id, hash, door, feed, received_at, body"
_BEFORE = "(received_at, id) < (coalesce(%(at)s, 'infinity'::timestamptz), %(id)s)"
_DOOR = "(%(door)s = '' or door = %(door)s)"
_NEWEST = "order by received_at desc, id desc limit"
_WAITING = f"""
select {_COLUMNS}, '', null::bigint, received_at + {HOUSE_AHEAD} from intake_inbox
 where {_BEFORE} and {_DOOR} and (%(hook)s = '' or feed = %(hook)s) order by id desc limit %(most)s
"""
_DONE = f"""
select {_COLUMNS}, became, person_id, coalesce(came_at, received_at)
  from (select * from intake_raw where {_BEFORE} {_NEWEST} %(among)s) as newest
 where {_DOOR} {_NEWEST} %(most)s
"""
#: By an index of its own: little comes by one hook.
_OF_HOOK = f"""
select {_COLUMNS}, became, person_id, coalesce(came_at, received_at) from intake_raw
 where door = 'hook' and feed = %(hook)s and {_BEFORE} {_NEWEST} %(most)s
"""
_PLACE = re.compile(r"(\d{1,17})-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came in, and when by the clock of the house. `became` is empty while it waits; `made_by`
    is told of pages and clicks."""

    place: str
    door: str
    feed: str
    received_at: datetime
    type: str
    subject: str
    became: str
    made_by: str
    made_why: str
    person: Person | None

    @property
    def by(self) -> str:
        """The door, as people call it."""
        return str(Door(self.door).label)

    @property
    def what(self) -> str:
        """What happened, in words."""
        return str(WHAT.get(self.type, self.type))

    @property
    def is_now(self) -> str:
        """What it became, in words."""
        return str(IS_NOW.get(self.became, self.became))

    @property
    def who(self) -> str:
        """Who made it, in words."""
        return str(WHO.get(self.made_by, self.made_by))


class Arrivals(NamedTuple):
    """Some arrivals, the newest first, and the place after which older ones stand."""

    items: list[Arrival]
    next: str


def arrivals(
    viewer: Acting, *, door: str = "", hook: str = "", after: str = "", most: int = MOST_SHOWN
) -> Arrivals:
    """What came in last, by one door or hook or all of them; what waits stands with what is done."""
    viewer.must(Right.LOOK)
    if door and door not in Door.values:
        raise NoSuchDoor
    at, id_ = _place(after)
    given = {"door": door, "hook": hook, "at": at, "id": id_, "most": most + 1, "among": AMONG}
    found = bulk.rows(_WAITING, given) + bulk.rows(_OF_HOOK if hook else _DONE, given)
    found.sort(key=lambda row: (row[4], row[0]), reverse=True)
    items = _told(viewer, found[:most])
    return Arrivals(items, items[-1].place if len(found) > most else "")


def _place(after: str) -> tuple[datetime | None, int]:
    """The place that an answer gave: a time in millionths of a second, and a number."""
    if not after:
        return None, 2**62
    if not (read := _PLACE.fullmatch(after)):
        raise NotAPlace
    try:
        return datetime.fromtimestamp(int(read[1]) / 1e6, UTC), int(read[2])
    except (OverflowError, OSError, ValueError):
        raise NotAPlace from None


def _told(viewer: Acting, rows: list[tuple[Any, ...]]) -> list[Arrival]:
    """Rows with the names of what they came from, whom they concern, and who made them: four statements."""
    made = {
        hash_: (by, why)
        for hash_, by, why in Hit.objects.filter(hash__in=[row[1] for row in rows]).values_list(
            "hash", "made_by", "made_why"
        )
    }
    seen = people_seen_by(viewer).prefetch_related(None).select_related(None)
    people = seen.in_bulk({row[7] for row in rows if row[7]})
    names = names_of(row[3] for row in rows)
    return [_arrival(row, names, made, people) for row in rows]


def _arrival(
    row: tuple[Any, ...], names: dict[str, str], made: dict[UUID, tuple[str, str]], people: dict[int, Person]
) -> Arrival:
    id_, hash_, door, feed, received_at, body, became, person, came_at = row
    type_, subject = _said(body)
    made_by, made_why = made.get(hash_, ("", ""))
    place = f"{round(received_at.timestamp() * 1e6)}-{id_}"
    return Arrival(
        place, door, names.get(feed, feed), came_at, type_, subject, became, made_by, made_why,
        people.get(person),
    )  # fmt: skip


def _said(body: str) -> tuple[str, str]:
    """What happened and on what, out of a raw body; an erased one says nothing."""
    try:
        event = orjson.loads(body)["event"]
        page = event.get("page") or {}
        return event["type"], event.get("subject") or page.get("title") or _without_query(page.get("url", ""))
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return "", ""


def _without_query(url: str) -> str:
    return url.partition("?")[0].partition("#")[0].partition("://")[2][:200]
