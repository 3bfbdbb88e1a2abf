"""Readers hear what concerns them, in order, each entry once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from songsheet.base.ids import new_key
from songsheet.journal import hearing, queries
from songsheet.journal.act import act
from songsheet.journal.actors import system
from songsheet.journal.entries import Entry
from songsheet.journal.events import WorkRetried
from songsheet.journal.models import Cursor, Effect
from songsheet.journal.readers import Reader, catch_up, enrol
from songsheet.journal.testing import recorded
from songsheet.journal.tests.kinds import Echoed, Tried

BY = system("tests")
Trying = Callable[..., None]
pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> str:
    return new_key("lead")


@pytest.fixture
def tried(lead: str, at: datetime) -> Trying:
    """Records tries with these numbers."""

    def record_tries(*numbers: int, lane: Any = "live") -> None:
        with act(by=BY, at=at, lane=lane) as record:
            for number in numbers:
                record(Tried(lead=lead, number=number))

    return record_tries


class Ear:
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.numbers: list[int] = []

    def __call__(self, entry: Entry[Tried]) -> None:
        self.numbers.append(entry.event.number)

    def batch(self, entries: list[Entry[Tried]]) -> None:
        self.numbers.extend(entry.event.number for entry in entries)


def test_a_reader_hears_each_entry_of_its_kinds_once_and_in_order(
    tried: Trying, lead: str, at: datetime
) -> None:
    ear = Ear()
    reader = Reader("ear", handles={Tried: ear})
    tried(1, 2)
    with act(by=BY, at=at) as record:
        record(Echoed(lead=lead))
    tried(3)
    assert catch_up(reader) == 3
    assert catch_up(reader) == 0
    tried(4)
    assert catch_up(reader) == 1
    assert ear.numbers == [1, 2, 3, 4]


def test_two_readers_go_at_their_own_pace(tried: Trying) -> None:
    one, two = Ear(), Ear()
    tried(1)
    catch_up(Reader("one", handles={Tried: one}))
    tried(2)
    catch_up(Reader("two", handles={Tried: two}))
    assert (one.numbers, two.numbers) == ([1], [1, 2])


def test_history_is_heard_only_by_those_who_say_so(tried: Trying) -> None:
    deaf, patient = Ear(), Ear()
    tried(1, 2, lane="history")
    tried(3)
    catch_up(Reader("deaf", handles={Tried: deaf}))
    catch_up(Reader("patient", handles={Tried: patient}, hears_history=True))
    assert (deaf.numbers, patient.numbers) == ([3], [1, 2, 3])


def test_what_a_reader_records_names_its_cause(tried: Trying, at: datetime) -> None:
    def echo(entry: Entry[Tried]) -> None:
        with act(by=system("echo"), at=entry.recorded_at, because=entry) as record:
            record(Echoed(lead=entry.event.lead))

    tried(1, 2)
    catch_up(Reader("echo", handles={Tried: echo}))
    causes = [entry.position for entry in recorded(Tried)]
    assert [(entry.because, entry.depth) for entry in recorded(Echoed)] == [(cause, 1) for cause in causes]


def test_a_repeat_is_harmless(tried: Trying) -> None:
    ear = Ear()
    reader = Reader("ear", handles={Tried: ear})
    tried(1)
    catch_up(reader)
    Cursor.objects.filter(name="ear").update(position=0)
    tried(2)
    assert catch_up(reader) == 1
    assert ear.numbers == [1, 2]
    assert Effect.objects.filter(reader="ear").count() == 2


def test_a_batch_reader_is_given_lists(tried: Trying, lead: str, at: datetime) -> None:
    sizes: list[int] = []
    reader = Reader("batch", batch=lambda entries: sizes.append(len(entries)), hears=(Tried,))
    tried(*range(700))
    assert catch_up(reader) == 700
    assert sizes == [500, 200]


def test_a_batch_that_fails_is_tried_one_by_one(tried: Trying, at: datetime) -> None:
    ear = Ear()

    def no_threes(entries: list[Entry[Tried]]) -> None:
        ear.batch(list(entries))
        if any(entry.event.number == 3 for entry in entries):
            raise ValueError("three")

    reader = Reader("batch", batch=no_threes, hears=(Tried,))
    tried(3)
    assert catch_up(reader, at) == 0
    assert queries.lags([reader])[0].trying == 1


def test_a_range_reader_is_given_positions(tried: Trying) -> None:
    spans: list[tuple[int, int]] = []
    reader = Reader("range", ranges=lambda after, until: spans.append((after, until)), hears_history=True)
    tried(*range(300))
    before = queries.head()
    catch_up(reader)
    tried(1, 2)
    catch_up(reader)
    catch_up(reader)
    assert spans == [(0, before), (before, before + 2)]


def test_a_range_that_fails_rests_and_stands_after_five_failures(tried: Trying, at: datetime) -> None:
    def fail(after: int, until: int) -> None:
        raise ValueError("no")

    reader = Reader("range", ranges=fail)
    tried(1)
    for failures in range(1, 6):
        Cursor.objects.filter(name="range", failures__gt=0).update(due_at=at)
        catch_up(reader, at)
        assert Cursor.objects.get(name="range").failures == failures
    catch_up(reader, at)
    assert Cursor.objects.get(name="range").failures == 5
    assert "ValueError in test_hear.py" in queries.lags([reader])[0].error
    assert queries.parked_count() == 1


def test_a_new_reader_may_start_now(tried: Trying) -> None:
    ear = Ear()
    reader = Reader("late", handles={Tried: ear}, since="now")
    tried(1)
    enrol([reader])
    tried(2)
    catch_up(reader)
    assert ear.numbers == [2]


def test_a_reader_is_declared_in_exactly_one_way() -> None:
    with pytest.raises(TypeError, match="exactly one"):
        Reader("both", handles={Tried: print}, batch=print)
    with pytest.raises(TypeError, match="exactly one"):
        Reader("none")


def test_lag_counts_what_was_not_heard(tried: Trying) -> None:
    reader = Reader("ear", handles={Tried: Ear()})
    tried(1, 2, 3)
    tried(4, lane="history")
    (lag,) = queries.lags([reader])
    assert (lag.behind, lag.oldest) == (3, recorded(Tried)[0].recorded_at)
    catch_up(reader)
    (lag,) = queries.lags([reader])
    assert (lag.behind, lag.oldest, lag.error) == (0, None, "")


def test_an_idle_reader_costs_one_statement(tried: Trying, django_assert_num_queries: Any) -> None:
    reader = Reader("ear", handles={WorkRetried: print})
    catch_up(reader)
    tried(1)
    with django_assert_num_queries(1):
        catch_up(reader)


def test_a_batch_costs_the_same_statements_whatever_its_size(
    tried: Trying, django_assert_max_num_queries: Any
) -> None:
    reader = Reader("ear", batch=lambda entries: None, hears=(Tried,))
    catch_up(reader)
    tried(*range(400))
    with django_assert_max_num_queries(14):
        catch_up(reader)


def test_the_cursor_jumps_over_history_without_reading_it(tried: Trying) -> None:
    reader = Reader("ear", handles={Tried: Ear()})
    tried(*range(1_500), lane="history")
    with connection.cursor() as cursor:
        cursor.execute("analyze journal_entry")
        cursor.execute(
            f"""explain select position from journal_entry
                 where position > 0 and position <= 1500 and {reader.filter} order by position limit 500""",
            {"kinds": reader.kinds},
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "journal_entry_live" in plan
    catch_up(reader)
    assert Cursor.objects.get(name="ear").position == queries.head()


def test_a_step_ends_before_its_acts_exceed_one_append(tried: Trying, at: datetime) -> None:
    def six_hundred(entry: Entry[Tried]) -> None:
        with act(by=BY, at=at, because=entry) as record:
            record.bulk(Echoed, [{"lead": entry.event.lead}] * 600, [at] * 600)

    tried(*range(7))
    reader = Reader("many", handles={Tried: six_hundred})
    assert hearing.hear(reader, at).answered == 2
    assert catch_up(reader) == 5
    assert len(recorded(Echoed)) == 7 * 600
    assert queries.lags([reader])[0].trying == 0
