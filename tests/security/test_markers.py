"""Words that would run if they were not words: in all that is stored and all that is asked, everywhere."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.security.reading import read_html, wrong_with
from tests.security.spoiling import ADDRESS, FORMULAS, MARKUP, draft, finished, spoil
from tests.security.world import OPERATIONS, QUERIES, addresses, filled, pages

pytestmark = pytest.mark.slow

FILES = re.compile(r"\.(csv|xlsx|parquet)(\?|$)")
#: Addresses that are met with nothing to show: what is asked for there is not made.
UNMET = {"/buyers/merge", "/companies/merge", "/duties/change"}


def asked_of(client: Client, address: str) -> Iterator[str]:
    """What is wrong with an address, as a page and as the part of it that a list asks for again."""
    answer = client.get(address)
    draft_has_none = address.endswith("rejected.csv") and answer.status_code == 404
    if answer.status_code not in (200, 302, 405) and address not in UNMET and not draft_has_none:
        yield f"GET {address} answered {answer.status_code}: put one of it into world.build"
    yield from (f"GET {address}: {one}" for one in wrong_with(answer))
    if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
        part = client.get(address, headers={"HX-Request": "true", "HX-Target": "list"})
        yield from (f"GET {address} in part: {one}" for one in wrong_with(part))


@pytest.mark.parametrize("text", [MARKUP, ADDRESS], ids=["markup", "address"])
def test_what_is_stored_stays_words_on_every_page_and_operation(
    text: str, known: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client],
    secret_of: Callable[..., str],
) -> None:  # fmt: skip
    taken = spoil(text)
    assert len(taken) > 40, f"only {taken} took the words"
    client = client_of(cast["ruth"])
    wrong = [one for address in addresses(known) for one in asked_of(client, address)]
    headers = {"Authorization": f"Bearer {secret_of(cast['ruth'])}"}
    for path, method, _ in OPERATIONS:
        if method == "get":
            answer = client_of(None).get(filled(path, known), QUERIES.get(path, {}), headers=headers)
            wrong += [f"GET {path}: {one}" for one in wrong_with(answer)]
            was_met = answer.status_code == 200 or path.endswith("/external")  # it has another name now
            is_file = answer.get("Content-Disposition", "").startswith("attachment")
            if not (is_file or "json" in answer["Content-Type"]) or not was_met:
                wrong.append(f"GET {path} answered {answer.status_code} as {answer['Content-Type']}")
    assert not wrong, "\n".join(wrong)
    for page in ("buyers", "companies", "leads", "deals", "team", "buyers/<str:key>", "companies/<str:key>"):
        words = "".join(read_html(client.get(filled(page, known)).content.decode()).words)
        assert text.replace("\x07", "")[:20] in words, f"/{page} does not show what is stored as it was typed"


def test_no_file_that_leaves_holds_a_formula(
    known: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client], at: Any
) -> None:
    client, wrong = client_of(cast["ruth"]), []
    for text in FORMULAS:
        spoil(text)
        given = known | {"imports": draft(cast["ruth"], text), "finished": finished(cast["ruth"], at, text)}
        files = [one for one in addresses(given) if FILES.search(one)]
        assert len(files) > 12, files
        for address in files:
            answer = client.get(address)
            wrong += [f"GET {address} with {text!r}: {one}" for one in wrong_with(answer)]
    assert not wrong, "\n".join(wrong)


def test_what_is_asked_comes_back_as_words(
    known: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client]
) -> None:
    names = ("q", "sort", "after", "columns", "group", "view", "open", "next", "from", "until", "source",
             "state", "name", "query", "month", "week", "day", "zone", "a", "b", MARKUP)  # fmt: skip
    client, wrong = client_of(cast["ruth"]), []
    for page in pages():
        address, strange = filled(page, known), filled(page, known, MARKUP.replace("/", ""))
        asked = {"GET": client.get(address, dict.fromkeys(names, MARKUP))}
        if strange == address:
            alone = ("q", "sort", "group", "after", MARKUP)
            asked |= {f"GET by {name}": client.get(address, {name: MARKUP}) for name in alone}
        else:
            asked["GET strange"] = client.get(strange)
            asked["POST strange"] = client.post(strange, dict.fromkeys(names, MARKUP))
        wrong += [f"{how} /{page}: {one}" for how, answer in asked.items() for one in wrong_with(answer)]
    assert not wrong, "\n".join(wrong)
