"""The five-minute walk of the demo, as far as the rooms that stand, with pictures."""

import os
import re
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import look_as
from tests.serving import Served

pytestmark = pytest.mark.browser
DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


def leaking(served: Served) -> int:
    """How many leads were never contacted, as the command line says."""
    told = orjson.loads(served.run("letters", "--json").stdout)
    return sum(leak["leads"] for leak in told["leaks"] if leak["kind"] == "never_contacted")


@pytest.fixture
def wide(page: Page) -> Page:
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.set_default_timeout(20_000)
    return page


def test_0_00_where_did_all_the_leads_go(demo: Served, wide: Page, pictures: Path) -> None:
    wide.goto(demo.url)
    expect(wide.get_by_label("Demo", exact=True)).to_contain_text("Tuesday 12 May")
    wide.get_by_role("navigation", name="Main").get_by_role("link", name="Letters").click()
    expect(wide.get_by_role("heading", name="Where did all the leads go?")).to_be_visible()
    wide.wait_for_load_state("networkidle")
    wide.screenshot(path=pictures / "walk-1-letters.png")
    if os.environ.get("SONGSHEET_UPDATE_PICTURES") or not (DOCS / "letters.png").exists():
        wide.screenshot(path=DOCS / "letters.png")
    before = leaking(demo)
    assert before == 61
    wide.locator(".leaks li.first").get_by_role("link", name="Offer to Guides").click()
    expect(wide.get_by_role("heading", level=1)).to_contain_text(
        "61 leads were never contacted, 38 of them still can be"
    )
    wide.screenshot(path=pictures / "walk-2-leak.png")
    wide.get_by_role("button", name=re.compile("Offer 38 leads")).click()
    wide.wait_for_url("**/letters")
    expect(wide.locator("#toasts")).to_contain_text("38")
    wide.screenshot(path=pictures / "walk-3-mended.png")
    assert leaking(demo) == before - 38
    wide.locator("#toasts").get_by_role("button", name=re.compile("Undo")).click()
    wide.wait_for_load_state("networkidle")
    assert leaking(demo) == before


def test_1_00_what_have_you_been_telling_them_is_not_known_yet(demo: Served, wide: Page) -> None:
    wide.goto(f"{demo.url}/letters")
    expect(wide.get_by_role("heading", name="What have you been telling them?")).to_be_visible()
    expect(wide.get_by_text("We do not know yet what they were told").first).to_be_visible()
    assert orjson.loads(demo.run("letters", "--json").stdout)["told"] is None


def test_1_30_the_story_of_suzanne(demo: Served, wide: Page, pictures: Path) -> None:
    wide.goto(demo.url)
    wide.keyboard.press("/")
    wide.keyboard.type("okafor")
    wide.get_by_role("option", name=re.compile("Suzanne Okafor")).first.click()
    expect(wide.get_by_role("heading", name="Suzanne Okafor")).to_be_visible()
    story = wide.locator("main")
    for words in ("advertisement", "Furnishing a practice", "A practice that calms", "asked for a call"):
        expect(story).to_contain_text(words)
    wide.screenshot(path=pictures / "walk-4-suzanne.png", full_page=True)


def test_2_10_as_priya_one_row_on_top_and_one_key(demo: Served, wide: Page, pictures: Path) -> None:
    look_as(wide, demo, "Sales Guide")
    wide.goto(demo.url)
    expect(wide.get_by_role("heading", level=1)).to_contain_text("Suzanne Okafor is next")
    wide.screenshot(path=pictures / "walk-5-today.png")
    wide.get_by_role("button", name=re.compile("^Accept")).click()
    wide.wait_for_url("**/buyers/person_*")
    expect(wide.locator("main")).to_contain_text("took the lead")
    wide.screenshot(path=pictures / "walk-6-accepted.png")
