"""A worker listens: it reacts at once, also in a storm of history, and stops when told."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from songsheet.base.ids import new_key
from songsheet.journal import queries
from songsheet.journal.act import act
from songsheet.journal.actors import system
from songsheet.journal.entries import Entry
from songsheet.journal.readers import Reader, catch_up, listen
from songsheet.journal.sql import rows
from songsheet.journal.tests.kinds import Tried
from songsheet.journal.tests.processes import STORM, start


class Clock:
    """When which number was heard."""

    def __init__(self) -> None:
        self.heard: dict[int, float] = {}

    def __call__(self, entry: Entry[Tried]) -> None:
        self.heard[entry.event.number] = time.monotonic()

    def reaction(self, number: int, patience: float = 30) -> float:
        """Record a try and say how many seconds later it was heard."""
        with act(by=system("tests"), at=datetime.now(UTC)) as record:
            record(Tried(lead=new_key("lead"), number=number))
        recorded_at = time.monotonic()
        until = recorded_at + patience
        while number not in self.heard and time.monotonic() < until:
            time.sleep(0.005)
        return self.heard.get(number, until) - recorded_at


@contextmanager
def listening(*readers: Reader, patience: float = 2.0) -> Iterator[threading.Thread]:
    stop = threading.Event()
    thread = threading.Thread(target=listen, args=(readers, stop), kwargs={"patience": patience})
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def connections_of(database: str) -> int:
    return int(rows("select count(*) from pg_stat_activity where datname = %s", [database])[0][0])


def until(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def test_a_listener_reacts_at_once_and_closes_what_it_opened(own_database: str) -> None:
    clock = Clock()
    connection.ensure_connection()
    before = connections_of(own_database)
    with listening(Reader("clock", handles={Tried: clock}), patience=30):
        clock.reaction(0)
        assert max(clock.reaction(number) for number in range(1, 6)) < 1
        assert connections_of(own_database) == before + 2
    assert until(lambda: connections_of(own_database) == before, 5)


def test_history_is_heard_without_being_notified(own_database: str, at: datetime) -> None:
    heard: list[Any] = []
    with listening(Reader("patient", batch=heard.extend, hears=(Tried,), hears_history=True), patience=0.2):
        with act(by=system("tests"), at=at, lane="history") as record:
            record(Tried(lead=new_key("lead")))
        assert until(lambda: len(heard) == 1, 5)


def test_a_listener_survives_the_loss_of_its_connections(own_database: str) -> None:
    clock = Clock()
    with listening(Reader("clock", handles={Tried: clock}), patience=0.2):
        clock.reaction(1)
        rows(
            """select pg_terminate_backend(pid) from pg_stat_activity
                where datname = %s and pid <> pg_backend_pid()""",
            [own_database],
        )
        assert clock.reaction(2) < 5


def test_two_workers_share_a_reader_without_doing_anything_twice(own_database: str) -> None:
    numbers: list[int] = []

    def slow(entry: Entry[Tried]) -> None:
        time.sleep(0.002)
        numbers.append(entry.event.number)

    shared = Reader("shared", handles={Tried: slow})
    with listening(shared, patience=0.2), listening(shared, patience=0.2):
        for number in range(100):
            with act(by=system("tests"), at=datetime.now(UTC)) as record:
                record(Tried(lead=new_key("lead"), number=number))
        assert until(lambda: len(numbers) >= 100, 20)
    assert numbers == list(range(100))


@pytest.mark.slow
def test_a_storm_of_history_leaves_a_live_reaction_under_two_seconds(own_database: str) -> None:
    clock, seen = Clock(), [0]

    def mirror(after: int, until: int) -> None:
        seen[0] += until - after

    readers = [
        Reader("clock", handles={Tried: clock}),
        Reader("mirror", ranges=mirror, hears_history=True),
        Reader("all", batch=lambda entries: None, hears_history=True),
    ]
    before = queries.head()
    with listening(*readers):
        clock.reaction(0)
        storm = start("storm", own_database)
        reactions: list[float] = []
        while storm.poll() is None:
            reactions.append(clock.reaction(len(reactions) + 1))
            time.sleep(0.2)
        reactions.append(clock.reaction(len(reactions) + 1))
    assert storm.returncode == 0
    assert queries.head() == before + STORM + len(reactions) + 1
    assert len(reactions) > 5
    assert max(reactions) < 2

    begun = time.monotonic()
    assert catch_up(Reader("newcomer", handles={Tried: clock})) == len(reactions) + 1
    assert time.monotonic() - begun < 2
