"""Events by a key: kept once before they are answered, told apart, held back, bounded."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.conf import settings

from songsheet.intake.door import asked, asking, keeping
from songsheet.intake.event import Arrived
from songsheet.intake.inbox.models import HeldBack, Inbox, Seen
from songsheet.intake.tests.knocking import Answer, Knocker, inbox, knocking
from songsheet.team.acting import as_system
from songsheet.team.actions import end_key, issue_key
from songsheet.team.models import ApiKey

pytestmark = pytest.mark.usefixtures("own_database")
BY = as_system("tests")


@pytest.fixture
def key(cast: dict[str, Any], at: datetime) -> str:
    return issue_key(member=cast["tom"], scopes=["send"], by=BY, at=at)[1]


def call(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"call-{number}", "type": "call", "person": {"mail": f"p{number}@x.example"}, **more}


def test_each_event_is_kept_once_and_said_to_be_known_after_that(key: str) -> None:
    async def script(door: Knocker) -> None:
        first = await door.send(call(1), key)
        assert (first.status, first.json()) == (202, {"id": "call-1", "outcome": "accepted"})
        again = await door.send(call(1, text="changed"), key)
        assert (again.status, again.json()) == (202, {"id": "call-1", "outcome": "duplicate"})
        elsewhere = await door.send(call(1, system="crm"), key)
        assert elsewhere.json()["outcome"] == "accepted"
        many: list[Answer] = await asyncio.gather(
            *(door.send(call(n // 4), key) for n in range(10, 90)),
            door.send([call(n) for n in range(30)], key),
        )
        told = [one.json()["outcome"] for one in many[:-1]]
        batch = many[-1].json()
        kept = told.count("accepted") + batch["accepted"]
        assert kept == 30 - 1
        assert batch["accepted"] + batch["duplicates"] == 30
        assert [one["id"] for one in batch["verdicts"]] == [f"call-{n}" for n in range(30)]

    knocking(script)
    assert Inbox.objects.count() == Seen.objects.count() == 31
    arrived = Arrived.model_validate(inbox()[0])
    assert arrived.event.person
    assert arrived.event.person.mail == "p1@x.example"
    assert arrived.by == ApiKey.objects.get().key


def test_what_cannot_be_read_is_held_back_once_and_the_others_pass(key: str, at: datetime) -> None:
    later = (datetime.fromtimestamp(4e9, at.tzinfo) + timedelta(days=1)).isoformat()

    async def script(door: Knocker) -> None:
        answer = await door.send(
            [call(1), call(2, type="nod"), call(3, at=later), 5, call(2, type="nod"), call(4, system="link"),
             call(5, member="a\x00b"), call(1)], key,
        )  # fmt: skip
        told = answer.json()
        assert (answer.status, told["accepted"], told["duplicates"], told["held_back"]) == (202, 1, 1, 6)
        assert [one.get("field") for one in told["verdicts"]] == [
            None, "type", "at", "body", "type", "system", None, None,
        ]  # fmt: skip
        assert told["verdicts"][1]["key"] == told["verdicts"][4]["key"]
        one = await door.send(call(2, type="nod"), key)
        assert one.status == 422
        assert one.headers["content-type"] == "application/problem+json"
        assert one.json()["extra"]["held"] == told["verdicts"][1]["key"]
        broken = await door.send(b'{"id": "x\x00\xff', key)
        assert broken.status == 422
        assert HeldBack.objects.get(key=broken.json()["extra"]["held"]).body == '{"id": "x\ufffd\ufffd'

    knocking(script)
    assert HeldBack.objects.count() == 6
    assert Inbox.objects.count() == 1
    held = HeldBack.objects.get(field="type")
    assert held.feed == ApiKey.objects.get().key
    assert "page_view" in held.problem


def test_bodies_are_bounded_in_size_number_depth_and_time(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "SECONDS", 0.2)

    async def trickle() -> AsyncIterator[bytes]:
        for _ in range(9):
            await asyncio.sleep(0.1)
            yield b" "

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 65536

    async def script(door: Knocker) -> None:
        long = {"text": "x" * 70_000}
        deep: Any = "x"
        for _ in range(12):
            deep = [deep]
        for body, status in (
            (call(1, **long), 413), (b" " * (2**20 + 1), 413), ([call(n) for n in range(1001)], 413),
            (call(1, person=deep), 422), (b"[" * 200_000, 422), ({"events": [call(1)], "more": 1}, 422),
            ({"events": 4}, 422), ([], 202),
        ):  # fmt: skip
            assert (await door.send(body, key)).status == status, str(body)[:60]
        assert (await door.send(b"", key, pieces=trickle())).status == 408
        assert (await door.send(b"", key, pieces=endless())).status == 413
        assert (await door.send(b"", key, content_length="9999999")).status == 413
        assert (await door.send(b"", key, content_encoding="gzip")).status == 415
        assert (await door.ask("GET", "/in/events", authorization=f"Bearer {key}")).headers["allow"] == "POST"

    knocking(script)
    assert not Inbox.objects.exists()


def test_a_key_is_asked_for_and_an_ended_one_stops(
    key: str, cast: dict[str, Any], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = issue_key(member=cast["tom"], scopes=["read"], by=BY, at=at)[1]
    no_right = issue_key(member=cast["ines"], scopes=["send"], by=BY, at=at)[1]

    async def script(door: Knocker) -> None:
        for given, status in (
            ("", 401),
            ("songsheet_guessed", 401),
            (reading, 403),
            (no_right, 403),
            (key, 202),
        ):
            answer = await door.send(call(1), given)
            assert answer.status == status, given
        assert (await door.ask("POST", "/in/events", call(2))).status == 401
        assert (await door.ask("POST", "/in/events", call(2), authorization=key)).status == 401
        end_key(ApiKey.objects.get(scopes=["send"], member=cast["tom"]).key, by=BY, at=at)
        assert (await door.send(call(3), key)).status == 202, "it is kept for a moment"
        door.door._asking._senders._there.clear()
        assert (await door.send(call(4), key)).status == 401

    assert asking.SECONDS <= 5
    knocking(script)


def test_without_a_database_or_room_it_is_asked_to_come_again_and_nothing_is_acknowledged(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = settings.DATABASES["default"]

    def end_connections() -> None:
        with psycopg.connect(
            host=given["HOST"], user=given["USER"], dbname="postgres", autocommit=True
        ) as one:
            one.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s",
                ["songsheet door"],
            )

    async def script(door: Knocker) -> None:
        assert (await door.send(call(1), key)).status == 202
        end_connections()
        lost = await door.send(call(2), key)
        assert (lost.status, lost.headers["retry-after"]) == (503, "1")
        assert (await door.send(call(2), key)).json()["outcome"] == "accepted"
        monkeypatch.setattr(keeping, "MOST_WAITING", 5)
        full = await asyncio.gather(*(door.send(call(n), key) for n in range(10, 20)))
        assert sorted(one.status for one in full) == [202] * 5 + [503] * 5
        assert (await door.send(call(30), key)).status == 202

    knocking(script)
    assert Inbox.objects.count() == 8
