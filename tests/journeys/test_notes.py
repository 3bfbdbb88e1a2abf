"""A note with a mention and a file, from one member to another: written, told, opened, read, saved."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served

pytestmark = pytest.mark.browser


def look_as(page: Page, demo: Served, name: str) -> None:
    page.goto(f"{demo.url}/")
    page.locator("button.me").click()
    page.locator("#me").get_by_role("button", name=re.compile(name)).click()
    page.wait_for_load_state("networkidle")


def test_a_member_is_mentioned_told_and_reads(demo: Served, page: Page, pictures: Path) -> None:
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.set_default_timeout(20_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    look_as(page, demo, "Diane Mercer")
    page.goto(f"{demo.url}/buyers?q=Okafor")
    page.goto(demo.url + str(page.locator("main a[href*='/buyers/person_']").first.get_attribute("href")))
    page.keyboard.press("n")
    page.keyboard.type("She wants **40 desks** <img src=x onerror=alert(1)>. @tom")
    expect(page.get_by_role("option", name=re.compile("Tom Lindqvist"))).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("look at this")
    content = b"%PDF-1.7 the offer <script>alert(1)</script>"
    page.locator(".note-form input[type=file]").set_input_files(
        {"name": "offer.pdf", "mimeType": "text/html", "buffer": content}
    )
    page.keyboard.press("Control+Enter")
    note = page.locator(".written").first
    expect(note.locator(".mention")).to_have_text("@Tom Lindqvist")
    expect(note.locator("strong")).to_have_text("40 desks")
    expect(note).to_contain_text("<img src=x onerror=alert(1)>")
    page.screenshot(path=pictures / "note.png")

    look_as(page, demo, "Tom Lindqvist")
    bell, told = page.locator("#bell"), page.locator("main").get_by_text("mentioned you").first
    page.goto(f"{demo.url}/notices")
    for _ in range(20):  # the reader hears within a second or two
        if told.is_visible():
            break
        page.wait_for_timeout(500)
        page.evaluate("sessionStorage.clear()")
        page.reload()
        page.wait_for_load_state("networkidle")
    unread = int(bell.get_attribute("data-bell") or 0)
    assert unread >= 1
    page.screenshot(path=pictures / "notices.png")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/buyers/person_"))
    expect(bell).to_have_attribute("data-bell", str(unread - 1))
    assert "#" not in page.url
    with page.expect_download() as saved:
        page.locator(".hanging a").first.click()
    assert saved.value.suggested_filename == "offer.pdf"
    assert Path(saved.value.path()).read_bytes() == content
    assert said == []
