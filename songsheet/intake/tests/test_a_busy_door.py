"""While much is being kept: who follows a link is led on, and what is asked all the time is asked in time."""

import asyncio
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import connection

from songsheet.base.tests.looping import looped
from songsheet.intake.door.line import Away, Kept
from songsheet.intake.inbox.models import Inbox
from songsheet.intake.links.models import Link
from songsheet.intake.tests.knocking import Knocker, knocking
from songsheet.team.acting import as_system
from songsheet.team.actions import issue_key


def other_connection() -> "psycopg.Connection[Any]":
    given = connection.settings_dict
    return psycopg.connect(host=given["HOST"], user=given["USER"], dbname=given["NAME"])


@pytest.mark.usefixtures("own_database")
def test_a_link_leads_on_while_what_others_sent_is_still_being_kept(
    cast: dict[str, Any], at: datetime
) -> None:
    key = issue_key(member=cast["tom"], scopes=["send"], by=as_system("tests"), at=at)[1]
    Link.objects.create(token="Chairs", name="Chairs", target="https://desk.example/", made_at=at)

    async def script(door: Knocker) -> None:
        assert (await door.ask("GET", "/l/Chairs")).status == 302
        with other_connection() as holding:
            holding.execute("lock table intake_inbox in exclusive mode")
            sent = asyncio.create_task(
                door.send({"id": "1", "type": "call", "person": {"mail": "a@x.example"}}, key)
            )
            await asyncio.sleep(0.3)
            assert [(await door.ask("GET", "/l/Chairs")).status for _ in range(20)] == [302] * 20
            assert not sent.done()
        assert (await sent).status == 202

    knocking(script)
    doors = list(Inbox.objects.order_by("id").values_list("door", flat=True))
    assert doors == ["click", "event", *["click"] * 20], "each of them is noted, after what came before"


def test_what_is_asked_all_the_time_is_asked_again_before_anybody_waits_for_it() -> None:
    asked, is_away = 0, False

    async def script() -> None:
        answers = asyncio.Event()

        async def ask(name: str) -> int:
            nonlocal asked
            asked += 1
            if is_away:
                raise Away("nobody answers")
            await answers.wait()
            return asked

        kept = Kept(ask, seconds=60.0)

        def age(seconds: float) -> None:
            kept._there["a"] = (asyncio.get_running_loop().time() + 60 - seconds, kept._there["a"][1])

        answers.set()
        assert await kept.of("a") == 1
        answers.clear()
        age(25)
        assert await kept.of("a") == 1
        assert asked == 1, "it is young"
        age(35)
        assert await asyncio.gather(*(kept.of("a") for _ in range(9))) == [1] * 9, "nobody waited"
        assert asked == 2
        answers.set()
        while kept._asked:
            await asyncio.sleep(0)
        assert await kept.of("a") == 2

        nonlocal is_away
        is_away = True
        age(35)
        assert await kept.of("a") == 2
        await asyncio.sleep(0)
        assert await kept.of("a") == 2, "what went wrong is nobody's yet"
        age(61)
        with pytest.raises(Away):
            await kept.of("a")
        assert await kept.of("a", even_old=True) == 2

    looped(script())
