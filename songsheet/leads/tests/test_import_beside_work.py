"""Bringing in, taking, giving and correcting at the same time: nothing deadlocks, nothing is lost."""

import threading
from datetime import datetime
from typing import Any

from django.db import connections

from songsheet.base.refusals import Conflict
from songsheet.buyers.actions import change_person
from songsheet.buyers.adopt import PersonRow, adopt_people
from songsheet.leads.actions import change_lead, give_leads, put_back_leads, take_lead
from songsheet.leads.adopt import LeadRow, adopt_leads
from songsheet.leads.tests.rows import BY, sound
from songsheet.team.acting import as_member

PEOPLE = 40
TURNS = 8


def test_imports_and_work_on_the_same_buyers_get_along(
    own_database: str, cast: dict[str, Any], at: datetime
) -> None:
    failed: list[BaseException] = []
    amara = as_member(cast["amara"])

    def bring(turn: int, order: int = 1) -> list[str]:
        numbers = list(range(PEOPLE))[::order]
        people = adopt_people(
            [
                PersonRow(
                    name=f"P{n}", title=f"T{turn}", mails=(f"p{n}@firm.example",), external=("zoho", str(n))
                )
                for n in numbers
            ],
            by=BY, at=at,
        )  # fmt: skip
        leads = adopt_leads(
            [
                LeadRow(person=one.must, wants=f"W{turn}", external=("zoho", str(n)))
                for n, one in zip(numbers, people, strict=True)
            ],
            by=BY, at=at,
        )  # fmt: skip
        return [one.key for one in leads]

    keys = bring(0)
    people = [
        one.key
        for one in adopt_people([PersonRow(external=("zoho", str(n))) for n in range(PEOPLE)], by=BY, at=at)
    ]

    def take(turn: int) -> None:
        for key in keys[turn::4]:
            take_lead(key, by=as_member(cast["priya"]), at=at)

    def give(turn: int) -> None:
        give_leads(dict.fromkeys(reversed(keys), cast["diane"]), by=amara, at=at)
        put_back_leads(keys, by=amara, at=at)

    def correct(turn: int) -> None:
        for number, key in enumerate(reversed(people)):
            change_person(
                key, mails=[f"p{PEOPLE - 1 - number}@firm.example"], language=f"l{turn}", by=amara, at=at
            )
            change_lead(keys[number], tier=f"t{turn}", by=amara, at=at)

    def work(act: Any) -> None:
        try:
            for turn in range(1, TURNS):
                try:
                    act(turn)
                except Conflict:
                    continue
        except BaseException as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connections.close_all()

    acts = [bring, lambda turn: bring(turn, -1), take, give, give, correct]
    threads = [threading.Thread(target=work, args=[one]) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sound() == []
