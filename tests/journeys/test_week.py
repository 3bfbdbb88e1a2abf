"""A week in Aldermoor, by each role: nothing is ever without an owner and a clock."""

import json
import os
import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import database_url
from tests.journeys.looking import look_as
from tests.serving import Served, serving

pytestmark = pytest.mark.browser
GUIDE, MARKETING, SALES = "Sales Guide", "Marketing Machine", "Sales manager"


class Buyers:
    """Who asks from outside, as a form on our website would tell: by the API."""

    def __init__(self, served: Served) -> None:
        told = served.run("key", "create", "--member", "Ruth Abara", "--scope", "admin", "--json")
        self.url, self.secret = served.url, json.loads(told.stdout)["key"]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        asked = urllib.request.Request(  # noqa: S310
            f"{self.url}/api/v1{path}", None if body is None else json.dumps(body).encode(),
            {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}, method=method,
        )  # fmt: skip
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
            return json.loads(answer.read())

    def asks_for_a_call(self, name: str, mail: str, wants: str) -> str:
        """Somebody leaves name and address, and what they want; the key of the lead."""
        person = {"name": name, "mails": [mail], "language": "en"}
        lead = self.ask("POST", "/leads", {"person": person, "wants": wants, "source": "Website"})
        return str(lead["key"])

    def until(self, lead: str, so: Callable[[dict[str, Any]], bool], seconds: float = 30) -> dict[str, Any]:
        """The lead, once it is so; it is never without an owner or a queue, and a clock."""
        until = time.monotonic() + seconds
        while True:
            stands: dict[str, Any] = self.ask("GET", f"/leads/{lead}")
            assert stands["owner"] or stands["queue"]
            assert stands["due_at"]
            if so(stands):
                return stands
            assert time.monotonic() < until, stands
            time.sleep(0.2)


@pytest.fixture
def aldermoor(template_database: str, tmp_path: Path) -> Iterator[Served]:
    """A demo of its own, since its clock is moved."""
    import conftest as root

    name = f"week_{os.getpid()}"
    root._copy(template_database, name)
    try:
        with serving(
            tmp_path / "week", database_url(name), command=("demo", "--size", "s"), patience=180
        ) as served:
            yield served
    finally:
        root._drop(name)


