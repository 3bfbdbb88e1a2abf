"""What journeys do to see the demo as one of its people."""

import re

from playwright.sync_api import Page

from tests.serving import Served


def look_as(page: Page, served: Served, role: str) -> None:
    """Through the menu at the top right, as a visitor does."""
    page.goto(served.url)
    page.get_by_role("button", name=re.compile("profile and settings")).click()
    page.locator("#me form button.item", has_text=role).first.click()
    page.wait_for_load_state("networkidle")
