"""The door as an ASGI application: events of programs and of pages, and tracked links.

What it acknowledged is on the disk. It makes no touch and asks for no person: workers do that.
"""

import asyncio
import logging
import re
import time
from collections.abc import MutableMapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

import orjson

from songsheet.base.ids import new_key
from songsheet.base.refusals import NotAllowed, Refusal
from songsheet.doors.problems import NoSuchMethod, NotAsExpected
from songsheet.intake.door import reading
from songsheet.intake.door.answers import Headers, answer, lead_on, page, refuse, tell
from songsheet.intake.door.asked import Ask, Gone, Rate, Receive, Send, TooLarge
from songsheet.intake.door.asking import Asking, Place, Way
from songsheet.intake.door.keeping import Full, Keeper
from songsheet.intake.door.leading import led
from songsheet.intake.door.line import Line
from songsheet.intake.inbox.models import Door as From
from songsheet.intake.inbox.put_actions import HOLD_BACK, Item, mark_of
from songsheet.team.keys import PREFIX

log = logging.getLogger("songsheet.door")

EVENTS, LINK = "/in/events", "/l/"
MOST_BYTES, MOST_OF_ONE = 2**20, 64 * 1024
#: A buyer who follows a link waits so long at most until it is noted that they did, and only where nothing
#: else is being kept.
BUYER_WAITS = 0.025
_NO_LINK = "A letter may be missing. Open it once more from where you got it."
_CLOSED = "It led somewhere for a while. Ask whoever gave it to you for another one."
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,22}")
#: So many events are read before others get their turn.
_TURN = 50


class NoKey(Refusal):
    """Nobody says who they are."""

    status = 401
    code = "no_key"


def route_of(path: str) -> str | None:
    """The name of the door's address; None where it belongs to the pages."""
    if path == EVENTS:
        return "in/events"
    return "l/<token>" if path.startswith(LINK) else None


