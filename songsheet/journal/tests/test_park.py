"""Work that fails is tried again, then parked and shown; what is about the same subject waits behind it."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from songsheet.base.ids import new_key
from songsheet.base.refusals import Refusal
from songsheet.journal import queries
from songsheet.journal.act import act
from songsheet.journal.actions import dismiss_parked, restart_reader, retry_parked
from songsheet.journal.actors import system
from songsheet.journal.entries import Entry
from songsheet.journal.errors import NotParked, StillWaiting
from songsheet.journal.events import ReaderRestarted, WorkDismissed, WorkRetried
from songsheet.journal.held import PAUSES
from songsheet.journal.models import Cursor, Parked
from songsheet.journal.readers import Reader, catch_up
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.journal.tests.kinds import Echoed, Gathered, Tried

BY = system("tests")
pytestmark = pytest.mark.django_db


class Answering:
    """Answers tries but for those with a number that is broken just now."""

    def __init__(self) -> None:
        self.broken: set[int] = set()
        self.answered: list[int] = []
        self.error: Callable[[], Exception] = lambda: ValueError("personal@value.example")
        self.reader = Reader("answering", handles={Tried: self.answer})

    def answer(self, entry: Entry[Tried]) -> None:
        with act(by=BY, at=entry.recorded_at, because=entry) as record:
            record(Echoed(lead=entry.event.lead))
        if entry.event.number in self.broken:
            raise self.error()
        self.answered.append(entry.event.number)


@pytest.fixture
def answering() -> Answering:
    return Answering()


def tried(at: datetime, *tries: tuple[str, int]) -> list[int]:
    with act(by=BY, at=at) as record:
        for lead, number in tries:
            record(Tried(lead=lead, number=number))
    return [entry.position for entry in recorded(Tried)][-len(tries) :]


def fail_until_parked(answering: Answering, at: datetime) -> datetime:
    catch_up(answering.reader, at)
    for pause in PAUSES:
        at += timedelta(seconds=pause)
        catch_up(answering.reader, at)
    return at


def states() -> list[tuple[int, str, int]]:
    return list(Parked.objects.order_by("position").values_list("position", "state", "attempts"))


def test_a_failed_entry_leaves_nothing_and_others_pass(answering: Answering, at: datetime) -> None:
    one, two = new_key("lead"), new_key("lead")
    answering.broken = {1}
    first, _ = tried(at, (one, 1), (two, 2))
    assert catch_up(answering.reader, at) == 1
    assert answering.answered == [2]
    assert [entry.event.lead for entry in recorded(Echoed)] == [two]
    assert states() == [(first, "due", 1)]


def test_it_is_tried_again_after_a_pause(answering: Answering, at: datetime) -> None:
    answering.broken = {1}
    tried(at, (new_key("lead"), 1))
    catch_up(answering.reader, at)
    answering.broken = set()
    assert catch_up(answering.reader, at) == 0
    assert catch_up(answering.reader, at + timedelta(seconds=PAUSES[0])) == 1
    assert (answering.answered, states()) == ([1], [])


def test_after_five_failures_it_is_parked_and_counted(answering: Answering, at: datetime) -> None:
    answering.broken = {1}
    (position,) = tried(at, (new_key("lead"), 1))
    late = fail_until_parked(answering, at)
    assert states() == [(position, "parked", 5)]
    assert queries.parked_count() == 1
    assert catch_up(answering.reader, late + timedelta(days=9)) == 0
    (lag,) = queries.lags([answering.reader])
    assert (lag.behind, lag.parked, lag.waiting, lag.trying) == (0, 1, 0, 0)


def test_later_entries_about_the_same_subject_wait_behind_it(answering: Answering, at: datetime) -> None:
    lead, other = new_key("lead"), new_key("lead")
    answering.broken = {1}
    first, second, _, fourth = tried(at, (lead, 1), (lead, 2), (other, 3), (lead, 4))
    late = fail_until_parked(answering, at)
    (fifth,) = tried(at, (lead, 5))
    catch_up(answering.reader, late)
    assert answering.answered == [3]
    assert [row[:2] for row in states()] == [
        (first, "parked"), (second, "waiting"), (fourth, "waiting"), (fifth, "waiting"),
    ]  # fmt: skip
    assert queries.waiting_behind("answering", first) == 3


def test_once_it_is_answered_those_behind_follow_in_order(answering: Answering, at: datetime) -> None:
    lead = new_key("lead")
    answering.broken = {1}
    first, *_ = tried(at, (lead, 1), (lead, 2), (lead, 3))
    late = fail_until_parked(answering, at)
    answering.broken = set()
    retry_parked("answering", first, by=BY, at=late)
    assert catch_up(answering.reader, late) == 3
    tried(at, (lead, 4))
    catch_up(answering.reader, late)
    assert (answering.answered, states()) == ([1, 2, 3, 4], [])
    assert_recorded(WorkRetried, reader="answering", entry=first)


def test_what_waited_may_fail_in_its_turn(answering: Answering, at: datetime) -> None:
    lead = new_key("lead")
    answering.broken = {1, 2}
    first, second, third = tried(at, (lead, 1), (lead, 2), (lead, 3))
    catch_up(answering.reader, at)
    answering.broken = {2}
    assert catch_up(answering.reader, at + timedelta(seconds=1)) == 1
    assert [row[:2] for row in states()] == [(second, "due"), (third, "waiting")]
    answering.broken = set()
    catch_up(answering.reader, at + timedelta(hours=1))
    assert (answering.answered, states()) == ([1, 2, 3], [])
    assert first < second


def test_an_entry_waits_for_everything_it_is_about(at: datetime) -> None:
    one, two = new_key("lead"), new_key("lead")
    broken, heard = {1, 2}, list[Any]()

    def answer(entry: Entry[Tried]) -> None:
        if entry.event.number in broken:
            raise ValueError
        heard.append(entry.event.number)

    reader = Reader("both", handles={Tried: answer, Gathered: lambda entry: heard.append("both")})
    first, second = tried(at, (one, 1), (two, 2))
    with act(by=BY, at=at) as record:
        record(Gathered(leads=[one, two]))
    catch_up(reader, at)
    dismiss_parked("both", first, by=BY, at=at)
    assert catch_up(reader, at) == 0
    broken.clear()
    retry_parked("both", second, by=BY, at=at)
    catch_up(reader, at)
    assert heard == [2, "both"]


def test_dismissing_lets_those_behind_pass(answering: Answering, at: datetime) -> None:
    lead = new_key("lead")
    answering.broken = {1}
    first, *_ = tried(at, (lead, 1), (lead, 2))
    late = fail_until_parked(answering, at)
    dismiss_parked("answering", first, by=BY, at=late)
    catch_up(answering.reader, late)
    assert (answering.answered, states()) == ([2], [])
    assert_recorded(WorkDismissed, reader="answering", entry=first)


def test_one_that_waits_is_not_touched_before_the_one_in_front(answering: Answering, at: datetime) -> None:
    lead = new_key("lead")
    answering.broken = {1}
    _, second = tried(at, (lead, 1), (lead, 2))
    catch_up(answering.reader, at)
    before = queries.head()
    with pytest.raises(StillWaiting):
        retry_parked("answering", second, by=BY, at=at)
    with pytest.raises(NotParked):
        dismiss_parked("answering", second + 1, by=BY, at=at)
    with pytest.raises(NotParked):
        restart_reader("answering", by=BY, at=at)
    assert queries.head() == before


def test_errors_are_kept_without_the_values_they_quote(answering: Answering, at: datetime) -> None:
    answering.broken = {1, 2}
    tried(at, (new_key("lead"), 1))
    catch_up(answering.reader, at)
    assert Parked.objects.get().error.startswith("ValueError in test_park.py:")
    assert "personal" not in Parked.objects.get().error
    answering.error = lambda: Refusal("The mail server is away. Wait.")
    tried(at, (new_key("lead"), 2))
    catch_up(answering.reader, at)
    assert Parked.objects.latest("position").error.endswith("answer. The mail server is away. Wait.")


def test_a_statement_the_database_refuses_spoils_only_its_entry(answering: Answering, at: datetime) -> None:
    def refused() -> Exception:
        with connection.cursor() as cursor:
            cursor.execute("insert into journal_head values (2, 0, now())")
        return AssertionError("the database took it")

    answering.error = refused
    answering.broken = {1}
    tried(at, (new_key("lead"), 1), (new_key("lead"), 2))
    assert catch_up(answering.reader, at) == 1
    assert Parked.objects.get().error.startswith(IntegrityError.__name__)


def test_a_reader_that_stood_still_goes_on_when_told(at: datetime) -> None:
    broken, spans = [True], list[tuple[int, int]]()

    def hear(after: int, until: int) -> None:
        if broken:
            raise ValueError
        spans.append((after, until))

    reader = Reader("range", ranges=hear)
    for day in range(6):
        catch_up(reader, at + timedelta(days=day))
    assert Cursor.objects.get(name="range").failures == 5
    broken.clear()
    restart_reader("range", by=BY, at=at)
    catch_up(reader, at)
    assert spans == [(0, queries.head())]
    assert_recorded(ReaderRestarted, reader="range")


def test_a_long_line_behind_one_entry_moves_quickly(answering: Answering, at: datetime) -> None:
    lead = new_key("lead")
    answering.broken = {0}
    first, *_ = tried(at, *[(lead, number) for number in range(600)])
    catch_up(answering.reader, at)
    assert Parked.objects.filter(state="waiting").count() == 599
    answering.broken = set()
    begun = time.monotonic()
    retry_parked("answering", first, by=BY, at=at)
    assert catch_up(answering.reader, at) == 600
    assert answering.answered == list(range(600))
    assert time.monotonic() - begun < 60
