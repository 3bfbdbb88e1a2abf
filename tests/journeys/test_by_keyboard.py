"""A day by keyboard: found in a hurry, corrected, a deal opened from a dialog, and never lost one's place."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def suzanne(page: Page, demo: Served) -> Page:
    """The page of Suzanne, found by a hand that is quicker than the answer."""
    page.set_default_timeout(20_000)
    page.goto(f"{demo.url}/leads")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-hits .hit").first).to_be_visible()
    page.keyboard.type("suzanne okafor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Suzanne Okafor", level=1)).to_be_visible()
    return page


def test_a_field_that_is_left_and_a_deal_that_is_refused_first(suzanne: Page) -> None:
    field = suzanne.locator("#field-title")
    field.locator("a").first.focus()
    suzanne.keyboard.press("Enter")
    expect(field.locator("input[name=value]")).to_be_focused()
    suzanne.keyboard.press("Escape")
    expect(field.locator("a").first).to_be_focused()
    suzanne.keyboard.press("d")
    dialog = suzanne.locator("dialog[open]")
    dialog.locator("[name=next_step]").fill("Send the plan")
    dialog.locator("[name=next_step_on]").fill("2026-05-20")
    dialog.locator("[name=amount]").fill("a lot")
    suzanne.keyboard.press("Control+Enter")
    expect(dialog.locator(".wrong")).to_contain_text("22,700.50 EUR")
    expect(dialog.locator("[name=amount]")).to_be_focused()
    expect(dialog.locator("[name=next_step]")).to_have_value("Send the plan")
    dialog.locator("[name=amount]").fill("31,000 GBP")
    suzanne.keyboard.press("Enter")
    expect(suzanne.locator(".now")).to_contain_text("£31,000")
    suzanne.locator(".now").get_by_role("button", name="End the deal").click()
    expect(dialog.locator("[name=state]")).to_be_focused()
    suzanne.keyboard.press("Control+Enter")
    expect(suzanne.locator("#toasts")).to_contain_text("won")
    suzanne.keyboard.press("z")
    expect(suzanne.locator(".now").get_by_role("button", name="End the deal")).to_be_visible()


def test_back_and_a_refresh_find_the_row_again(demo: Served, page: Page) -> None:
    page.set_viewport_size({"width": 1100, "height": 900})
    page.set_default_timeout(20_000)
    page.goto(f"{demo.url}/leads?state=open")
    row = page.locator("tr[data-row] td.first a").nth(2)
    for _ in range(3):
        page.keyboard.press("j")
    expect(row).to_be_focused()
    while not page.evaluate("history.state && history.state.row"):
        page.wait_for_timeout(20)
    page.reload()
    expect(row).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/buyers/person_"))
    page.go_back()
    expect(row).to_be_focused()
