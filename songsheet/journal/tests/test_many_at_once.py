"""Eight writers, readers that are killed, acts that fail inside: nothing lost, doubled or out of order."""

from datetime import UTC, datetime, timedelta

import pytest

from songsheet.base.ids import many_keys
from songsheet.journal import check, queries
from songsheet.journal.models import EntryRow, Parked
from songsheet.journal.readers import catch_up
from songsheet.journal.sql import execute, rows
from songsheet.journal.testing import recorded
from songsheet.journal.tests.kinds import Echoed, Tried
from songsheet.journal.tests.processes import ACTS, ROWS, WRITERS, reader, start


@pytest.fixture
def database(own_database: str) -> str:
    execute("create table tried_row (id int primary key, key text, count int not null)")
    execute("create table heard (number_heard bigserial, position bigint, lead text, number int)")
    for number, key in enumerate(many_keys("lead", ROWS), 1):
        execute("insert into tried_row values (%s, %s, 0)", [number, key])
    return own_database


def settle() -> None:
    """The rest is heard, and what failed on purpose is answered when it is due."""
    steady, later = reader(failing=0), datetime.now(UTC)
    while catch_up(steady, later) or Parked.objects.exists():
        Parked.objects.filter(state="parked").update(state="due", due_at=later, attempts=0)
        later += timedelta(hours=1)


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_out_of_order(database: str) -> None:
    assert start("crowd", database, seed=7).wait(300) == 0
    settle()

    tries = recorded(Tried)
    assert len(tries) > WRITERS * ACTS
    for key, count in rows("select key, count from tried_row"):
        assert [entry.event.number for entry in tries if entry.event.lead == key] == list(range(1, count + 1))

    positions = list(EntryRow.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, queries.head() + 1))

    heard = rows("select position, lead, number from heard order by number_heard")
    assert sorted(position for position, _, _ in heard) == [entry.position for entry in tries]
    for key, count in rows("select key, count from tried_row"):
        assert [number for _, lead, number in heard if lead == key] == list(range(1, count + 1))

    echoed = [entry.because for entry in recorded(Echoed, actor="system_echo")]
    assert sorted(cause for cause in echoed if cause) == [entry.position for entry in tries]
    assert [one for one in check.run(full=True, only=["I7"]) if one.subject.isdigit()] == []