class Door:
    """Keeps what arrives, and answers."""

    def __init__(self) -> None:
        self._lines = [Line(), Line()]
        self._keeper = Keeper(self._lines[0])
        self._asking = Asking(self._lines[1])
        self._rate = Rate()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        ask = Ask(scope, receive, send)
        try:
            if ask.path.startswith(LINK):
                await self._follow(ask)
            else:
                await self._events(ask)
        except Gone:
            log.info("whoever asked went away")
        except Refusal as refusal:
            await refuse(ask, refusal)

    async def close(self) -> None:
        """Keep what is on its way, and hang up."""
        await self._keeper.finish(2.0)
        for line in self._lines:
            await line.close()

    async def _events(self, ask: Ask) -> None:
        secret = ask.header(b"authorization")
        if not secret and (site := ask.named("site")):
            return await self._from_page(ask, site)
        if ask.method != "POST":
            raise _only(ask, "POST")
        scheme, _, secret = secret.partition(" ")
        sender = None
        if scheme.lower() == "bearer" and secret.strip().startswith(PREFIX):
            sender = await self._asking.sender(secret.strip())
        if sender is None:
            refusal = NoKey("Send a key that is not ended: Authorization: Bearer songsheet_…")
            return await refuse(ask, refusal, [(b"www-authenticate", b"Bearer")])
        if not sender.may_send:
            raise NotAllowed("This key may not send events. It needs the scope send, of a member who may.")
        raw = await ask.body(MOST_BYTES)
        try:
            content = reading.parsed(raw)
            events = reading.many(content)
        except NotAsExpected as refusal:
            if len(raw) > MOST_OF_ONE:
                raise
            return await self._hold_one(ask, sender.key, reading.held(raw, refusal))
        if events is not None:
            return await self._batch(ask, sender.key, events)
        if len(raw) > MOST_OF_ONE:
            raise TooLarge("A single event has at most 64 kB. Send many as an array.")
        one = reading.read(content, sender.key, reading.latest())
        if isinstance(one, reading.Held):
            return await self._hold_one(ask, sender.key, one)
        (is_new,) = await self._keeper.put([one])
        await tell(ask, 202, {"id": content["id"], "outcome": "accepted" if is_new else "duplicate"})

    async def _batch(self, ask: Ask, by: str, events: list[Any]) -> None:
        found, latest = list[Item | reading.Held](), reading.latest()
        for number, content in enumerate(events):
            if number % _TURN == _TURN - 1:
                await asyncio.sleep(0)
            found.append(reading.read(content, by, latest))
        items = [one for one in found if isinstance(one, Item)]
        fresh = iter(await self._keeper.put(items) if items else [])
        keys = iter(await self._hold(by, [one for one in found if isinstance(one, reading.Held)]))
        verdicts = list[dict[str, str]]()
        counts = {"accepted": 0, "duplicate": 0, "held_back": 0}
        for content, one in zip(events, found, strict=True):
            if isinstance(one, Item):
                said = {"id": content["id"], "outcome": "accepted" if next(fresh) else "duplicate"}
            else:
                said = {"id": one.id, "outcome": "held_back", "key": next(keys), "reason": one.problem}
                said |= {"field": one.field} if one.field else {}
            counts[said["outcome"]] += 1
            verdicts.append(said)
        await tell(
            ask, 202,
            {"accepted": counts["accepted"], "duplicates": counts["duplicate"],
             "held_back": counts["held_back"], "verdicts": verdicts},
        )  # fmt: skip

    async def _hold_one(self, ask: Ask, by: str, one: reading.Held) -> None:
        (one.why.extra["held"],) = await self._hold(by, [one])
        raise one.why

    async def _hold(self, by: str, held: list[reading.Held]) -> list[str]:
        """Hold these back: their keys. What waits already keeps the one it has."""
        if not held:
            return []
        marks = [mark_of(by, one.body) for one in held]
        rows = [
            (new_key("held"), From.EVENT.value, by, mark, one.body, one.problem, one.field)
            for mark, one in zip(marks, held, strict=True)
        ]
        told = await self._lines[1].rows(HOLD_BACK, [list(column) for column in zip(*rows, strict=True)])
        keys = {mark.hex: key for mark, key in told}
        return [keys[mark] for mark in marks]

    async def _from_page(self, ask: Ask, key: str) -> None:
        """A browser on one of our sites: no key, so it may tell little, and from there alone."""
        origin = ask.header(b"origin", 300).lower()
        place = (await self._asking.ours()).sites.get(key)
        if place is None or origin not in place.origins:
            raise NotAllowed("Pages of this address do not send here. Add it to the origins of the site.")
        may: Headers = [
            (b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin"),
        ]  # fmt: skip
        if ask.method == "OPTIONS":
            more = [
                *may, (b"access-control-allow-methods", b"POST"),
                (b"access-control-allow-headers", b"content-type"), (b"access-control-max-age", b"600"),
            ]  # fmt: skip
            return await answer(ask, 204, b"text/plain", b"", more)
        try:
            await self._page_view(ask, key, place, may)
        except Refusal as refusal:
            await refuse(ask, refusal, may)

    async def _page_view(self, ask: Ask, key: str, place: Place, may: Headers) -> None:
        if ask.method != "POST":
            raise _only(ask, "POST, OPTIONS")
        self._rate.count(ask.network)
        content = reading.parsed(await ask.body(MOST_OF_ONE))
        one = reading.seen(content, key, place.is_anonymous, how(ask))
        (is_new,) = await self._keeper.put([one])
        await tell(ask, 202, {"id": content["id"], "outcome": "accepted" if is_new else "duplicate"}, may)

    async def _follow(self, ask: Ask) -> None:
        """Lead on to where a tracked link goes, and note that somebody followed it."""
        if ask.method not in ("GET", "HEAD"):
            raise _only(ask, "GET, HEAD")
        token = ask.path.removeprefix(LINK)
        ours = await self._asking.ours()
        way = await self._asking.way(token) if _TOKEN.fullmatch(token) else None
        if way is None:
            return await page(ask, 404, ours.name, "There is no such link", _NO_LINK)
        if way.is_closed(datetime.fromtimestamp(time.time(), UTC) + ours.offset):
            return await page(ask, 410, ours.name, "This link is closed", _CLOSED)
        click = str(uuid4())
        is_free = self._keeper.is_free
        try:
            noted = self._keeper.put([_clicked(ask, way, click)], lasting=True)
            if is_free:
                await asyncio.wait({noted}, timeout=BUYER_WAITS)
        except Full:
            log.warning("a click is not noted: more arrives than can be kept")
        await lead_on(ask, led(way.target, way.utm, ask.query, click, ours.origins))


def how(ask: Ask) -> dict[str, Any]:
    """How a browser or a gateway asked, for whoever decides what made it."""
    return {
        "agent": ask.header(b"user-agent", 300),
        "network": ask.network,
        "method": ask.method,
        "prefetch": ask.is_prefetch,
    }


def _clicked(ask: Ask, way: Way, click: str) -> Item:
    said = {"url": way.target, "referrer": ask.header(b"referer")}
    event = {"id": click, "type": "click", "system": "link", "link": way.key, "page": said}
    body = orjson.dumps({"event": event, **how(ask)}).decode()
    return Item(mark_of("link", click), From.CLICK.value, way.key, body)


def _only(ask: Ask, methods: str) -> Refusal:
    ask.send = partial(_with_allow, ask.send, methods.encode())
    return NoSuchMethod(f"This address does not take that. It takes {methods}.")


async def _with_allow(send: Send, methods: bytes, message: MutableMapping[str, Any]) -> None:
    if message["type"] == "http.response.start":
        message["headers"].append((b"allow", methods))
    await send(message)
