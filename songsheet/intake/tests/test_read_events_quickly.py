"""The quick way of reading an event and the long one: they take the same, and nothing else."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from songsheet.doors.problems import NotAsExpected
from songsheet.intake.door.quick import system_of
from songsheet.intake.door.reading import Held, not_ahead, read
from songsheet.intake.event import EventIn
from songsheet.intake.inbox.put_actions import Item, hash_of

NOW = datetime(2026, 5, 12, 12, tzinfo=UTC)
LATEST = NOW + timedelta(minutes=10)
FULL: dict[str, Any] = {
    "id": "e-1", "type": "form", "at": "2026-05-12T11:00:00+02:00", "system": "crm",
    "visitor": "0b9d8c1e-6f0a-4a53-9d0e-2f4d1c3b5a69",
    "person": {"key": "person_00000000000000000000000001", "mail": "a@b.example", "phone": "1",
               "name": " Ann ",
               "title": "CFO", "company": "Pear", "website": "https://pear.example", "country": "DE",
               "language": "de", "external_id": "7"},
    "page": {"url": "https://farm.example/", "title": "Hops", "referrer": ""},
    "link": "x", "source": "Fair", "campaign": "Spring", "heard_from": "a friend", "direction": "out",
    "utm": {"source": "s", "medium": "m", "campaign": "c", "term": "t", "content": "c"},
    "click_ids": {"gclid": "1"}, "member": "tom@x.example", "subject": "Hops", "text": "Long",
    "status": "won", "seconds": 3, "consents": [{"purpose": "mail", "granted": True, "wording": "w"}],
}  # fmt: skip
#: What may stand where something else is expected, or may not.
ODD: list[Any] = [
    None, "", " ", "x", "x" * 41, "x" * 121, "x" * 201, "x" * 255, "x" * 301, "x" * 501, "x" * 2001,
    "x" * 4001,
    "a\x00b", "\\u0000", "a\x1eb", "ö\u2028", 0, 1, -1, 3.0, 3.5, 604_801, 1e20, 2**63, True, False, [], {},
    [1],
    {"a": "b"}, {"a\x00": "b"}, {"g": "x" * 201}, ["mail"], "1999-12-31T23:59:59Z", "2026-05-12T12:10:00Z",
    "2026-05-12T12:10:00.000001Z", "2026-05-12T11:00:00", "2026-05-12", 1_778_580_000, "1778580000",
    4_102_444_800,
    "form", "nod", "in", "link", "link_1", "site_2", "-crm", "3", "de", "DE", "yes", "on", "call", "tracking",
    [{"purpose": "mail", "granted": "true"}], [{"purpose": "mail", "granted": False}] * 9,
]  # fmt: skip


def in_the_long_way(content: Any) -> Any:
    """The event, or None where it is none."""
    try:
        event = EventIn.model_validate(content)
        not_ahead(event, LATEST)
    except (ValidationError, NotAsExpected):
        return None
    return event


def mutated(draw: random.Random) -> Any:
    """A whole event, less of it, or with something odd somewhere."""
    event: dict[str, Any] = orjson.loads(orjson.dumps(FULL))
    if draw.random() < 0.1:
        return draw.choice(ODD)
    for name in draw.sample(sorted(event), draw.randrange(len(event))):
        if name not in ("id", "type") or draw.random() < 0.05:
            del event[name]
    for _ in range(draw.choice((0, 0, 1, 1, 2))):
        inner = [one for one in event.values() if isinstance(one, dict)]
        where = draw.choice([event, event, *inner])
        name = draw.choice([*where, "more"]) if draw.random() < 0.95 else draw.choice(sorted(FULL))
        where[name] = draw.choice(ODD)
    return event


@pytest.mark.parametrize("seed", range(8))
def test_both_ways_take_the_same_events_whatever_stands_in_them(seed: int) -> None:
    draw, good = random.Random(seed), 0
    for _ in range(4_000):
        try:
            content = orjson.loads(orjson.dumps(mutated(draw)))
        except TypeError:  # a number that JSON has no room for
            continue
        event, system = in_the_long_way(content), system_of(content, LATEST)
        has_nul = b"\\u0000" in orjson.dumps(content)
        if event is not None:
            assert system == event.system, content
        elif not has_nul:  # the whole is asked for these once, when it is read
            assert system is None, content
        one = read(content, "key_1", LATEST)
        if event is None or has_nul or event.system.startswith(("link", "site_")):
            assert isinstance(one, Held), content
            assert one.problem
            continue
        good += 1
        assert isinstance(one, Item), content
        assert (one.hash, one.feed) == (hash_of(event.system, event.id).hex, event.system)
        assert orjson.loads(one.body) == {"event": content, "by": "key_1"}
    assert good > 800


@pytest.mark.parametrize("name", [*FULL, "person.name", "page.title", "utm.term", "consents"])
def test_whatever_is_too_long_or_holds_a_nul_is_held_back_and_named(name: str) -> None:
    outer, _, inner = name.partition(".")
    for text in ("x" * 5_000, "a\x00b"):
        content = orjson.loads(orjson.dumps(FULL))
        (content[outer] if inner else content)[inner or outer] = text
        one = read(content, "key_1", LATEST)
        assert isinstance(one, Held)
        if len(text) > 9:
            assert one.field == name
