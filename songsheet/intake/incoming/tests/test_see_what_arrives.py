"""What arrives is seen as it arrives, with its door, what it became and who made it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from songsheet.buyers.models import Person
from songsheet.intake.inbox.put_actions import Item, hash_of, mark_of, put
from songsheet.intake.incoming.queries import arrivals
from songsheet.intake.models import Hit, Hook, Inbox, Seen
from songsheet.journal.check import run
from songsheet.team.acting import as_member

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def raw(number: int, door: str, feed: str, became: str, *, type_: str, person: Person | None = None) -> None:
    """Something that a worker has dealt with, a second after the one before."""
    body = (
        f'{{"event": {{"id": "{number}", "type": "{type_}", "page": {{"url": "https://a.example/x?y=1"}}}}}}'
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into intake_raw (id, received_at, hash, door, feed, body, became, person_id)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                number, NOON + timedelta(seconds=number), hash_of(feed, str(number)), door, feed, body,
                became, person.id if person else None,
            ],
        )  # fmt: skip


@pytest.fixture
def hook(cast: dict[str, Any], at: datetime) -> Hook:
    made: Hook = Hook.objects.create(name="Our forms", shape="typeform", signing="typeform", made_at=at)
    return made


def test_the_newest_come_first_by_door_and_hook_and_page_by_page(
    cast: dict[str, Any], hook: Hook, at: datetime
) -> None:
    ida = Person.objects.create(name="Ida Brandt", name_folded="ida brandt", met_at=at)
    raw(1, "script", "site_x", "hit", type_="page_view")
    raw(2, "hook", hook.key, "touch", type_="form", person=ida)
    raw(3, "click", "link", "hit", type_="click")
    Hit.objects.create(
        hash=hash_of("link", "3"), door="click", what="click", at=at, received_at=NOON, made_by="machine",
        made_why="robot",
    )  # fmt: skip
    put(
        [
            Item(
                mark_of("pbx", "4"),
                "event",
                "pbx",
                '{"event": {"id": "4", "type": "call", "subject": "Hello"}}',
            )
        ]
    )
    priya = as_member(cast["priya"])

    every = arrivals(priya).items
    assert [(one.door, one.type, one.became, one.made_by) for one in every] == [
        ("event", "call", "", ""),
        ("click", "click", "hit", "machine"),
        ("hook", "form", "touch", ""),
        ("script", "page_view", "hit", ""),
    ]
    assert [one.subject for one in every] == ["Hello", *["a.example/x"] * 3]
    assert (every[2].feed, every[2].person) == ("Our forms", ida)
    assert [one.door for one in arrivals(priya, door="script").items] == ["script"]
    assert [one.type for one in arrivals(priya, hook=hook.key).items] == ["form"]

    seen, after = [], ""
    while True:
        page = arrivals(priya, after=after, most=1)
        seen += [one.door for one in page.items]
        if not (after := page.next):
            break
    assert seen == ["event", "click", "hook", "script"]


def test_the_page_and_its_part_say_it_and_refuse_what_is_no_door(cast: dict[str, Any], hook: Hook) -> None:
    raw(2, "hook", hook.key, "touch", type_="<b>form")
    client = Client()
    client.force_login(cast["priya"])
    whole = client.get("/incoming").content.decode()
    assert "Our forms" in whole
    assert "&lt;b&gt;form" in whole
    part = client.get("/incoming?door=hook", headers={"HX-Request": "true", "HX-Target": "arrivals"})
    assert part.content.decode().strip().startswith('<div id="arrivals"')
    for wrong in ("door=window", "door=%00", "after=x", "after=9-9", "after=99999999999999999-1"):
        assert client.get(f"/incoming?{wrong}").status_code in (200, 422), wrong


def test_what_waits_too_long_and_what_was_never_seen_is_told(cast: dict[str, Any], hook: Hook) -> None:
    put([Item(mark_of("pbx", "4"), "event", "pbx", "{}")])
    assert run(full=True, only=["I7"]) == []
    Inbox.objects.update(received_at=NOON - timedelta(days=400))
    Seen.objects.all().delete()
    raw(1, "script", "site_x", "hit", type_="page_view")
    told = [one.subject.split()[0] for one in run(full=True, only=["I7"])]
    assert told == ["intake_inbox", "intake_inbox", "intake_raw"]
