"""Many records at once: chosen by key and click, changed and undone; a card dragged, one refused."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def wide(page: Page) -> Page:
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    return page


def opened(page: Page, address: str) -> None:
    """The page with its script, which a drag or a key needs."""
    page.goto(address)
    page.wait_for_load_state("networkidle")


def chosen(page: Page, words: str) -> None:
    expect(page.locator("[data-bulk] .count")).to_contain_text(words)


def test_rows_are_chosen_by_key_and_click_changed_and_undone(demo: Served, wide: Page) -> None:
    opened(wide, f"{demo.url}/leads?state=new&columns=person,state,tags")
    for _row in range(2):
        wide.keyboard.press("j")
        wide.keyboard.press("x")
    chosen(wide, "2 chosen")
    wide.locator("[data-choose]").nth(5).click(modifiers=["Shift"])
    chosen(wide, "6 chosen")
    wide.keyboard.press("t")
    wide.locator("#bulk-tag").fill("Spring fair")
    wide.keyboard.press("Tab")
    expect(wide.locator("#bulk-preview")).to_contain_text("6 will change.")
    wide.get_by_role("button", name="Change 6").click()
    expect(wide.locator("#toasts")).to_contain_text("6 leads were tagged Spring fair")
    wide.wait_for_load_state("networkidle")
    expect(wide.locator(".list .chip", has_text="Spring fair")).to_have_count(6)
    wide.keyboard.press("z")
    expect(wide.locator("#toasts")).to_contain_text("6 leads are as they were")
    expect(wide.locator(".list .chip", has_text="Spring fair")).to_have_count(0)
    assert "/leads?state=new&columns=person" in wide.url


def test_all_that_match_are_changed_in_the_background_and_undone(demo: Served, wide: Page) -> None:
    opened(wide, f"{demo.url}/leads")
    wide.locator("[data-choose]").first.click()
    wide.get_by_role("button", name=re.compile(r"^All [\d,]+ that match")).click()
    chosen(wide, "1,9")
    wide.keyboard.press("t")
    wide.locator("#bulk-tag").fill("Spring fair")
    wide.keyboard.press("Tab")
    expect(wide.locator("#bulk-preview")).to_contain_text("Tried on 200 of them")
    wide.get_by_role("button", name=re.compile("^Change 1,9")).click()
    expect(wide.get_by_role("heading", name="Being changed")).to_be_visible()
    expect(wide.get_by_role("heading", name=re.compile("were tagged Spring fair"))).to_be_visible(
        timeout=90_000
    )
    wide.on("dialog", lambda dialog: dialog.accept())
    wide.get_by_role("button", name=re.compile("^Undo this change")).click()
    expect(wide.get_by_role("heading", name=re.compile("are as they were"))).to_be_visible(timeout=90_000)


def test_a_card_is_dragged_and_goes_back_when_it_is_refused(demo: Served, wide: Page) -> None:
    opened(wide, f"{demo.url}/leads/board")
    new = wide.locator('[data-column="new"]')
    first = new.locator("[data-card]").first
    key = first.get_attribute("data-card")
    card = wide.locator(f"#card-{key}")
    card.drag_to(wide.locator('[data-column="qualified"] header'))
    expect(card).to_have_attribute("data-in", "qualified")
    expect(wide.locator("#toasts")).to_contain_text("moved to Qualified")
    expect(wide.locator('[data-column="qualified"]').locator(f"#card-{key}")).to_be_visible()
    wide.keyboard.press("z")
    expect(wide.locator("#toasts")).to_contain_text("moved to New")
    wide.wait_for_load_state("networkidle")
    expect(new.locator(f"#card-{key}")).to_have_attribute("data-in", "new")
    card.drag_to(wide.locator('[data-column="nurturing"] header'))
    expect(wide.locator("#alerts")).to_contain_text("A nurtured lead has an owner and a day to look again")
    expect(new.locator(f"#card-{key}")).to_be_visible()


def test_a_card_moves_by_keyboard_and_menu(demo: Served, wide: Page) -> None:
    opened(wide, f"{demo.url}/deals/board")
    columns = wide.locator("[data-column]")
    first = columns.nth(0).locator("[data-card]").first
    key = first.get_attribute("data-card")
    first.locator("[data-open]").focus()
    wide.keyboard.press("Shift+ArrowRight")
    moved = columns.nth(1).locator(f"#card-{key}")
    expect(moved).to_be_visible()
    expect(wide.locator("#toasts")).to_contain_text("moved to")
    expect(moved.locator("[data-open]")).to_be_focused()
    wide.keyboard.press("m")
    wide.locator("#move-menu .item").first.click()
    expect(columns.nth(0).locator(f"#card-{key}")).to_be_visible()
