"""The five-minute walk of the demo, as far as the rooms that stand, with pictures."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served

pytestmark = pytest.mark.browser
DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


def look_as(page: Page, served: Served, role: str) -> None:
    """Through the menu at the top right, as a visitor does."""
    page.goto(served.url)
    page.get_by_role("button", name=re.compile("profile and settings")).click()
    page.locator("#me form button.item", has_text=role).click()
    page.wait_for_load_state()


def test_the_walk(demo: Served, page: Page, pictures: Path) -> None:
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.goto(demo.url)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    expect(page.get_by_label("Demo", exact=True)).to_contain_text("Tuesday 12 May")

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Letters").click()
    expect(page.get_by_role("heading", name="Where did all the leads go?")).to_be_visible()
    expect(page.get_by_role("heading", name="What have you been telling them?")).to_be_visible()
    expect(page.get_by_text(re.compile("do not know yet what they were told", re.I)).first).to_be_visible()
    page.screenshot(path=pictures / "walk-letters.png")

    page.goto(f"{demo.url}/leads?q=suzanne")
    page.get_by_role("link", name="Suzanne Okafor").first.click()
    expect(page.get_by_role("heading", name="Suzanne Okafor")).to_be_visible()
    page.screenshot(path=pictures / "walk-suzanne.png")

    look_as(page, demo, "Sales Guide")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("next|wait", re.I))
    page.screenshot(path=pictures / "walk-today.png")
