"""Of twenty who want the same time at the same moment one has it; the others are offered the next ones."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connections, transaction
from django.test import Client

from songsheet.intake.appointments.models import Meeting
from songsheet.intake.appointments.tests.booking import monday, page_of, sent

MANY = 20


def test_twenty_want_the_same_time_and_one_has_it(own_database: str, cast: dict[str, Any]) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    at, together = monday(9), Barrier(MANY)

    def want(number: int) -> tuple[int, str]:
        try:
            client = Client(REMOTE_ADDR=f"10.1.{number}.7")
            together.wait(30)
            answer = sent(client, page, at, mail=f"n{number}@lakeside.example")
            return answer.status_code, answer.content.decode()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(want, range(MANY)))
    statuses = sorted(status for status, _ in answers)
    assert statuses == [303] + [409] * (MANY - 1), statuses
    for status, said in answers:
        if status == 409:
            assert "not free any more" in said
            assert said.count("formaction") >= 5, "the next times"
    (one,) = Meeting.objects.all()
    assert (one.state, one.begins_at, one.member) == ("waits", at, cast["priya"])


def test_the_database_itself_lets_nobody_be_in_two_places(cast: dict[str, Any]) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    sent(Client(), page, monday(9))
    one = Meeting.objects.get()
    for minutes, refused in ((15, True), (30, False)):
        again = Meeting.objects.get()
        again.pk, again.key, again.mark = (
            None,
            f"{one.key[:-1]}x",
            UUID(int=minutes),
        )
        length = one.ends_at - one.begins_at
        again.begins_at = one.begins_at + length * minutes / 30
        again.ends_at = again.begins_at + length
        try:
            with transaction.atomic():
                again.save()
            assert not refused
        except IntegrityError:
            assert refused
        Meeting.objects.exclude(pk=one.pk).delete()
