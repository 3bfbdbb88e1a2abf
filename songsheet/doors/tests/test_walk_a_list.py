"""Walking a list: no place can be made up, what is undeclared is refused, totals say if they are exact."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from songsheet.doors import listing as declared
from songsheet.doors.cursors import BadCursor, read_cursor, write_cursor
from songsheet.doors.errors import BadFilterValue, UnknownFilter, UnknownSort
from songsheet.doors.listing import Column, Filter, Listing, Sort
from songsheet.doors.models import KeptAnswer

ROWS = Listing(
    name="answers",
    title="Answers",
    base=lambda viewer: KeptAnswer.objects.all(),
    columns=(Column("holder", "Holder", lambda row: row.holder),),
    filters=(
        Filter("status", "Status", lambda rows, value: rows.filter(status=int(value))),
        Filter("holder", "Holder", lambda rows, value: rows.filter(holder=value)),
    ),
    sorts=(
        Sort("status", "Status", ("status", "id"), "none"),
        Sort("-status", "Status", ("-status", "-id"), "none"),
    ),
    path="/answers",
    row_path=lambda row: "",
    row_key=lambda row: str(row.id),
)


@pytest.fixture
def seven(db: None) -> list[KeptAnswer]:
    """Seven rows, several of them equal in what is sorted by."""
    return [
        KeptAnswer.objects.create(
            holder="me", idempotency_key=str(n), request_hash="", status=200 + n // 3, body=""
        )
        for n in range(7)
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
@pytest.mark.parametrize("sort", ["status", "-status"])
def test_every_row_is_met_once(seven: list[KeptAnswer], sort: str, size: int) -> None:
    met: list[int] = []
    after: str | None = None
    while True:
        page = ROWS.page(None, {}, sort=sort, after=after, size=size)
        met += [row.id for row in page.rows]
        after = page.next_cursor
        if after is None:
            break
    assert met == [row.id for row in (seven if sort == "status" else seven[::-1])]


def test_rows_that_come_meanwhile_shift_nothing(seven: list[KeptAnswer]) -> None:
    first = ROWS.page(None, {}, size=3)
    KeptAnswer.objects.create(holder="me", idempotency_key="new", request_hash="", status=100, body="")
    second = ROWS.page(None, {}, size=3, after=first.next_cursor)
    assert [row.id for row in second.rows] == [row.id for row in seven[3:6]]


def altered(cursor: str) -> list[str]:
    """What somebody could try with a place."""
    values, _, signature = cursor.rpartition(":")
    made_up = base64.urlsafe_b64encode(b'[300,"1; drop table x"]').decode().rstrip("=")
    return [
        "x", ":", cursor[:-1], cursor + "A", values, f"{made_up}:{signature}", "\x00", "ö" * 4000,
        "." + cursor, base64.urlsafe_b64encode(b"null").decode(), "[]", "a:b:c",
    ]  # fmt: skip


def test_a_place_that_was_altered_is_refused(seven: list[KeptAnswer]) -> None:
    cursor = ROWS.page(None, {}, size=3).next_cursor
    assert cursor is not None
    for one in altered(cursor):
        with pytest.raises(BadCursor):
            ROWS.page(None, {}, after=one)


def test_a_place_holds_for_its_list_and_order_alone(seven: list[KeptAnswer]) -> None:
    cursor = write_cursor("answers", "status", ("status", "id"), seven[2])
    assert read_cursor("answers", "status", cursor) == [seven[2].status, seven[2].id]
    for listing, sort in (("answers", "-status"), ("others", "status")):
        with pytest.raises(BadCursor):
            read_cursor(listing, sort, cursor)


def test_what_is_not_declared_does_not_exist(seven: list[KeptAnswer]) -> None:
    with pytest.raises(UnknownFilter) as refused:
        ROWS.page(None, {"body": "x"})
    assert "status, holder" in refused.value.sentence
    with pytest.raises(UnknownSort):
        ROWS.page(None, {}, sort="body")


@pytest.mark.parametrize("value", ["a\x00b", "x" * 501])
def test_a_value_that_cannot_be_is_refused(db: None, value: str) -> None:
    with pytest.raises(BadFilterValue):
        ROWS.page(None, {"holder": value})


@pytest.mark.parametrize("value", ["soon", "", "1e5", "0x10", "½"])
def test_a_value_that_cannot_be_read_is_refused_with_the_filters_name(db: None, value: str) -> None:
    with pytest.raises(BadFilterValue) as refused:
        ROWS.page(None, {"status": value})
    assert "Status" in refused.value.sentence


def test_a_number_that_no_column_holds_finds_nothing(db: None) -> None:
    assert ROWS.page(None, {"status": "9" * 400}).rows == []


def test_the_total_says_when_it_is_not_exact(
    seven: list[KeptAnswer], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (ROWS.page(None, {}).total, ROWS.page(None, {}).total_is_exact) == (7, True)
    monkeypatch.setattr(declared, "EXACT_UP_TO", 5)
    assert (ROWS.page(None, {}).total, ROWS.page(None, {}).total_is_exact) == (5, False)


def test_a_sort_goes_one_way_and_ends_with_id() -> None:
    for fields in (("status", "-id"), ("status",)):
        with pytest.raises(TypeError):
            Sort("bad", "Bad", fields, "none")


def test_the_next_page_is_not_counted_again(seven: list[KeptAnswer]) -> None:
    cursor = ROWS.page(None, {}, size=3).next_cursor
    with CaptureQueriesContext(connection) as asked:
        ROWS.page(None, {}, size=3, after=cursor)
    assert len(asked) == 1


@pytest.fixture
def get(cast: dict[str, Any]) -> Callable[..., Any]:
    client = Client()
    client.force_login(cast["ruth"])
    return client.get


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("after=made-up", "bad_cursor"),
        ("sort=body", "unknown_sort"),
        ("colour=red", "unknown_filter"),
        ("state=colourful", "bad_filter_value"),
        ("owner=a%00b", "bad_filter_value"),
        ("from=2026-13-01", "bad_filter_value"),
        ("until=9999-12-31", "bad_filter_value"),
        ("limit=0", "not_as_expected"),
        ("limit=201", "not_as_expected"),
        ("limit=many", "not_as_expected"),
    ],
)
def test_the_api_tells_what_it_cannot_use(get: Callable[..., Any], asked: str, code: str) -> None:
    answer = get(f"/api/v1/leads?{asked}")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code


@pytest.mark.parametrize("day", ["0001-01-01", "1582-10-15", "9999-12-30"])
def test_far_days_are_days(get: Callable[..., Any], day: str) -> None:
    assert get(f"/api/v1/leads?from={day}&until={day}").status_code == 200


def test_the_page_tells_it_too_and_names_the_way_back(get: Callable[..., Any]) -> None:
    answer = get("/leads?colour=red")
    assert answer.status_code == 422
    assert "is not a filter of leads" in answer.content.decode()
    assert 'href="/leads"' in answer.content.decode()
