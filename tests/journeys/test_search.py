"""Search in the browser: what somebody writes down is found a moment later, by keyboard, misspelt too."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served

pytestmark = pytest.mark.browser


def ask(page: Page, words: str, hit: str) -> None:
    """Open the palette, type, and go down to a hit."""
    page.keyboard.press("Control+k")
    field = page.locator("#palette-words")
    expect(field).to_be_focused()
    field.fill(words)
    wanted = page.locator("#palette-hits .hit", has_text=hit).first
    expect(wanted).to_be_visible()
    for _ in range(30):
        if wanted.get_attribute("aria-selected") == "true":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def test_somebody_is_found_something_is_written_down_and_found_again(demo: Served, page: Page) -> None:
    page.set_default_timeout(20_000)
    page.goto(f"{demo.url}/leads")
    ask(page, "suzanne okaf", "Log a contact")
    expect(page).to_have_url(re.compile(r"/buyers/person_\w+#log$"))
    log = page.locator("dialog#log")
    expect(log).to_be_visible()
    log.locator("[name=subject], [name=text]").first.fill("Asked for xylograph veneer")
    log.get_by_role("button", name="Write it down").click()
    expect(log).to_be_hidden()
    for _ in range(20):
        page.goto(f"{demo.url}/search?q=xylogr ven")
        if page.locator("mark", has_text="xylograph").count():
            break
        page.wait_for_timeout(250)
    expect(page.locator("mark", has_text="xylograph").first).to_be_visible()
    ask(page, "okafro", "Show everything found")
    expect(page.get_by_text("Showing results for")).to_be_visible()
    expect(page.get_by_role("link", name="okafro")).to_be_visible()
    page.keyboard.press("Control+k")
    page.locator("#palette-words").fill("plan a task")
    page.keyboard.press("Enter")  # before the answer is there
    expect(page.locator("#dialogs dialog")).to_be_visible()
    expect(page.locator("#palette")).to_be_hidden()
