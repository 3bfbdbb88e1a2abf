"""Nobody changes what stands in the journal, not even with SQL."""

import json
from datetime import datetime

import pytest
from django.db import Error, connection, transaction

from songsheet.base.ids import new_key
from songsheet.journal.act import act
from songsheet.journal.actors import system
from songsheet.journal.sealed import forget_words
from songsheet.journal.tests.kinds import Tried

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_entry(at: datetime) -> None:
    with act(by=system("tests"), at=at) as record:
        record(Tried(lead=new_key("lead")))


@pytest.mark.parametrize("table", ["journal_entry", "journal_about"])
@pytest.mark.parametrize(
    "statement",
    [
        "update {} set position = position + 1",
        "update {} set position = position where false",
        "delete from {}",
        "truncate {}",
    ],
)
def test_entries_and_abouts_are_neither_changed_nor_removed(table: str, statement: str) -> None:
    with (
        pytest.raises(Error, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("statement", ["delete from journal_head", "truncate journal_head"])
def test_the_head_stays(statement: str) -> None:
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("column", "value"),
    [("position", "0"), ("lane", "2"), ("depth", "6"), ("because", "99"), ("version", "0"), ("depth", "1")],
)
def test_the_database_refuses_impossible_entries(column: str, value: str) -> None:
    columns = {
        "position": "99", "kind": "'x'", "version": "1", "occurred_at": "now()", "recorded_at": "now()",
        "actor": "'x'", "because": "null", "depth": "0", "lane": "0", "body": "'{}'", column: value,
    }  # fmt: skip
    with pytest.raises(Error, match="violates check"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"insert into journal_entry ({','.join(columns)}) values ({','.join(columns.values())})"
        )


def test_a_second_head_is_impossible() -> None:
    with pytest.raises(Error, match="violates check"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("insert into journal_head values (2, 0, now())")


def test_the_database_itself_refuses_to_append_less_than_was_gathered() -> None:
    with (
        pytest.raises(Error, match="gathered 2 entries"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            """select journal_append(
                   2, 0, false, array['tests.tried'], array[1::int2], array['system_tests'], array[0::int2],
                   array[1], array[now()], array[null::int8], array[0::int2], array['{}'],
                   array[]::text[], array[]::int4[])"""
        )


@pytest.mark.parametrize(
    "change", ["kind = 'other'", "body = body - 'said'", 'body = body || \'{"why": "x"}\'']
)
def test_while_words_are_forgotten_nothing_else_can_be_changed(change: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """insert into journal_entry
                   (position, kind, version, occurred_at, recorded_at, actor, depth, lane, body)
               values (99, 'told', 1, now(), now(), 'x', 0, 0, '{"said": 1, "why": "words of theirs"}')"""
        )
        cursor.execute("insert into journal_about (key, position) values ('lead_1', 99)")
        assert forget_words(["lead_1"], {"told": "why"}, ours=["words of theirs"]) == 0
        assert forget_words(["lead_1"], {"told": "why"}, ours=[]) == 1
        cursor.execute("select body from journal_entry where position = 99")
        assert json.loads(cursor.fetchone()[0]) == {"said": 1, "why": ""}
        cursor.execute("set local songsheet.forgetting = 'on'")
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            cursor.execute(f"update journal_entry set {change} where position = 99")
