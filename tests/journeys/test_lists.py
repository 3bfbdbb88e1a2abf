"""Lists in the browser: a row beside its list by mouse, keyboard, address; columns, cells, groups, views."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def wide(page: Page, demo: Served) -> Page:
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.set_default_timeout(20_000)
    return page


def rows_of(page: Page) -> list[str]:
    keys = page.locator("tr[data-key-of]").evaluate_all("rows => rows.map(row => row.dataset.keyOf)")
    return [str(key) for key in keys]


def test_a_row_opens_beside_its_list_and_the_list_keeps_its_place(
    demo: Served, wide: Page, pictures: Path
) -> None:
    wide.goto(f"{demo.url}/leads?state=open")
    keys = rows_of(wide)
    row = wide.locator(f'tr[data-key-of="{keys[20]}"]')
    row.scroll_into_view_if_needed()
    before = wide.evaluate("scrollY")
    row.locator("td.first a").click()
    panel = wide.locator("#panel")
    expect(panel.get_by_role("heading", level=2).first).to_have_text(row.locator("td.first").inner_text())
    expect(wide).to_have_url(re.compile(rf"/leads\?state=open&open={keys[20]}$"))
    assert wide.evaluate("scrollY") == before
    wide.screenshot(path=pictures / "list-panel.png")
    wide.keyboard.press("j")
    expect(wide).to_have_url(re.compile(f"open={keys[21]}$"))
    wide.keyboard.press("Escape")
    expect(panel).to_be_empty()
    expect(wide).to_have_url(f"{demo.url}/leads?state=open")
    wide.go_back()
    expect(panel.get_by_role("heading", level=2).first).to_be_visible()
    wide.go_back()
    expect(panel).to_be_empty()


def test_an_address_with_an_open_row_opens_it_again(demo: Served, wide: Page) -> None:
    wide.goto(f"{demo.url}/leads")
    key = rows_of(wide)[3]
    wide.goto(f"{demo.url}/leads?open={key}")
    expect(wide.locator("#panel h2").first).to_be_visible()
    expect(wide.locator(f'tr[data-key-of="{key}"]')).to_have_attribute("aria-current", "true")


def test_by_keyboard_alone(demo: Served, wide: Page) -> None:
    wide.goto(f"{demo.url}/leads")
    keys = rows_of(wide)
    for key in ("j", "j", "k", "j", "Enter"):
        wide.keyboard.press(key)
    expect(wide).to_have_url(re.compile(f"open={keys[1]}$"))


def test_on_a_phone_it_is_the_page(demo: Served, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo.url}/leads")
    key = rows_of(page)[0]
    page.locator("tr[data-key-of] td.first a").first.click()
    page.wait_for_url(re.compile("/buyers/person_"))
    page.goto(f"{demo.url}/leads?open={key}")
    page.wait_for_url(re.compile("/buyers/person_"))


def test_columns_are_chosen_on_screen_and_stand_in_the_address(demo: Served, wide: Page) -> None:
    wide.goto(f"{demo.url}/deals?state=open")
    wide.get_by_role("button", name="Columns").click()
    menu = wide.locator("#list-columns")
    for name in ("Expected", "Next step", "Opened"):
        menu.get_by_label(name, exact=True).uncheck()
    menu.get_by_label("Chance").check()
    menu.get_by_role("button", name="Show these").click()
    wide.wait_for_url(re.compile(r"columns=name(,|%2C)company"))
    heads = wide.locator("th:not(.pick)").all_inner_texts()
    assert heads == ["Deal", "Company", "State", "Amount", "Chance", "Owner"]
    expect(wide.get_by_role("group", name="Filters in force")).to_contain_text("State: Open")


def test_a_cell_is_changed_in_place(demo: Served, wide: Page) -> None:
    wide.goto(f"{demo.url}/buyers?sort=name")
    cell = wide.locator("tr[data-key-of]").first.locator("td.can").first
    address = cell.get_attribute("id")
    wide.keyboard.press("j")
    wide.keyboard.press("e")
    field = wide.locator(f"#{address} input[name=value]")
    expect(field).to_be_focused()
    field.fill("Head of practice")
    wide.keyboard.press("Enter")
    expect(wide.locator(f"#{address}")).to_have_text("Head of practice")
    wide.keyboard.press("e")
    wide.keyboard.press("Escape")
    expect(field).to_have_count(0)


def test_a_view_is_saved_shown_as_a_tab_with_its_count_and_archived(demo: Served, wide: Page) -> None:
    wide.goto(f"{demo.url}/leads?state=working")
    shown = wide.locator("#list-count").inner_text()
    wide.get_by_role("button", name="Views").click()
    wide.get_by_label("Save what is shown as").fill("Being worked")
    wide.get_by_role("button", name="Save the view").click()
    tab = wide.get_by_role("navigation", name="Views").get_by_role("link", name="Being worked")
    expect(tab).to_have_text(f"Being worked {shown}")
    expect(tab).to_have_attribute("aria-current", "true")
    wide.get_by_role("button", name="Views").click()
    wide.get_by_role("button", name="Change Being worked").click()
    wide.get_by_role("dialog").get_by_role("button", name="Archive the view").click()
    expect(wide.locator("#toasts")).to_contain_text("The view was archived")


def test_a_group_opens_its_rows_and_folds_them(demo: Served, wide: Page) -> None:
    wide.goto(f"{demo.url}/leads?group=state")
    group = wide.locator("[data-open-group]", has_text="Working")
    assert rows_of(wide) == []
    group.click()
    expect(wide.locator("tr[data-key-of]").first).to_be_visible()
    expect(group).to_have_attribute("aria-expanded", "true")
    group.click()
    expect(wide.locator("tr[data-key-of]").first).to_be_hidden()
