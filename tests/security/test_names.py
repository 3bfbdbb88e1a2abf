"""Names in an address are declared names or nothing: no SQL and no look-up of ours gets in by them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.security.world import OPERATIONS, SCHEMA, filled, pages

pytestmark = pytest.mark.slow

LISTS = [one for one in pages() if "<" not in one and "." not in one]
LOOK_UPS = (
    "owner__password__startswith", "state__in", "owner_id", "id__gte", "person__mails__address__contains",
    "lead__owner__email", "pk", "company__owner__email__regex", "__class__", "0",
)  # fmt: skip
HOSTILE = (
    "id;drop table team_member--", "-id", "?", "owner__password", "pg_sleep(3)", "1) or (1=1", "'", "\x00",
    "x" * 5000, "{" * 400, "[[[[", "🜁", "%00", "٣", "-1", "9" * 40, "NaN",
)  # fmt: skip
API_LISTS = [
    path
    for path, method, given in OPERATIONS
    if method == "get" and {one["name"] for one in given.get("parameters", [])} >= {"sort", "after"}
]


@pytest.fixture
def ruth(cast: dict[str, Any], known: dict[str, str], client_of: Callable[..., Client]) -> Client:
    return client_of(cast["ruth"])


def test_hostile_values_of_every_name_are_refused_in_words_and_never_fail(ruth: Client) -> None:
    names = (
        "sort",
        "after",
        "zone",
        "group",
        "columns",
        "view",
        "open",
        "from",
        "until",
        "month",
        "day",
        "q",
    )
    wrong = []
    for page in LISTS:
        for value in HOSTILE[::4]:
            answer = ruth.get(f"/{page}", dict.fromkeys(names, value))
            if answer.status_code not in (200, 302, 404, 405, 422):
                wrong.append(f"GET /{page} with {value[:40]!r} answered {answer.status_code}")
    for page in ("buyers", "companies", "leads", "deals", "letters/leads", "calendar"):
        for name in names:
            for value in (HOSTILE[0], HOSTILE[7]):
                with CaptureQueriesContext(connection) as asked:
                    answer = ruth.get(f"/{page}", {name: value})
                if answer.status_code >= 500:
                    wrong.append(f"GET /{page}?{name}={value[:40]!r} answered {answer.status_code}")
                wrong += [f"/{page}?{name}: {one['sql'][:200]}" for one in asked if is_run(one["sql"])]
    assert not wrong, "\n".join(wrong)


def is_run(sql: str) -> bool:
    """Whether what was sent is a part of the statement, and not a text in it."""
    return "drop table" in re.sub(r"'(?:[^']|'')*'", "", sql)


def test_a_field_that_is_not_declared_is_no_cell_of_a_list(ruth: Client, known: dict[str, str]) -> None:
    names = ("id", "key", "owner_id", "version", "gone_at", "owner__password", "__dict__", "name_folded")
    for listing, word in (("people", "buyers"), ("companies",) * 2, ("leads",) * 2, ("deals",) * 2):
        for column in names:
            address = f"/lists/{listing}/{known[word]}/{column}"
            for answer in (ruth.get(address), ruth.post(address, {"value": "1", "version": "1"})):
                assert answer.status_code in (403, 404, 405, 422), f"{address} answered {answer.status_code}"


def test_a_look_up_of_ours_is_no_filter_of_a_page(ruth: Client) -> None:
    for address in ("/buyers", "/companies", "/leads", "/deals", "/leads.csv", "/deals.xlsx"):
        for name in LOOK_UPS:
            answer = ruth.get(address, {name: "a"})
            assert answer.status_code == 422, f"{address}?{name} answered {answer.status_code}"


def test_a_list_of_the_api_knows_only_what_it_declares(
    cast: dict[str, Any], known: dict[str, str], secret_of: Callable[..., str]
) -> None:
    client, wrong = Client(raise_request_exception=False), []
    headers = {"Authorization": f"Bearer {secret_of(cast['ruth'])}"}
    asked = [(name, "a") for name in LOOK_UPS]
    asked += [(name, value) for name in ("sort", "after", "limit") for value in HOSTILE]
    for path in API_LISTS:
        for name, value in asked:
            answer = client.get(filled(path, known), {name: value}, headers=headers)
            is_refused = answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"
            if not is_refused or not answer.json()["detail"]:
                wrong.append(f"{path}?{name}={value[:40]!r} answered {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_there_are_lists_of_the_api_to_ask() -> None:
    assert len(API_LISTS) >= 8, SCHEMA["paths"].keys()
