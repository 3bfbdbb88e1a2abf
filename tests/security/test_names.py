"""Names in an address are declared names or nothing: no SQL and no look-up of ours gets in by them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.security.world import OPERATIONS, SCHEMA, filled

pytestmark = pytest.mark.slow

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


def test_a_look_up_of_ours_is_no_filter_of_a_page(ruth: Client) -> None:
    for address in ("/buyers", "/companies", "/leads", "/deals", "/leads.csv", "/deals.xlsx"):
        for name in LOOK_UPS:
            answer = ruth.get(address, {name: "a"})
            assert answer.status_code == 422, f"{address}?{name} answered {answer.status_code}"


@pytest.mark.parametrize("path", API_LISTS)
def test_a_list_of_the_api_knows_only_what_it_declares(
    path: str, cast: dict[str, Any], known: dict[str, str], secret_of: Callable[..., str]
) -> None:
    client = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {secret_of(cast['ruth'])}"}
    asked = [(name, "a") for name in LOOK_UPS]
    asked += [(name, value) for name in ("sort", "after", "limit") for value in HOSTILE]
    for name, value in asked:
        answer = client.get(filled(path, known), {name: value}, headers=headers)
        assert answer.status_code == 422, f"{path}?{name}={value[:40]!r} answered {answer.status_code}"
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"], "a refusal says why"


def test_there_are_lists_of_the_api_to_ask() -> None:
    assert len(API_LISTS) >= 8, SCHEMA["paths"].keys()
