"""What only shows when the outermost transaction really ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import DataError, OperationalError, connection, transaction

from songsheet.base.ids import new_key
from songsheet.base.refusals import Busy
from songsheet.journal import queries
from songsheet.journal.act import act
from songsheet.journal.actors import system
from songsheet.journal.testing import recorded
from songsheet.journal.tests.kinds import Tried

BY = system("tests")
pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture
def lead() -> str:
    return new_key("lead")


@contextmanager
def somebody_holds_the_head() -> Iterator[None]:
    other = connection.copy()
    other.connect()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("select from journal_head for update")
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '50ms'")
        yield
    finally:
        other.close()
        connection.close()


def test_commit_and_append_travel_together_and_hooks_run_after(lead: str, at: datetime) -> None:
    seen: list[str] = []
    with act(by=BY, at=at) as record:
        record(Tried(lead=lead))
        transaction.on_commit(lambda: seen.append(recorded(Tried)[0].event.lead))
        assert seen == []
    assert seen == [lead]
    assert not connection.in_atomic_block
    assert connection.get_autocommit()


def test_a_foreign_transaction_around_an_act_is_refused(at: datetime) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), act(by=BY, at=at):
        pass


def test_what_was_marked_for_rollback_is_not_committed(lead: str, at: datetime) -> None:
    before = queries.head()
    with act(by=BY, at=at) as record:
        record(Tried(lead=lead))
        transaction.set_rollback(True)
    assert recorded(Tried) == []
    assert queries.head() == before


def test_a_body_the_database_refuses_undoes_the_act(lead: str, at: datetime) -> None:
    def try_both() -> None:
        with act(by=BY, at=at) as record:
            record(Tried(lead=lead, number=1))
            record(Tried(lead=lead, how="\x00"))

    with pytest.raises(DataError, match="u0000"):
        try_both()
    assert recorded(Tried) == []
    with act(by=BY, at=at) as record:
        record(Tried(lead=lead, number=2))
    assert [entry.event.number for entry in recorded(Tried)] == [2]


def test_an_act_without_entries_takes_no_lock(at: datetime) -> None:
    before = queries.head()
    with somebody_holds_the_head(), act(by=BY, at=at):
        pass
    assert queries.head() == before


def test_waiting_too_long_for_a_lock_says_busy(lead: str, at: datetime) -> None:
    with somebody_holds_the_head(), pytest.raises(Busy) as refused, act(by=BY, at=at) as record:
        record(Tried(lead=lead))
    assert isinstance(refused.value.__cause__, OperationalError)
    assert recorded(Tried) == []
