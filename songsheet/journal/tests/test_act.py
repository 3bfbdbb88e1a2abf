"""One act: rows and entries together, in one transaction, in order."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.base.ids import many_keys, new_key
from songsheet.base.refusals import Refusal
from songsheet.journal import queries
from songsheet.journal.act import act, rehearsal, together
from songsheet.journal.actors import Actor, system
from songsheet.journal.entries import Entry
from songsheet.journal.errors import TooDeep, TooManyEntries
from songsheet.journal.models import AboutRow, Sealed
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.journal.tests.kinds import Echoed, Gathered, Tried

BY = system("tests")
pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> str:
    return new_key("lead")


def change_a_row(lead: str) -> None:
    Sealed.objects.create(key=new_key("sealed"), person=lead, name="row", text="changed")


def row_changed(lead: str) -> bool:
    return Sealed.objects.filter(person=lead).exists()


def numbers() -> list[int]:
    return [entry.event.number for entry in recorded(Tried)]


def test_an_act_changes_rows_and_records_entries(lead: str, at: datetime) -> None:
    before = queries.head()
    with act(by=BY, at=at) as record:
        change_a_row(lead)
        record(Tried(lead=lead))
    entry = assert_recorded(Tried, lead=lead, actor="system_tests")
    assert row_changed(lead)
    assert entry.position == queries.head() == before + 1
    assert (entry.occurred_at, entry.because, entry.depth, entry.lane) == (at, None, 0, "live")


def test_what_fails_changes_nothing(lead: str, at: datetime) -> None:
    before = queries.head()

    def refused() -> None:
        with act(by=BY, at=at) as record:
            change_a_row(lead)
            record(Tried(lead=lead))
            raise Refusal("Not today. Come back tomorrow.")

    with pytest.raises(Refusal, match="Not today"):
        refused()
    assert not row_changed(lead)
    assert_nothing_recorded(Tried)
    assert queries.head() == before


def test_acts_within_acts_share_one_append_in_the_order_of_noting(lead: str, at: datetime) -> None:
    with act(by=BY, at=at) as record:
        record(Tried(lead=lead, number=1))
        with act(by=system("inner"), at=at + timedelta(seconds=1)) as inner:
            inner(Tried(lead=lead, number=2))
        record(Tried(lead=lead, number=3))
        assert recorded(Tried) == []
    found = recorded(Tried)
    assert [entry.event.number for entry in found] == [1, 2, 3]
    assert [entry.actor for entry in found] == ["system_tests", "system_inner", "system_tests"]
    assert len({entry.recorded_at for entry in found}) == 1


def test_a_failed_inner_act_leaves_neither_row_nor_entry(lead: str, at: datetime) -> None:
    other = new_key("lead")

    def failing() -> None:
        with act(by=BY, at=at) as inner:
            change_a_row(other)
            inner(Tried(lead=other, number=2))
            with act(by=BY, at=at) as innermost:
                innermost(Tried(lead=other, number=3))
            raise ZeroDivisionError

    with act(by=BY, at=at) as record:
        record(Tried(lead=lead, number=1))
        with pytest.raises(ZeroDivisionError):
            failing()
        record(Tried(lead=lead, number=4))
    assert numbers() == [1, 4]
    assert not row_changed(other)


def test_after_a_failure_the_next_act_is_a_new_one(lead: str, at: datetime) -> None:
    def failing() -> None:
        with act(by=BY, at=at) as record:
            record(Tried(lead=lead, number=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    with act(by=BY, at=at) as record:
        record(Tried(lead=lead, number=2))
    assert numbers() == [2]


def test_together_commits_several_acts_as_one(lead: str, at: datetime) -> None:
    with together():
        for number in (1, 2):
            with act(by=BY, at=at) as record:
                record(Tried(lead=lead, number=number))
        assert recorded(Tried) == []
    assert numbers() == [1, 2]


def test_an_entry_may_have_happened_earlier(lead: str, at: datetime) -> None:
    with act(by=BY, at=at, lane="history") as record:
        record(Tried(lead=lead), occurred_at=at - timedelta(days=400))
    entry = assert_recorded(Tried)
    assert (entry.occurred_at, entry.lane) == (at - timedelta(days=400), "history")
    assert entry.recorded_at > entry.occurred_at


def test_bulk_records_what_single_calls_would(at: datetime) -> None:
    leads = many_keys("lead", 50)
    with act(by=BY, at=at) as record:
        for number, lead in enumerate(leads):
            record(Tried(lead=lead, number=number), at - timedelta(hours=number))
        record.bulk(
            Tried,
            [{"lead": lead, "number": number} for number, lead in enumerate(leads)],
            [at - timedelta(hours=number) for number in range(50)],
        )
    found = recorded(Tried)

    def seen(entry: Entry[Tried]) -> tuple[Any, ...]:
        return (entry.event, entry.occurred_at, entry.actor, entry.lane, entry.version, entry.depth)

    assert [seen(entry) for entry in found[:50]] == [seen(entry) for entry in found[50:]]
    assert all(AboutRow.objects.filter(key=lead).count() == 2 for lead in leads)


def test_two_thousand_entries_fit_in_one_act_and_one_more_does_not(at: datetime) -> None:
    before = queries.head()
    bodies = [{"lead": lead} for lead in many_keys("lead", 2_001)]
    with act(by=BY, at=at) as record:
        record.bulk(Tried, bodies[:2_000], [at] * 2_000)
    assert queries.head() == before + 2_000
    with pytest.raises(TooManyEntries), act(by=BY, at=at) as record:
        record.bulk(Tried, bodies, [at] * 2_001)
    assert queries.head() == before + 2_000


def test_a_rehearsal_counts_and_appends_nothing(lead: str, at: datetime) -> None:
    before = queries.head()
    with rehearsal():
        with together() as gathered, act(by=BY, at=at) as record:
            record.bulk(Tried, [{"lead": lead}] * 3, [at] * 3)
            record(Tried(lead=lead))
            assert len(gathered) == 4
        with pytest.raises(TooManyEntries), act(by=BY, at=at) as record:
            record.bulk(Tried, [{"lead": lead}] * 2_001, [at] * 2_001)
    assert queries.head() == before
    with act(by=BY, at=at) as record:
        record(Tried(lead=lead))
    assert queries.head() == before + 1


def test_bulk_wants_a_time_for_each_body(lead: str, at: datetime) -> None:
    with pytest.raises(ValueError, match="shorter"), act(by=BY, at=at) as record:
        record.bulk(Tried, [{"lead": lead}, {"lead": lead}], [at])


def test_naive_times_are_refused(lead: str, at: datetime) -> None:
    with pytest.raises(ValueError, match="no zone"), act(by=BY, at=at.replace(tzinfo=None)):
        pass
    with pytest.raises(ValueError, match="no zone"), act(by=BY, at=at) as record:
        record(Tried(lead=lead), occurred_at=at.replace(tzinfo=None))


def test_an_entry_is_about_each_of_its_subjects_once(at: datetime) -> None:
    one, two = many_keys("lead", 2)
    with act(by=BY, at=at) as record:
        record(Gathered(leads=[one, two, one]))
    entry = assert_recorded(Gathered)
    assert set(AboutRow.objects.filter(position=entry.position).values_list("key", flat=True)) == {one, two}


def test_a_chain_of_causes_ends_at_five(lead: str, at: datetime) -> None:
    cause: Entry[Any] | None = None
    for depth in range(6):
        with act(by=BY, at=at, because=cause) as record:
            record(Echoed(lead=lead))
        cause = recorded(Echoed)[-1]
        assert cause.depth == depth
    with pytest.raises(TooDeep), act(by=BY, at=at, because=cause):
        pass


def test_actors_are_typed() -> None:
    member = new_key("member")
    assert Actor.of(member).kind == "member"
    assert Actor.of(new_key("person")).kind == "buyer"
    with pytest.raises(ValueError, match="is not the key of"):
        Actor("key", member)
    with pytest.raises(ValueError, match="nobody"):
        Actor.of("martian_1")


def test_the_story_sorts_by_when_it_happened(lead: str, at: datetime) -> None:
    with act(by=BY, at=at) as record:
        record(Tried(lead=lead, number=1))
        record(Tried(lead=lead, number=2), at - timedelta(days=3))
        record(Echoed(lead=lead), at - timedelta(days=1))
        record(Tried(lead=new_key("lead")))
    assert [type(entry.event).__name__ for entry in queries.story_of([lead])] == ["Tried", "Echoed", "Tried"]
    assert [entry.event for entry in queries.story_of([lead], kinds=["tests.tried"])] == [
        Tried(lead=lead, number=1),
        Tried(lead=lead, number=2),
    ]


def test_a_sentence_names_actor_and_subjects(lead: str, at: datetime) -> None:
    with act(by=BY, at=at) as record:
        record(Tried(lead=lead))
    entry = assert_recorded(Tried)
    assert entry.sentence({"system_tests": "Songsheet", lead: "Lena Brandt"}) == (
        "Songsheet tried Lena Brandt with care"
    )
    assert Gathered(leads=[lead, lead]).sentence({lead: "Lena"}, by="Ada") == "Ada gathered Lena, Lena"
