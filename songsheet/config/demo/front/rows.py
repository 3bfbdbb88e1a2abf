"""Hits on their way into the tables: once each, with their bytes among what was seen, and the last thirty
days as they arrived."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import orjson

from songsheet.base import bulk
from songsheet.config.demo.company import TUESDAY
from songsheet.config.demo.front.tables import AGENTS
from songsheet.intake.inbox.put_actions import hash_of

#: Bodies are kept for thirty days.
RAW_SINCE = TUESDAY - timedelta(days=30)
_HIT = (
    "id", "hash", "visitor_id", "person_id", "door", "what", "at", "received_at", "site_id", "link_id",
    "source_id", "campaign_id", "address", "title", "referrer", "utm", "agent", "network", "method",
    "prefetch", "made_by", "made_why", "touch_key", "came_by", "loaded_at",
)  # fmt: skip
_RAW = ("id", "received_at", "hash", "door", "feed", "body", "became", "person_id", "came_at")
_SEEN = """
insert into intake_seen (hash) select * from unnest(%s::uuid[]) on conflict do nothing returning hash
"""
HUMAN_PAGE = ("human", "a browser ran the page")
HUMAN_CLICK = ("human", "the page was there after the click")


@dataclass(slots=True)
class Browser:
    """What somebody looks at our pages with."""

    agent: str
    network: str

    @classmethod
    def drawn(cls, rng: Random) -> "Browser":
        """One as people have it, in a network that nobody has."""
        agent = rng.choices([name for name, _ in AGENTS], [weight for _, weight in AGENTS])[0]
        return cls(agent, f"2001:db8:{rng.randrange(0x1000, 0xFFFF):x}::/48")


@dataclass(slots=True)
class Hit:
    """One request, as it will stand there. `id` is its sender's; `person` and `visitor` are numbers."""

    id: str
    system: str
    at: datetime
    browser: Browser
    made: tuple[str, str]
    url: str = ""
    title: str = ""
    referrer: str = ""
    visitor: int | None = None
    token: UUID | None = None
    person: int | None = None
    site: int | None = None
    link: int | None = None
    link_key: str = ""
    source: int | None = None
    campaign: int | None = None
    utm: dict[str, str] | None = None
    touch: str = ""
    came_by: str = ""
    loaded_at: datetime | None = None

    @property
    def is_click(self) -> bool:
        return self.link is not None

    @property
    def method(self) -> str:
        return "GET" if self.is_click else "POST"

    @property
    def feed(self) -> str:
        return self.link_key or self.system

    @property
    def hash(self) -> UUID:
        return hash_of(self.system, self.id)


@dataclass(slots=True)
class Arrival:
    """A raw body that is no hit: an event of a program or a hook."""

    id: str
    system: str
    door: str
    at: datetime
    event: dict[str, Any]
    became: str
    person: int | None = None
    by: str = ""

    @property
    def feed(self) -> str:
        return self.system

    @property
    def hash(self) -> UUID:
        return hash_of(self.system, self.id)


def keep(hits: Sequence[Hit], ahead: timedelta) -> None:
    """Put these in, those that are there already left out. The house is `ahead` of the clock outside."""
    new = _unseen(hits)
    hits = [one for one in hits if one.hash in new]
    ids = bulk.next_ids("intake_hit", len(hits))
    bulk.copy_in("intake_hit", _HIT, [_line(id_, one, ahead) for id_, one in zip(ids, hits, strict=True)])
    late = [one for one in hits if one.at >= RAW_SINCE]
    _arrive(
        [(one, "click" if one.is_click else "script", _body(one), "hit", one.person) for one in late], ahead
    )


def keep_arrivals(arrivals: Sequence[Arrival], ahead: timedelta) -> None:
    """The same for what came by programs and hooks."""
    new = _unseen(arrivals)
    _arrive(
        [
            (
                one,
                one.door,
                {"event": one.event, **({"by": one.by} if one.by else {})},
                one.became,
                one.person,
            )
            for one in arrivals
            if one.hash in new
        ],
        ahead,
    )


def _unseen(rows: Iterable[Hit | Arrival]) -> set[UUID]:
    hashes = [str(one.hash) for one in rows]
    return {hash_ for (hash_,) in bulk.rows(_SEEN, [hashes])} if hashes else set()


def _arrive(rows: Sequence[tuple[Any, ...]], ahead: timedelta) -> None:
    ids = bulk.next_ids("intake_inbox", len(rows))
    lines = [
        (
            id_,
            one.at - ahead,
            str(one.hash),
            door,
            one.feed,
            orjson.dumps(body).decode(),
            became,
            person,
            one.at,
        )
        for id_, (one, door, body, became, person) in zip(ids, rows, strict=True)
    ]
    bulk.copy_in("intake_raw", _RAW, lines)


def _line(id_: int, one: Hit, ahead: timedelta) -> tuple[Any, ...]:
    return (
        id_, str(one.hash), one.visitor, one.person, "click" if one.is_click else "script",
        "click" if one.is_click else "page", one.at, one.at - ahead, one.site, one.link, one.source,
        one.campaign, one.url.partition("://")[2], one.title, one.referrer,
        orjson.dumps(one.utm or {}).decode(),
        one.browser.agent, one.browser.network, one.method, False, *one.made, one.touch,
        str(hash_of("link", one.came_by)) if one.came_by else None,
        one.loaded_at - ahead if one.loaded_at else None,
    )  # fmt: skip


def _body(one: Hit) -> dict[str, Any]:
    page: dict[str, str] = {"url": one.url}
    event: dict[str, Any] = {
        "id": one.id, "type": "click" if one.is_click else "page_view", "system": one.system, "page": page,
    }  # fmt: skip
    if one.title:
        page["title"] = one.title
    if one.referrer:
        page["referrer"] = f"https://{one.referrer}/"
    if one.link_key or one.came_by:
        event["link"] = one.link_key or one.came_by
    if one.token:
        event["visitor"] = str(one.token)
    if one.utm and not one.is_click:
        event["utm"] = one.utm
    return {
        "event": event, "agent": one.browser.agent, "network": one.browser.network, "method": one.method,
    }  # fmt: skip
