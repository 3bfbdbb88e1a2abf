"""A visitor in another zone books a time, confirms it by the mail, moves it and cancels it; the member sees
it on Today and in the story."""

import email
import json
import re
import urllib.request
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_front_doors import robot, until
from tests.serving import Served

pytestmark = pytest.mark.browser

MAIL = "mara.holt@northpier.example"
WANTS = "Sixty desks for a new floor"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"


def offered(page: Page, demo: Served) -> str:
    """A page of one's own, made by hand; its address."""
    page.goto(f"{demo.url}/appointments/new")
    page.get_by_label("Title, as visitors read it").fill("Half an hour with us")
    page.get_by_label("Where", exact=True).select_option("video")
    page.get_by_label("Its address, or the words for it").fill("https://meet.example.com/us")
    page.locator("main").get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/appointments/booking_"))
    return f"{demo.url}/m/{page.url.rsplit('/', 1)[1]}"


def details(visitor: Page, pictures: Path) -> None:
    """Who they are."""
    visitor.get_by_label("Your name").fill("Mara Holt")
    visitor.get_by_label("Your mail address").fill(MAIL)
    visitor.get_by_label("What is it about?").fill(WANTS)
    visitor.wait_for_timeout(4_000)  # nobody types that fast
    visitor.screenshot(path=pictures / "appointment-details.png", full_page=True)
    visitor.get_by_role("button", name="Book this time").click()
    expect(visitor.get_by_role("heading", name="One more step")).to_be_visible()


def mailed(demo: Served, subject: str) -> str:
    """The words of the mail to the visitor that says this."""
    folder = demo.home / "mail"
    for path in folder.glob("*") if folder.exists() else []:
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        body = message.get_body(("plain",))
        if message["To"] == MAIL and body is not None and subject in body.get_content():
            return str(body.get_content())
    return ""


def link_of(demo: Served, subject: str) -> str:
    """The link of the mail with these words."""
    words = until(lambda: mailed(demo, subject), f"the mail “{subject}”")
    found = re.search(r"https?://\S+/(?:confirm|yours)/\S+", words)
    assert found
    return found[0]


def story_of(demo: Served) -> Any:
    """What the program's way says of the buyer."""
    words = ("key", "create", "--member", "Tom Lindqvist", "--scope", "read", "--json")
    key = json.loads(demo.run(*words).stdout)["key"]

    def asked(path: str) -> Any:
        request = urllib.request.Request(  # noqa: S310
            f"{demo.url}/api/v1{path}", headers={"Authorization": f"Bearer {key}"}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return json.loads(answer.read())

    (person,) = asked(f"/people?q={MAIL}")["items"]
    return [line["sentence"] for line in asked(f"/story/{person['key']}")["entries"]]


def test_a_time_is_booked_from_another_zone_then_moved_and_cancelled(
    demo: Served, page: Page, browser: Browser, pictures: Path
) -> None:
    page.set_default_timeout(20_000)
    address = offered(page, demo)
    context = browser.new_context(
        user_agent=AGENT, timezone_id="America/New_York", viewport={"width": 390, "height": 844}
    )
    visitor = context.new_page()
    visitor.set_default_timeout(20_000)
    visitor.goto(address)
    visitor.wait_for_url(re.compile("zone=America%2FNew_York"))
    visitor.screenshot(path=pictures / "appointment-times.png")
    slot = visitor.locator(".slots a").nth(7)
    said = slot.inner_text()
    slot.click()
    expect(visitor.locator(".chosen")).to_contain_text(said)
    expect(visitor.locator(".chosen")).to_contain_text("America/New_York")
    details(visitor, pictures)

    link = link_of(demo, "We keep the time")
    robot([link])
    page.goto(demo.url)
    expect(page.locator("main")).not_to_contain_text("Mara Holt")
    visitor.goto(link)
    visitor.get_by_role("button", name="Yes, book it").click()
    expect(visitor.get_by_role("status")).to_contain_text("It is booked")

    page.goto(f"{demo.url}/appointments")
    expect(page.locator("#mine")).to_contain_text("Mara Holt")
    page.goto(demo.url)
    row = page.locator(".queue li", has_text="Mara Holt").filter(has_text="they booked this time")
    expect(row).to_have_count(1)
    row.locator("a.line").click()
    expect(page.get_by_role("button", name="Cancel it")).to_be_visible()
    page.screenshot(path=pictures / "appointment-today.png")
    sentences = story_of(demo)
    assert any("Mara Holt booked an appointment: Half an hour with us" in one for one in sentences), sentences

    visitor.goto(link_of(demo, "is booked:"))
    visitor.get_by_role("link", name="Move it").click()
    visitor.locator(".slots button").nth(9).click()
    expect(visitor.get_by_role("status")).to_contain_text("It is moved")
    visitor.goto(link_of(demo, "was moved to:"))
    visitor.get_by_role("button", name="Cancel it").click()
    expect(visitor.get_by_role("heading", name="It is cancelled")).to_be_visible()
    visitor.screenshot(path=pictures / "appointment-cancelled.png")
    page.goto(demo.url)
    expect(page.locator(".queue li", has_text="they booked this time")).to_have_count(0)
    sentences = story_of(demo)
    assert any("cancelled the appointment" in one for one in sentences), sentences
    assert any("was moved" in one for one in sentences), sentences
    context.close()
