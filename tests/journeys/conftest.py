"""Whatever a journey does, the browser has nothing to complain of."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page

#: What a refusal of ours looks like to a browser (the journey says whether it was meant), and what htmx says
#: where a newer request took the place of one: a request that failed is told as sendError as well.
EXPECTED = re.compile(r"status of 4\d\d|^htmx:(afterRequest|sendAbort), ")


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """The page, watched: no error on its console, nothing that the content policy forbids, nothing thrown."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    yield page
    assert complaints == []
