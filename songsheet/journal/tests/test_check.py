"""`songsheet check` on the journal: what must never be is found and named."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from songsheet.base.ids import new_key
from songsheet.journal import check, checks, queries
from songsheet.journal.act import act
from songsheet.journal.actors import system
from songsheet.journal.samples import faults
from songsheet.journal.tests.kinds import Tried

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_journal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts above have checks and samples of their own, which they test themselves."""
    own = [one for one in check._checks if one[1].__module__ == "songsheet.journal.checks"]
    monkeypatch.setattr(check, "_checks", own)
    monkeypatch.setattr(checks, "faults", lambda cls: faults(cls) if ".journal." in cls.__module__ else [])


@pytest.fixture(autouse=True)
def _three_entries(at: datetime) -> None:
    with act(by=system("tests"), at=at) as record:
        for number in range(3):
            record(Tried(lead=new_key("lead"), number=number))


@pytest.fixture
def last() -> int:
    return queries.head()


def vandalise(*statements: str) -> None:
    """What somebody with the keys of the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("set local session_replication_role = origin")


def sentences(*, full: bool = True) -> list[str]:
    return [f"{one.invariant} {one.subject}: {one.sentence}" for one in check.run(full=full)]


def test_a_sound_journal_has_no_offences() -> None:
    assert sentences() == []
    assert check.names() == ["I7", "I12"]


def test_a_missing_entry_is_named(last: int) -> None:
    vandalise(f"delete from journal_entry where position = {last - 1}")
    assert f"I12 {last}: Entry {last} follows {last - 2}: positions are missing." in sentences()
    assert f"I7 {last - 1}: journal_about speaks of entry {last - 1}, which does not exist." in sentences()
    assert any("I7 journal_entry" in sentence for sentence in sentences())


def test_a_missing_last_entry_is_named(last: int) -> None:
    vandalise(f"delete from journal_entry where position = {last}")
    assert f"I12 {last}: The head stands at {last} and the last entry is {last - 1}." in sentences()


def test_an_entry_recorded_out_of_order_is_named(last: int, at: datetime) -> None:
    vandalise(f"update journal_entry set recorded_at = '{at - timedelta(days=9)}' where position = {last}")
    assert f"I12 {last}: Entry {last} was recorded before the one before it." in sentences()


def test_an_unknown_kind_or_version_is_named(last: int) -> None:
    vandalise(
        f"update journal_entry set kind = 'gone.kind' where position = {last}",
        f"update journal_entry set version = 9 where position = {last - 1}",
    )
    found = sentences()
    assert f"I12 {last}: Entry {last} is a gone.kind of version 1, which no part declares." not in found
    assert f"I12 {last}: Entry {last} is a gone.kind of version 2, which no part declares." in found
    assert f"I12 {last - 1}: Entry {last - 1} is a tests.tried of version 9, which no part declares." in found
    assert f"I7 {last}: Entry {last} (gone.kind version 2) cannot be read: UnknownKind." in found


def test_a_lost_about_is_named(last: int) -> None:
    (entry,) = queries.entries_after(last - 1)
    vandalise(f"delete from journal_about where position = {last}")
    assert sentences() == [
        f"I7 {last}: Entry {last} (tests.tried) and journal_about disagree about {entry.subjects()[0]}."
    ]


def test_an_incremental_check_begins_where_the_last_clean_one_ended(last: int, at: datetime) -> None:
    assert sentences(full=False) == []
    vandalise(f"delete from journal_about where position = {last}")
    assert sentences(full=False) == []
    assert len(sentences(full=True)) == 1
    with act(by=system("tests"), at=at) as record:
        record(Tried(lead=new_key("lead")))
    vandalise(f"delete from journal_about where position = {last + 1}")
    for _ in range(2):
        assert len(sentences(full=False)) == 1


def test_one_invariant_can_be_asked_for(last: int) -> None:
    vandalise(f"delete from journal_about where position = {last}")
    assert check.run(full=True, only=["I12"]) == []
    assert len(check.run(full=True, only=["I7"])) == 1
