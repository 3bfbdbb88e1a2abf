"""By keyboard: Back and a refresh never lose one's place."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served

pytestmark = pytest.mark.browser


def test_back_and_a_refresh_find_the_row_again(demo: Served, page: Page) -> None:
    page.set_viewport_size({"width": 1100, "height": 900})
    page.set_default_timeout(20_000)
    page.goto(f"{demo.url}/leads?state=open")
    row = page.locator("tr[data-row] td.first a").nth(2)
    for _ in range(3):
        page.keyboard.press("j")
    expect(row).to_be_focused()
    page.wait_for_function("history.state && history.state.row")
    page.reload()
    expect(row).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/buyers/person_"))
    page.go_back()
    expect(row).to_be_focused()
