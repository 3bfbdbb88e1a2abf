"""What is sent, read: one event or many, each good or with what is wrong about it."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from pydantic import ValidationError

from songsheet.base.refusals import Refusal
from songsheet.doors.problems import NotAsExpected, from_validation
from songsheet.intake.door.asked import TooLarge
from songsheet.intake.door.quick import system_of
from songsheet.intake.event import AHEAD, Arrived, EventIn
from songsheet.intake.inbox.models import Door
from songsheet.intake.inbox.put_actions import Item, mark_of

MOST_EVENTS = 1_000
DEEPEST = 8
#: As JSON writes it: some fields would let it through, and no column holds it.
_NUL = b"\\u0000"
#: Names of systems that doors of ours give: nobody else sends in them.
_OURS = ("link", "site_", "hook_", "form_")
_EVENT: str = Door.EVENT.value


class TooDeep(Refusal):
    """Lists and objects in one another, deeper than any event is."""

    code = "too_deep"


@dataclass(frozen=True, slots=True)
class Held:
    """Something that cannot be taken: as it came, what is wrong, and at which field."""

    id: str
    body: str
    why: Refusal

    @property
    def field(self) -> str:
        errors = self.why.extra.get("errors") or {}
        return str(next(iter(errors), self.why.field or ""))[:60]

    @property
    def problem(self) -> str:
        errors: dict[str, list[str]] = self.why.extra.get("errors") or {}
        told = [f"{name}: {' '.join(words)}" for name, words in errors.items()]
        return ("; ".join(told) or self.why.sentence)[:500]


def parsed(raw: bytes) -> Any:
    """The JSON of a body; refused where it is none."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise NotAsExpected(
            f"This is not JSON: {error.msg} at character {error.pos}.",
            errors={"body": [f"This is not JSON: {error.msg}."]},
        ) from None


def _must_be_flat(content: Any) -> None:
    """Refuse what is nested deeper than any event is. It takes its time: asked of what is no event alone."""
    layer = [content]
    for _ in range(DEEPEST + 1):
        layer = [one for one in layer if isinstance(one, dict | list)]
        layer = [inner for one in layer for inner in (one.values() if isinstance(one, dict) else one)]
    if layer:
        raise TooDeep(f"Lists and objects stand in one another at most {DEEPEST} deep.")


def many(content: Any) -> list[Any] | None:
    """The events of a batch; None where it is a single one."""
    if isinstance(content, dict) and "events" in content:
        if len(content) > 1 or not isinstance(content["events"], list):
            raise NotAsExpected(
                "A batch is an array of events, or an object with `events` alone.", field="events"
            )
        content = content["events"]
    if not isinstance(content, list):
        return None
    if len(content) > MOST_EVENTS:
        raise TooLarge(f"A batch has at most {MOST_EVENTS:,} events, and this has {len(content):,}.")
    return content


def read(content: Any, by: str, latest: datetime) -> Item | Held:
    """An event of a program with a key, ready to be kept; or what is wrong with it."""
    system = system_of(content, latest)
    if system is None or system.startswith(_OURS):
        try:
            system = _closely(content, latest).system
        except NotAsExpected as refusal:
            return held(content, refusal)
    said = orjson.dumps(content)
    if _NUL in said:
        return held(content, NotAsExpected("It holds a NUL character. Leave it out."))
    body = b'{"event":%b,"by":"%b"}' % (said, by.encode())
    return Item(mark_of(system, content["id"]), _EVENT, system, body.decode())


def _closely(content: Any, latest: datetime) -> EventIn:
    """The event, read in the long way; refused with what is wrong."""
    try:
        event = EventIn.model_validate(content)
    except ValidationError as error:
        _must_be_flat(content)
        raise from_validation(error) from None
    not_ahead(event, latest)
    if event.system.startswith(_OURS):
        raise NotAsExpected("This name of a system is ours. Choose another.", field="system")
    return event


def latest() -> datetime:
    """How far ahead an event may be: the clock outside counts, also in a house that lives on another day."""
    return datetime.fromtimestamp(time.time(), UTC) + AHEAD


def not_ahead(event: EventIn, latest: datetime) -> None:
    """Refuse what has not happened yet."""
    if event.at is not None and event.at > latest:
        raise NotAsExpected("This is more than ten minutes ahead of our clock.", field="at")


def held(content: Any, why: Refusal) -> Held:
    """It as it came, or nearly: what a column cannot hold is shown."""
    if isinstance(content, bytes):
        return Held("", content.decode(errors="replace").replace("\x00", "\ufffd"), why)
    id_ = content.get("id") if isinstance(content, dict) else ""
    return Held(id_[:200] if isinstance(id_, str) else "", orjson.dumps(content).decode(), why)


def seen(content: Any, site: str, is_anonymous: bool, more: dict[str, Any]) -> Item:
    """A page view that a browser tells of, who has no key: it says what it saw, and nothing of anybody."""
    try:
        event = EventIn.model_validate(content)
    except ValidationError as error:
        raise from_validation(error) from None
    if _NUL in orjson.dumps(content):
        raise NotAsExpected("It holds a NUL character. Leave it out.")
    beside = event.model_fields_set - _SCRIPT
    if event.type != "page_view" or beside:
        named = ", ".join(sorted(beside)) or "type"
        raise NotAsExpected(f"A page tells of page views alone, and not of {named}.", field=named)
    changed: dict[str, Any] = {"system": site}
    if event.at is not None and event.at > latest():
        changed["at"] = None  # a visitor's clock is wrong: ours counts
    if is_anonymous:
        changed |= {"visitor": None, "link": "", "click_ids": dict.fromkeys(event.click_ids, "")}
    arrived = Arrived(event=event.model_copy(update=changed), **more)
    body = arrived.model_dump_json(exclude_defaults=True)
    return Item(mark_of(site, event.id), Door.SCRIPT.value, site, body)


_SCRIPT = {"id", "type", "at", "system", "visitor", "page", "link", "utm", "click_ids"}
