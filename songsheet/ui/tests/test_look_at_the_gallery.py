"""The gallery in a real browser: no finding of axe, no policy broken, the keyboard works."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGES = ("today", "letters", "buyer", "list", "list?empty=1", "parts", "refused")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture
def heard(page):
    """What the browser complained about; refusals that a page asked for are no complaint."""
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda line: said.append(line.text) if line.type == "error" and "409" not in line.text else None,
    )
    return said


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1440),
        ("dark", 390),
        pytest.param("light", 1024, marks=pytest.mark.wide),
        pytest.param("light", 390, marks=pytest.mark.wide),
        pytest.param("dark", 1440, marks=pytest.mark.wide),
        pytest.param("dark", 1024, marks=pytest.mark.wide),
    ],
)
def test_no_page_has_an_accessibility_finding_or_breaks_the_content_policy(
    page, gallery, heard, scheme, width
):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for name in PAGES:
        page.goto(f"{gallery}/{name}")
        results = Axe().run(page, options={"runOnly": RULES})
        assert results.violations_count == 0, f"{name}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{name} is wider than {width}"
        )
    assert not heard


def test_menus_and_dialogs_have_no_accessibility_finding(page, gallery, heard):
    page.goto(f"{gallery}/today")
    for key in ("/", "?", "r"):
        page.keyboard.press(key)
        page.wait_for_timeout(400)
        results = Axe().run(page, options={"runOnly": RULES})
        assert results.violations_count == 0, f"{key}: {results.generate_report()}"
        page.keyboard.press("Escape")
    page.click("button.me")
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()
    assert not heard


def test_j_and_k_move_and_x_chooses(page, gallery):
    page.goto(f"{gallery}/list")
    for key in "jjkxjx":
        page.keyboard.press(key)
    chosen = page.locator("tr[data-chosen]")
    assert chosen.count() == 2
    assert page.locator("[data-bulk]").is_visible()
    assert page.locator("[data-bulk-count]").inner_text() == "2"
    assert page.evaluate("document.activeElement.textContent") == "Henrik Sørby"


def test_more_rows_come_below_the_others(page, gallery):
    page.goto(f"{gallery}/list")
    before = page.locator("tr[data-row]").count()
    page.click("text=Show more")
    expect(page.locator("tr[data-row]")).to_have_count(2 * before)


def test_the_palette_finds_and_says_which_hit_is_meant(page, gallery):
    page.goto(f"{gallery}/today")
    page.keyboard.press("Control+k")
    with page.expect_response(lambda answer: "q=oka" in answer.url):
        page.keyboard.type("oka")
    page.wait_for_load_state("networkidle")
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    page.wait_for_selector("#palette-hits .hit[aria-selected=true]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#palette-words", "aria-activedescendant") == "hit-2-1"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/buyer")


def test_letters_typed_before_the_browser_has_told_of_the_opening_are_kept(page, gallery):
    page.goto(f"{gallery}/today")
    page.evaluate("""() => {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
        document.execCommand("insertText", false, "oka");
    }""")
    page.wait_for_selector("#palette-hits .hit:has-text('Okafor')")
    assert page.input_value("#palette-words") == "oka"
    page.keyboard.press("Escape")
    page.wait_for_selector("#palette", state="hidden")
    page.keyboard.press("/")
    page.wait_for_selector("#palette[open]")
    assert page.input_value("#palette-words") == ""


def test_letters_typed_into_a_field_are_not_commands(page, gallery):
    page.goto(f"{gallery}/buyer")
    page.keyboard.press("c")
    page.keyboard.type("ars?/")
    assert page.input_value("#note") == "ars?/"
    assert page.locator("dialog[open]").count() == 0


def test_theme_and_folded_rail_are_remembered_by_the_server(page, gallery):
    page.goto(f"{gallery}/today")
    page.click("button.me")
    page.click("[data-theme-is=dark]")
    page.keyboard.press("Escape")
    page.click("[data-fold]")
    html = page.request.get(f"{gallery}/today").text()
    assert '<html lang="en" data-theme="dark" data-rail="folded">' in html


def test_the_flow_is_one_tab_stop_and_arrows_walk_its_ribbons(page, gallery):
    page.goto(f"{gallery}/letters")
    assert page.locator('.flow .picture a[tabindex="0"]').count() == 1
    page.focus('.flow .picture a[tabindex="0"]')
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.stage") == "1"
    assert page.locator('.flow .picture a[tabindex="0"]').count() == 1


def test_dropped_files_are_shown_sent_and_followed_to_the_answer(page, gallery, heard):
    page.goto(f"{gallery}/parts")
    rows = b"a,b\n" * 500
    page.set_input_files("#drop-files", [{"name": "leads.csv", "mimeType": "text/csv", "buffer": rows}])
    expect(page.locator("[data-files] li")).to_contain_text("leads.csv2 kB")
    page.click("text=Read them")
    page.wait_for_url("**/list")
    assert not heard


def test_undo_comes_back_to_this_very_page(page, gallery):
    page.goto(f"{gallery}/list?state=open")
    with page.expect_request("**/undo/1") as asked:
        page.keyboard.press("z")
    assert asked.value.method == "POST"
    assert "next=%2Flist%3Fstate%3Dopen" in asked.value.post_data


def test_a_refusal_is_told_and_leaves_the_page_as_it_is(page, gallery):
    page.goto(f"{gallery}/list")
    page.evaluate("htmx.ajax('GET', '/refused', {target: '#list', swap: 'innerHTML'})")
    page.wait_for_selector("#alerts .trouble")
    assert "Priya Raman took this lead" in page.inner_text("#alerts")
    assert page.locator("tr[data-row]").count() > 0


def test_time_goes_on_without_the_server_and_the_change_to_warning_is_read_aloud(page, gallery):
    page.clock.install()
    page.goto(f"{gallery}/today")
    first = page.locator(".q .left").first
    expect(first).to_have_text("2 h 19 left")
    page.clock.fast_forward("01:20:00")
    expect(first).to_have_class("left soon")
    expect(first).to_have_text("59 min left")
    expect(page.locator("#said")).to_contain_text("Suzanne Okafor: 59 min left")
