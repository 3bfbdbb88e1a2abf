"""Words are kept as they were typed, by every form and operation that takes them: no engine reads them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.security.forms import forms_in
from tests.security.reading import wrong_with
from tests.security.test_bodies import BODIES, resolved
from tests.security.world import addresses, filled

pytestmark = pytest.mark.slow

#: Three engines' way to say forty-nine, and a tag.
TEXT = "w{{7*7}}w w${7*7}w w#{7*7}w w<%=7*7%>w w{%debug%}w"
LITERAL = "w{{7*7}}w"
#: Operations that take no text which is kept as it was sent; secrets of hooks are sealed.
NO_TEXT = (
    "/offer", "/archive", "/bring-back", "/consent", "/merge", "/move", "/notices/read", "/allow", "/hours",
    "/leave", "/secrets", "/try", "/evidence",
)  # fmt: skip
#: Fields that name something, and words of a closed choice.
KEYS = {"person": "buyers", "company": "companies", "lead": "leads", "deal": "deals", "owner": "team",
        "member": "team", "to": "team", "other": "twin", "campaign": "campaigns"}  # fmt: skip
WORDS: dict[str, Any] = {
    "email": "una@aldermoor.example", "url": "https://example.com/x", "purpose": "mail", "state": "working",
    "channel": "mail", "listing": "people", "sort": "", "group": "", "currency": "EUR", "country": "GB",
    "domain": "oak.example", "system": "other", "kind": "note", "version": None, "keys": None,
    "filters": None, "act": "tag", "field": "", "name": TEXT[:80], "zone": "UTC",
}  # fmt: skip


def tables_with(text: str) -> set[str]:
    """The tables in which a row holds a text; in one query."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
        each = (
            f"(select '{table}' from {table} it where position(%s in row_to_json(it)::text) > 0 limit 1)"
            for (table,) in cursor.fetchall()
        )
        query = " union all ".join(each)
        cursor.execute(query, [text] * query.count("%s"))
        return {table for (table,) in cursor.fetchall()}


def computed() -> set[str]:
    """The tables in which an engine has computed a text."""
    return tables_with("w49w") | tables_with("w$49w") | tables_with("w#49w")


def test_every_form_keeps_what_is_typed_as_it_was_typed(
    known: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client]
) -> None:
    client, wrong, sent = client_of(cast["ruth"]), [], dict[str, int]()
    for address in addresses(known):
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        for form in forms_in(address, answer.content.decode()):
            if form.action in sent and sent[form.action] < 400:
                continue
            done = client.post(form.action, form.filled(TEXT), headers={"HX-Current-URL": address})
            sent[form.action] = done.status_code
            wrong += [f"POST {form.action} of {address}: {one}" for one in wrong_with(done)]
    assert not wrong, "\n".join(wrong)
    assert not computed()
    assert sum(status < 400 for status in sent.values()) >= 9, sent
    assert len(tables_with(LITERAL)) >= 7, tables_with(LITERAL)


def test_every_operation_keeps_what_is_sent_as_it_was_sent(
    known: dict[str, str],
    cast: dict[str, Any],
    client_of: Callable[..., Client],
    secret_of: Callable[..., str],
) -> None:
    client, wrong, taken = client_of(None), [], dict[str, set[str]]()
    headers = {"Authorization": f"Bearer {secret_of(cast['ruth'])}"}
    for path, method, schema in BODIES:
        body = {name: example(name, one, known) for name, one in schema["properties"].items()}
        if path.endswith("/batch"):
            continue  # the same bodies, in a list
        with taken_back():
            answer = sent(client, method, filled(path, known), body, headers)
            wrong += [f"{method} {path}: {one}" for one in wrong_with(answer)]
            wrong += [f"{method} {path} computed what is in {table}" for table in computed()]
            if answer.status_code < 400:
                taken[path] = tables_with(LITERAL)
    assert not wrong, "\n".join(wrong)
    assert len(taken) >= 25, taken
    lost = [path for path, tables in taken.items() if not tables and not path.endswith(NO_TEXT)]
    assert not lost, f"the text is nowhere after {lost}"


@contextmanager
def taken_back() -> Iterator[None]:
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def sent(client: Client, method: str, address: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
    """The answer; what is refused by name is left out, and the rest is sent again."""
    for _ in range(3):
        answer = getattr(client, method)(
            address, json.dumps(body), content_type="application/json", headers=headers
        )
        refused = answer.json().get("errors", {}) if answer.status_code == 422 else {}
        if not refused:
            break
        body = {
            name: value for name, value in body.items() if name not in {one.split(".")[0] for one in refused}
        }
    return answer


def example(name: str, schema: dict[str, Any], known: dict[str, str]) -> Any:
    """A value of a field: free text is the text."""
    if name in KEYS or name in WORDS:
        return known[KEYS[name]] if name in KEYS else WORDS[name]
    one = resolved(schema)
    one = next((each for each in map(resolved, one.get("anyOf", [])) if each.get("type") != "null"), one)
    if not one.get("type"):
        return {}  # anything fits
    if "enum" in one or one.get("type") == "object":
        properties = one.get("properties", {})
        return (
            one["enum"][0]
            if "enum" in one
            else {each: example(each, properties[each], known) for each in properties}
        )
    days = {"date": "2026-05-20", "date-time": "2026-05-20T10:00:00Z"}
    return {
        "string": days.get(one.get("format", ""), TEXT[: one.get("maxLength", 500)]),
        "integer": 1, "number": 1, "boolean": True, "array": [],
    }[one["type"]]  # fmt: skip
