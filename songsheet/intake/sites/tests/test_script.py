"""The script on a real page: what it tells, and that it keeps nothing before it is allowed."""

import gzip
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from songsheet.intake.event import EventIn
from songsheet.intake.sites.tests.outside import SCRIPT, Door, outside
from tests.conftest import browser_type_launch_args  # noqa: F401

pytestmark = pytest.mark.browser

CLICK = "3f2b6c1e-0a4d-4c8e-9b7a-5d2e1f0a9c8b"
MARKS = f"?utm_source=Fairs&utm_medium=QR%20code&gclid=AbC-1&keep=1&ss={CLICK}"


@pytest.fixture
def door() -> Iterator[Door]:
    with outside() as found:
        yield found


@pytest.fixture
def visit(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def kept(page: Page) -> dict[str, Any]:
    """Everything that stands in the browser for this site."""
    found: dict[str, Any] = page.evaluate("({...localStorage, ...sessionStorage, cookie: document.cookie})")
    return {name: value for name, value in found.items() if value}


def opened(visit: BrowserContext, address: str) -> Page:
    page = visit.new_page()
    page.goto(address)
    page.wait_for_function("!!(window.songsheet && window.songsheet.allow)")
    return page


def test_a_site_that_counts_tells_pages_at_once_and_keeps_nothing(door: Door, visit: BrowserContext) -> None:
    page = opened(visit, f"{door.site}/counts{MARKS}#part")
    (event,) = door.events(1)
    assert UUID(event["id"])
    assert event["page"] == {"url": f"{door.site}/counts", "title": "Offer", "referrer": ""}
    assert event["utm"] == {"source": "Fairs", "medium": "QR code"}
    assert event["click_ids"] == {"gclid": ""}
    assert set(event) == {"id", "type", "page", "utm", "click_ids"}
    assert page.url.endswith("/counts?utm_source=Fairs&utm_medium=QR%20code&gclid=AbC-1&keep=1#part")
    assert page.evaluate("songsheet.allow()") is False
    assert kept(page) == {}
    assert visit.cookies() == []
    assert door.queries == ["/in/events?site=site_x"]
    assert door.cookies == [None]
    assert EventIn.model_validate(event).type == "page_view"


def test_nothing_goes_out_or_is_kept_before_it_is_allowed_then_the_visit_is_one(
    door: Door, visit: BrowserContext
) -> None:
    page = opened(visit, f"{door.site}/offer{MARKS}")
    page.evaluate("history.pushState({}, '', '/second?x=1'); document.title = 'Second'")
    page.wait_for_timeout(300)
    assert (door.told, kept(page), visit.cookies()) == ([], {}, [])
    page.evaluate("songsheet.allow()")
    first, second = door.events(2)
    assert first["visitor"] == second["visitor"] == page.evaluate("songsheet.visitor()")
    assert (first["link"], first["click_ids"]) == (CLICK, {"gclid": "AbC-1"})
    assert second["page"] == {"url": f"{door.site}/second", "title": "Second", "referrer": door.site}
    assert set(first) == {"id", "type", "visitor", "page", "link", "utm", "click_ids"} | {"at"} & set(first)
    assert [EventIn.model_validate(one).visitor for one in (first, second)] == [UUID(first["visitor"])] * 2
    page.get_by_role("link", name="Next").click()
    third = door.events(3)[2]
    assert (third["visitor"], third["page"]["url"]) == (first["visitor"], f"{door.site}/next")
    page.wait_for_function("Object.keys(localStorage).length === 1")
    page.evaluate("songsheet.forget()")
    assert kept(page) == {}
    page.goto(f"{door.site}/after")
    page.wait_for_timeout(200)
    assert len(door.told) == 3


def test_who_declines_or_leaves_is_counted_without_a_number(door: Door, visit: BrowserContext) -> None:
    page = opened(visit, f"{door.site}/offer{MARKS}")
    page.evaluate("songsheet.deny()")
    (event,) = door.events(1)
    assert "visitor" not in event
    assert event["click_ids"] == {"gclid": ""}
    assert kept(page) == {}
    other = opened(visit, f"{door.site}/left")
    other.close(run_before_unload=True)
    assert "visitor" not in door.events(2)[1]
    page.evaluate("songsheet.allow({ past: false })")
    again = door.events(3)[2]
    assert (again["page"]["url"], bool(again["visitor"])) == (f"{door.site}/offer", True)


def test_who_asks_not_to_be_tracked_is_counted_alone(door: Door, visit: BrowserContext) -> None:
    visit.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    page = opened(visit, f"{door.site}/offer{MARKS}")
    assert page.evaluate("songsheet.allow()") is False
    (event,) = door.events(1)
    assert not {"visitor", "link"} & set(event)
    assert (kept(page), visit.cookies()) == ({}, [])


def test_what_could_not_be_sent_is_sent_when_the_network_is_back(door: Door, visit: BrowserContext) -> None:
    page = opened(visit, f"{door.site}/offer")
    page.evaluate("songsheet.allow()")
    door.events(1)
    visit.set_offline(True)
    page.evaluate("history.pushState({}, '', '/far')")
    page.wait_for_timeout(2_300)
    assert len(door.told) == 1
    assert len(kept(page)) == 2
    visit.set_offline(False)
    far = door.events(2)[1]
    assert far["page"]["url"] == f"{door.site}/far"
    assert EventIn.model_validate(far).at is not None
    door.status = 503
    page.evaluate("history.pushState({}, '', '/busy')")
    page.wait_for_timeout(300)
    assert len(kept(page)) == 2
    door.status = 202
    page.goto(f"{door.site}/later")
    assert {one["page"]["url"].rpartition("/")[2] for one in door.events(4)[2:]} == {"busy", "later"}


def test_the_banner_may_call_before_the_script_has_come(door: Door, visit: BrowserContext) -> None:
    visit.add_init_script("(window.songsheet = window.songsheet || []).push(['allow', { past: true }])")
    page = opened(visit, f"{door.site}/offer")
    (event,) = door.events(1)
    assert event["visitor"] == page.evaluate("songsheet.visitor()")


def test_the_script_is_small() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) < 6 * 1024
