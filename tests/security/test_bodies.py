"""Bodies of the API: what is not declared, and what has another type, is refused and changes nothing."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.test import Client

from songsheet.config.tests.test_matrix import rows
from tests.security.world import OPERATIONS, SCHEMA, filled

pytestmark = pytest.mark.slow

UNDECLARED = ("id", "key", "owner_id", "gone_at", "role", "is_superuser", "password", "state_id", "member_id")
LONG = "x" * 100_000
VALUES: tuple[Any, ...] = ([[]], {"$gt": [""]}, 10**30, 1.5, True, None, "\x00", LONG, [], {})
#: What is counted, not written: how often a key asked.
COUNTED = "doors_asked"


def schema_of(given: dict[str, Any]) -> dict[str, Any] | None:
    """The JSON schema of an operation's body, where it takes one."""
    content = given.get("requestBody", {}).get("content", {}).get("application/json")
    return resolved(content["schema"]) if content else None


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema or len(schema.get("allOf", ())) == 1:
        schema = (
            schema["allOf"][0]
            if "allOf" in schema
            else SCHEMA["components"]["schemas"][schema["$ref"].rsplit("/")[-1]]
        )
    return schema


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a field may take a value, judged by its type alone: then it is no test of types."""
    schema = resolved(schema)
    for one in schema.get("anyOf", [schema]):
        kind = resolved(one).get("type")
        is_one = {
            "string": isinstance(value, str),
            "integer": isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18,
            "number": isinstance(value, int | float) and not isinstance(value, bool),
            "boolean": isinstance(value, bool) or value in (0, 1),
            "array": value == [] or (isinstance(value, list) and not resolved(one).get("items")),
            "object": isinstance(value, dict),
            "null": value is None,
            None: True,
        }[kind]
        if is_one:
            return True
    return False


def what_stands() -> list[Any]:
    return [one for one in rows() if one[0] != COUNTED]


BODIES = [(path, method, schema) for path, method, given in OPERATIONS if (schema := schema_of(given))]


class Sending:
    """Somebody with every right who sends what must be refused whole."""

    def __init__(self, secret: str, known: dict[str, str]) -> None:
        self.client, self.known = Client(raise_request_exception=False), known
        self.headers = {"Authorization": f"Bearer {secret}"}
        self.wrong: list[str] = []

    def send(self, path: str, method: str, body: Any, *, naming: Iterable[str] = ()) -> None:
        """Send it; each of the fields named must be refused by name."""
        answer = getattr(self.client, method)(
            filled(path, self.known), json.dumps(body), content_type="application/json", headers=self.headers
        )
        what = f"{method} {path} with {json.dumps(body)[:80]}"
        if not 400 <= answer.status_code < 500:
            self.wrong.append(f"{what} answered {answer.status_code}")
            return
        if answer["Content-Type"] != "application/problem+json":
            self.wrong.append(f"{what} was refused as {answer['Content-Type']}")
            return
        refused = {name.split(".")[0] for name in answer.json().get("errors", {})}
        self.wrong += [f"{what}: {name} was taken" for name in naming if name not in refused]


@pytest.fixture
def sending(cast: dict[str, Any], known: dict[str, str], secret_of: Callable[..., str]) -> Iterator[Sending]:
    one = Sending(secret_of(cast["ruth"]), known)
    yield one
    assert not one.wrong, "\n".join(one.wrong)


def test_a_body_takes_only_what_it_declares(sending: Sending) -> None:
    """All in one house: what is refused changes nothing, so each body meets what the first one met."""
    before = what_stands()
    for path, method, schema in BODIES:
        if schema.get("additionalProperties") is not False:
            sending.wrong.append(f"{method} {path} takes whatever is sent")
        send_all_strange(sending, path, method, schema.get("properties", {}))
        assert what_stands() == before, f"{method} {path} was refused and changed something"
    assert len(BODIES) > 40, len(BODIES)


def send_all_strange(sending: Sending, path: str, method: str, declared: dict[str, Any]) -> None:
    """Fields that are not declared, values of other types for those that are, and no object at all."""
    undeclared = [name for name in UNDECLARED if name not in declared]
    sending.send(path, method, dict.fromkeys(undeclared, 1), naming=undeclared)
    for value in VALUES:
        strange = [name for name, field in declared.items() if not fits(value, field)]
        if strange:
            # a version is only compared: whatever number it is, it is stale
            naming = [name for name in strange if name != "version"]
            sending.send(path, method, dict.fromkeys(strange, value), naming=naming)
    for value in ([], "x", 1, None):
        sending.send(path, method, value)


def test_a_batch_refuses_each_item_that_is_not_of_its_form(sending: Sending) -> None:
    for path, _, schema in BODIES:
        if not path.endswith("/batch"):
            continue
        assert resolved(schema)["properties"]["items"]
        items: list[dict[str, Any]] = [{name: 1} for name in UNDECLARED]
        items += [{"name": {}}, {"name": [[]]}]
        before = what_stands()
        answer = sending.client.post(
            filled(path, sending.known), json.dumps({"items": items}), content_type="application/json",
            headers=sending.headers,
        )  # fmt: skip
        assert answer.status_code == 200, answer.content
        assert {one["outcome"] for one in answer.json()["verdicts"]} == {"rejected"}, path
        assert what_stands() == before, path
