"""A visitor comes by a tracked link, declines, allows later, fills in a form, confirms, and is a lead with
the right source. A robot that opens everything moves nothing."""

import email
import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served

pytestmark = pytest.mark.browser

MAIL = "nora.lund@fjordhouse.example"
ASKS = "What would 80 desks cost us, leased for three years?"
SITE = """<!doctype html><html lang="en"><head><title>Desks</title><link rel="icon" href="data:,">
<script async src="{house}/in/script.js" data-site="{site}" data-mode="stitched"></script></head><body>
<h1>Desks for growing teams</h1><a href="/ask">Ask us</a>
<button onclick="songsheet.allow({{ past: false }})">Allow</button>
<button onclick="songsheet.deny()">No</button>
{form}</body></html>"""
FIELDS = [
    {"name": "name", "label": "Your name", "means": "name", "required": True},
    {"name": "mail", "kind": "mail", "label": "Your mail address", "required": True},
    {"name": "asks", "kind": "long", "label": "What do you want to know?", "means": "question",
     "required": True},
    {"name": "heard", "kind": "heard", "label": "How did you hear of us?", "options": ["A friend", "A fair"]},
    {"name": "news", "kind": "consent", "label": "Send me news", "purpose": "mail"},
]  # fmt: skip


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A browser as a human has it: one that says it is driven by a program counts as a machine."""
    agent = (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
    )
    return {**browser_context_args, "user_agent": agent}


class Api:
    """The API with the key of a member of marketing."""

    def __init__(self, demo: Served) -> None:
        words = (
            "key",
            "create",
            "--member",
            "Tom Lindqvist",
            "--scope",
            "read",
            "--scope",
            "write",
            "--json",
        )
        self._key = json.loads(demo.run(*words).stdout)["key"]
        self._url = f"{demo.url}/api/v1"

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        request = urllib.request.Request(self._url + path, data, headers, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.read().decode()[:500]}") from None


@contextmanager
def website(page_of: Callable[[str], str]) -> Iterator[str]:
    """A website of ours at its own origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = page_of(self.path).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *given: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def until(found: Callable[[], Any], what: str) -> Any:
    """What is found, as soon as it is there."""
    over = time.monotonic() + 30
    while time.monotonic() < over:
        if value := found():
            return value
        time.sleep(0.2)
    raise AssertionError(f"{what} did not come")


def mailed(demo: Served, to: str) -> str:
    """The words of the mail that somebody got."""
    for path in sorted((demo.home / "mail").glob("*")) if (demo.home / "mail").exists() else []:
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        if message["To"] == to:
            return str(message.get_content())
    return ""


def robot(addresses: list[str]) -> None:
    """Opens whatever it finds, looks for more on it, and does what programs do that look for harm."""
    for address in addresses:
        for method in ("HEAD", "GET"):
            agent = {"User-Agent": "Mozilla/5.0 (compatible; LinkScanner/2.1; +https://scanner.example/bot)"}
            request = urllib.request.Request(address, headers=agent, method=method)  # noqa: S310
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                assert answer.status == 200


def prepared(api: Api, site: str, held: dict[str, str]) -> Any:
    """A site, a form on it that asks for consent, and a tracked link there with a source: that link."""
    held["site"] = api("POST", "/sites", {"name": "Desks", "origins": [site], "mode": "stitched"})["key"]
    api("POST", "/consent-texts", {"purpose": "mail", "text": "I want your news by mail. I can end it."})
    form = {"title": "Ask us", "fields": FIELDS, "confirm": True, "sites": [held["site"]]}
    held["form"] = api("POST", "/forms", {"name": "Desks", "body": form})["key"]
    source = api("GET", "/sources")
    name = (source["items"] if isinstance(source, dict) else source)[0]["name"]
    return api("POST", "/links", {"name": "Fair stand", "target": f"{site}/desks", "source": name})


def fill_in(page: Page, pictures: Path) -> None:
    """The form that stands in a frame on the site, as somebody types it."""
    frame = page.frame_locator("iframe")
    frame.get_by_label("Your name").fill("Nora Lund")
    frame.get_by_label("Your mail address").fill(MAIL)
    frame.get_by_label("What do you want to know?").fill(ASKS)
    frame.get_by_label("A fair").check()
    frame.get_by_label(re.compile("Send me news|I want your news")).check()
    page.wait_for_timeout(4_000)  # nobody types that fast
    page.screenshot(path=pictures / "front-form.png")
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("heading")).to_be_visible()


def test_from_the_first_click_to_a_lead_with_the_right_source(
    demo: Served, page: Page, pictures: Path
) -> None:
    page.set_default_timeout(20_000)
    api = Api(demo)
    held: dict[str, str] = {"site": "", "form": ""}

    def page_of(path: str) -> str:
        where = f"{demo.url}/static/songsheet/dist/embed.js"
        script = f'<script async src="{where}" data-form="{held["form"]}"></script>'
        form = script if path.startswith("/ask") else ""
        return SITE.format(house=demo.url, site=held["site"], form=form)

    with website(page_of) as site:
        link = prepared(api, site, held)

        robot([link["address"]])
        page.goto(link["address"])
        page.get_by_role("button", name="No").click()
        page.wait_for_timeout(500)
        assert page.context.cookies(site) == []
        assert page.evaluate("Object.keys({...localStorage, ...sessionStorage}).length") == 0
        page.get_by_role("button", name="Allow").click()
        page.get_by_role("link", name="Ask us").click()
        fill_in(page, pictures)
        words = until(lambda: mailed(demo, MAIL), "the mail that asks")
        assert "80 desks" not in words
        assert "Nora" not in words

        def people() -> list[Any]:
            found = api("GET", f"/people?q={MAIL}")
            return list(found["items"])

        address = re.search(r"https?://\S+/confirm/\S+", words)
        assert address
        robot(re.findall(r"https?://\S+", words))
        time.sleep(2)
        assert people() == []
        page.goto(address[0])
        page.screenshot(path=pictures / "front-confirm.png")
        page.get_by_role("button").click()
        person = until(people, "the person")[0]
        page.goto(f"{site}/prices")  # what they did before is not told: they did not allow that
        page.wait_for_function("!!window.songsheet?.visitor?.()")
        page.wait_for_timeout(1_000)

    story = until(lambda: visited(api, person["key"]), "the visit in the story")
    sentences = [line["sentence"] for line in story["entries"]]
    assert sum(line["kind"] == "leads.lead_came" for line in story["entries"]) == 1, sentences
    (key,) = story["leads"]
    lead = api("GET", f"/leads/{key}")
    assert lead["source"] == link["source"] != ""
    assert ASKS in json.dumps(story)
    assert lead["owner"] or lead["queue"]
    results = until(lambda: settled(api, link["key"]), "what came of the link")
    assert (results["human"], results["machine"]) == (1, 2)


def visited(api: Api, person: str) -> Any:
    """The story once the visit stands in it."""
    story = api("GET", f"/story/{person}")
    return story if any("looked at" in line["sentence"] for line in story["entries"]) else None


def settled(api: Api, link: str) -> Any:
    """The results once the click of the human is known as one."""
    results = api("GET", f"/links/{link}")["results"]
    return results if results["human"] + results["machine"] == 3 else None
