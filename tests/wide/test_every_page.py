"""Every page of the map in light and dark at three widths: no finding of axe, nothing on the console."""

import re
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.serving import Served

pytestmark = [pytest.mark.wide, pytest.mark.browser]

#: Name of the picture → address. `*` is the first buyer of the list before it; what follows is theirs.
PAGES = {
    "today": "/",
    "letters": "/letters",
    "promises": "/promises",
    "song": "/song",
    "facts": "/song/facts",
    "fact-new": "/song/facts/new",
    "claims": "/song/claims",
    "claim-new": "/song/claims/new",
    "market": "/song/market",
    "narratives": "/song/narratives",
    "narrative-new": "/song/narratives/new",
    "buyers": "/buyers",
    "buyer": "/buyers *",
    "companies": "/companies",
    "leads": "/leads",
    "leads-empty": "/leads?q=nobody+is+called+this",
    "leads-refused": "/leads?owner=%00",
    "returns": "/returns",
    "returns-by-campaign": "/returns/campaigns",
    "verdicts": "/verdicts",
    "routing": "/routing",
    "duties": "/duties",
    "load": "/load",
    "enquiries": "/enquiries",
    "enquiry-new": "/enquiries/new",
    "deals": "/deals",
    "touches": "/touches",
    "tasks": "/tasks",
    "campaigns": "/campaigns",
    "imports": "/imports",
    "imports-new": "/imports/new",
    "agreements": "/agreements",
    "agreement": "/agreements/service_levels",
    "team": "/team",
    "settings": "/settings",
    "forms": "/forms",
    "form-new": "/forms/new",
    "appointments": "/appointments",
    "appointment-page-new": "/appointments/new",
    "my-calendars": "/appointments/calendars",
    "consent-texts": "/consent-texts",
    "privacy": "/privacy",
    "parked": "/parked",
    "profile": "/profile",
    "notices": "/notices",
    "notices-by-mail": "/notices/mail",
    "task-new": "/tasks/new",
    "lead-new": "/buyers */leads",
    "permissions": "/buyers */permissions",
    "do-not-contact": "/do-not-contact",
    "duplicates": "/duplicates",
    "search": "/search?q=sorby",
    "calendar": "/calendar?who=all",
    "leads-board": "/leads/board",
    "deals-board": "/deals/board",
    "buyer-new": "/buyers/new",
    "fields": "/settings/fields",
    "retention": "/settings/retention",
    "webhooks": "/webhooks",
    "webhook-new": "/webhooks/add",
    "said": "/sources/said",
    "found": "/found",
    "found-people": "/found/people",
    "links": "/links",
    "link-new": "/links/new",
    "sites": "/sites",
    "site-new": "/sites/new",
    "incoming": "/incoming",
    "held-back": "/incoming/held",
    "hooks": "/hooks",
    "hook-new": "/hooks/new",
    "bulk": "/bulk",
    "invite": "/team/invite",
    "not-found": "/nowhere",
    "sign-in": "/accounts/login/",
}
WIDTHS = {1440: 1000, 1024: 900, 390: 844}


@pytest.fixture(scope="module")
def open_page(browser: Browser, demo: Served):
    """Opens an address in a theme at a width, as the owner."""
    contexts = []

    def opened(address: str, theme: Literal["light", "dark"], width: int) -> tuple[Page, list[str]]:
        context = browser.new_context(
            viewport={"width": width, "height": WIDTHS[width]}, color_scheme=theme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        list_address, star, rest = address.partition(" *")
        page.goto(demo.url + list_address)
        if star:
            row = page.locator("main a[href*='/buyers/person_']").first
            page.goto(f"{demo.url}{row.get_attribute('href')}{rest}")
        page.wait_for_load_state("networkidle")
        return page, said

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_finding(name: str, theme: str, width: int, open_page, pictures: Path) -> None:
    page, said = open_page(PAGES[name], theme, width)
    page.screenshot(path=pictures / f"{name}-{theme}-{width}.png", full_page=width != 1440)
    found = Axe().run(page)
    refused = [line for line in said if not re.search(r"status of 4\d\d", line)]
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    assert found.violations_count == 0, found.generate_report()
    assert refused == []
    assert overflow <= 0, f"the page is {overflow} px wider than the window"
