"""A real browser opens every page of a house full of hostile words: nothing runs, nothing is blocked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from songsheet.team.models import House
from tests.conftest import database_url
from tests.security.spoiling import MARKUP, spoil
from tests.security.world import addresses
from tests.serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: What a browser says by itself when a policy stopped something, or a script ran.
WATCH = """
window.blocked = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.blocked.push(event.violatedDirective + " " + event.blockedURI));
"""
FOUND = """() => [
  ...window.blocked,
  ...[...document.querySelectorAll("img[src=x], svg[onload], [onerror], [onclick], style"),
      ...[...document.scripts].filter(one => !one.src && one.type != "application/json")
     ].map(one => one.outerHTML)]"""
#: Opened besides: what scripts of ours put into a page from what the server sent.
LIVE = (
    "/buyers?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "/letters/leads?source=%22%3E%3Csvg/onload=alert(1)%3E",
)


@pytest.fixture
def whole(
    own_database: str, known: dict[str, str], cast: dict[str, Any], client_of: Callable[..., Client]
) -> list[str]:
    """The addresses of whole pages of a house full of hostile words."""
    spoil(MARKUP)
    House.objects.update(is_demo=True)
    client = client_of(cast["ruth"])
    asked = {one: client.get(one) for one in addresses(known) if "." not in one.partition("?")[0]}
    return [
        one
        for one, answer in asked.items()
        if answer.status_code == 200 and not answer.streaming and b"</html>" in answer.content
    ]


def test_nothing_that_is_stored_runs_in_a_browser(
    own_database: str, own_home: Path, whole: list[str], page: Page
) -> None:
    assert len(whole) > 35, whole
    wrong: list[str] = []
    page.add_init_script(WATCH)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))

    def asked(dialog: Any) -> None:
        wrong.append(f"{page.url} opened a dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", asked)
    with serving(own_home, database_url(own_database), command=("serve", "--no-worker")) as served:
        for address in (*whole, *LIVE):
            answer = page.goto(served.url + address, wait_until="load")
            if answer is None or answer.status not in (200, 422):
                wrong.append(f"{address} answered {answer and answer.status}")
            wrong += [f"{address}: {one[:200]}" for one in page.evaluate(FOUND)]
        page.set_content(MARKUP)
        assert page.evaluate(FOUND), "what is looked for would not be found"
    assert not wrong, "\n".join(wrong)