def test_a_week_in_aldermoor(aldermoor: Served, page: Page, pictures: Path) -> None:
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)
    buyers = Buyers(aldermoor)
    a_hot_lead(aldermoor, page, pictures, buyers)
    a_lead_that_came_back_better(aldermoor, page, pictures, buyers)
    a_member_on_leave(aldermoor, page, pictures, buyers)
    the_definition_at_one_table(aldermoor, page, pictures)
    a_breach_that_went_on(aldermoor, page, pictures, buyers)
    checked = aldermoor.run("check", "--full", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def a_hot_lead(served: Served, page: Page, pictures: Path, buyers: Buyers) -> None:
    """A colleague of Suzanne asks for a call: at once with Priya, who has that company; answered."""
    key = buyers.asks_for_a_call(
        "Grace Oduya", "g.oduya@brightwater.example", "Call me today with a quote for 12 chairs"
    )
    lead = buyers.until(key, lambda one: one["state"] == "offered")
    assert (lead["owner_name"], lead["tier"]) == ("Priya Raman", "hot")
    look_as(page, served, GUIDE)
    page.goto(served.url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Grace Oduya is next")
    page.screenshot(path=pictures / "week-1-hot.png")
    page.goto(f"{served.url}/handoffs/{key}")
    expect(page.locator("main")).to_contain_text("Call me today with a quote")
    page.get_by_role("link", name="Why, and why not the others").click()
    expect(page.locator("main")).to_contain_text("Priya Raman")
    page.screenshot(path=pictures / "week-2-why.png")
    page.goto(f"{served.url}/handoffs/{key}")
    page.screenshot(path=pictures / "week-3-brief.png")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("a")
    page.wait_for_url("**/buyers/person_*")
    buyers.ask("POST", "/touches", {
        "kind": "call", "direction": "out", "person": lead["person"], "lead": key, "member": lead["owner"],
        "subject": "Called her back",
    })  # fmt: skip
    buyers.until(key, lambda one: one["due_at"] != lead["due_at"])  # kept; now the next contact is due
    page.reload()
    expect(page.locator("main")).to_contain_text("gave the first answer")


def a_lead_that_came_back_better(served: Served, page: Page, pictures: Path, buyers: Buyers) -> None:
    """Priya returns Suzanne: misinformed. Tom puts it right, and offers her again; Priya accepts."""
    (suzanne,) = buyers.ask("GET", "/leads?q=Suzanne+Okafor&state=offered")["items"]
    page.goto(f"{served.url}/handoffs/{suzanne['key']}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("r")
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("Why").select_option("misinformed")
    dialog.locator("[name=words]").fill("She believes that shipping is free.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("went back")
    look_as(page, served, MARKETING)
    page.goto(served.url)
    owed = page.locator("[data-row]", has_text="Suzanne Okafor").first
    expect(owed).to_contain_text("Misinformed")
    page.screenshot(path=pictures / "week-4-owed.png")
    owed.get_by_role("button", name="Answer").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("[name=how]").select_option("corrected")
    dialog.locator("[name=words]").fill("I wrote to her: shipping is €90, and what it includes.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("Priya Raman is told")
    look_as(page, served, GUIDE)
    page.goto(served.url)
    expect(page.locator("[data-row]", has_text="Suzanne Okafor").first).to_contain_text("offered to you")
    page.goto(f"{served.url}/handoffs/{suzanne['key']}")
    expect(page.locator("main")).to_contain_text("shipping is €90")
    page.screenshot(path=pictures / "week-5-again.png")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("a")
    page.wait_for_url("**/buyers/person_*")


def a_member_on_leave(served: Served, page: Page, pictures: Path, buyers: Buyers) -> None:
    """Priya is away for three days, with nobody who stands in: what she was offered goes to somebody else."""
    key = buyers.asks_for_a_call("Owain Rees", "o.rees@brightwater.example", "Please call me, I have a date")
    lead = buyers.until(key, lambda one: one["state"] == "offered")
    assert lead["owner_name"] == "Priya Raman"
    page.goto(f"{served.url}/team/{lead['owner']}/hours")
    page.locator("[name=from_on]").fill("2026-05-12")
    page.locator("[name=until_on]").fill("2026-05-14")
    page.screenshot(path=pictures / "week-6-leave.png", full_page=True)
    page.get_by_role("button", name=re.compile("leave", re.IGNORECASE)).first.click()
    page.wait_for_load_state("networkidle")
    lead = buyers.until(key, lambda one: one["owner_name"] not in (None, "Priya Raman"))
    page.goto(f"{served.url}/leads/{key}/routing")
    expect(page.locator("main")).to_contain_text(str(lead["owner_name"]))
    page.screenshot(path=pictures / "week-7-gone-on.png")


def the_definition_at_one_table(served: Served, page: Page, pictures: Path) -> None:
    """Marcus opens what Tom offered, changes a clause, reads what it would have done, and both sign."""
    look_as(page, served, SALES)
    page.goto(f"{served.url}/agreements")
    page.get_by_role("link", name="Version 2").first.click()
    version = page.url
    page.goto(f"{version}/preview")
    expect(page.locator("main")).to_contain_text("tried on every lead since")
    page.screenshot(path=pictures / "week-8-preview.png", full_page=True)
    page.goto(f"{version}/table")
    page.wait_for_load_state("networkidle")
    points = page.locator("#form-enough input[type=number], #form-enough input[name$=points]").first
    points.fill("70")
    expect(page.locator("#form-enough .says")).to_contain_text("70 points")
    page.screenshot(path=pictures / "week-9-table.png", full_page=True)
    page.get_by_role("button", name="Sign at this table").click()
    page.wait_for_load_state("networkidle")
    page.goto(f"{served.url}/agreements")
    expect(page.locator("main")).to_contain_text(re.compile(r"Version 2\s*in force"))


def a_breach_that_went_on(served: Served, page: Page, pictures: Path, buyers: Buyers) -> None:
    """Nobody accepts a hot lead: at five its clock is over, and it is with somebody else."""
    key = buyers.asks_for_a_call("Silke Brandt", "s.brandt@kontor-nord.example", "Bitte call me, a quote")
    first = buyers.until(key, lambda one: one["state"] == "offered")
    page.goto(served.url)
    page.get_by_role("button", name="17:00").click()
    page.wait_for_load_state("networkidle")
    second = buyers.until(key, lambda one: one["owner"] != first["owner"], seconds=90)
    page.goto(f"{served.url}/leads/{key}/routing")
    expect(page.locator("main")).to_contain_text(str(first["owner_name"]))
    page.screenshot(path=pictures / "week-10-breach.png")
    assert second["owner"] or second["queue"]
    page.goto(f"{served.url}/promises")
    page.screenshot(path=pictures / "week-11-promises.png", full_page=True)
