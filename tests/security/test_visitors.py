"""What visitors say of themselves, full of script, comes by every door and is looked at in a real browser."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Page

from songsheet.base import bulk
from songsheet.buyers.models import Person
from songsheet.intake.arriving.actions import take_in
from songsheet.intake.forms.actions import make_form
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.models import FormAnswer
from songsheet.intake.models import HeldBack, Hit, Link, Site
from songsheet.intake.tests.knocking import Knocker, knocking
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import issue_key
from songsheet.team.models import House
from songsheet.team.queries import now
from tests.conftest import database_url
from tests.security.spoiling import MARKUP
from tests.security.test_browser import FOUND, WATCH
from tests.serving import serving

pytestmark = pytest.mark.browser

SITE = "https://www.desk.example"
#: As a header can bring it.
HEADER = MARKUP.encode("latin-1", "ignore").decode("latin-1").replace("\x07", "")
AGENT = f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 {HEADER}"
FORM = {
    "title": "Ask",
    "becomes": "story",
    "fields": [
        {"name": "name", "label": "Name", "means": "name"},
        {"name": "mail", "kind": "mail", "label": "Mail", "required": True},
        {"name": "asks", "kind": "long", "label": "Question", "means": "question"},
    ],
}
#: Without what JSON may not hold.
SAID = MARKUP.replace("\x07", "")
PAGE = {"url": f"{SITE}/?q=<script>", "title": SAID[:200], "referrer": f"https://{HEADER}/"}
MARKS = dict.fromkeys(("source", "medium", "campaign", "term", "content"), MARKUP[:100].replace("\x07", ""))


def events_of(visitor: str) -> list[dict[str, Any]]:
    """What a program sends of somebody who typed markup wherever they could; the last is no event."""
    who = {"mail": "a@b.example", "name": SAID[:200], "company": HEADER[:200]}
    said = {"subject": HEADER, "text": HEADER, "status": HEADER[:60], "heard_from": HEADER[:200]}
    id_ = MARKUP[:60].replace("\x07", "")
    return [
        {"id": id_, "type": "visit", "visitor": visitor, "person": who, **said},
        {"id": "3", "type": "form", "campaign": HEADER, "person": {"mail": "c@d.example"}},
        {"id": "4", "type": "call", HEADER: HEADER},
    ]


@pytest.fixture
def visited(own_database: str, cast: dict[str, Any]) -> list[str]:
    """The pages that show what came, after each door was used."""
    by, tom = as_member(cast["ruth"]), as_member(cast["tom"])
    site = Site.objects.create(name="Desk", origins=[SITE], mode="stitched", made_at=now())
    link = Link.objects.create(token="Chairs", name="Chairs", target=f"{SITE}/", made_at=now())
    _, key = issue_key(member=cast["tom"], scopes=["send"], by=as_system("tests"), at=now())
    form = make_form(name="Ask", body=Definition.model_validate(FORM), by=by, at=now())
    visitor = str(uuid4())

    async def script(door: Knocker) -> None:
        await door.ask(
            "GET", "/l/Chairs?utm_source=%3Cscript%3E", user_agent=AGENT, referer=f"https://{HEADER}/{HEADER}"
        )
        view = {"id": "1", "type": "page_view", "visitor": visitor, "page": PAGE, "utm": MARKS}
        to = f"/in/events?site={site.key}"
        answer = await door.ask("POST", to, view, origin=SITE, user_agent=AGENT, referer=HEADER)
        assert answer.status == 202, answer.body
        assert (await door.send(events_of(visitor), key)).status == 202

    knocking(script)
    answer = Client(HTTP_USER_AGENT=AGENT).post(
        f"/in/forms/{form.key}?utm_source={HEADER}",
        {"name": MARKUP, "mail": "e@f.example", "asks": MARKUP, "_referrer": HEADER, "_page": SITE + HEADER,
         "_utm_source": HEADER, "_visitor": MARKUP, "_stamp": MARKUP, "_id": MARKUP, "_wording": MARKUP},
    )  # fmt: skip
    assert answer.status_code in (303, 422)
    while take_in(at=now()):
        pass
    assert Hit.objects.count() == 2
    assert bulk.rows("select count(*) from intake_raw")[0][0] >= 3
    people = [f"/buyers/{one}" for one in Person.objects.values_list("key", flat=True)]
    held = [f"/incoming/held/{one}" for one in HeldBack.objects.values_list("key", flat=True)]
    assert tom.member
    assert people
    assert len(held) == 2
    assert FormAnswer.objects.filter(form=form).exists()
    return [
        "/incoming", "/incoming?door=click", "/incoming/held", *held, "/links", f"/links/{link.key}",
        "/sites", f"/sites/{site.key}", f"/forms/{form.key}", "/enquiries", "/touches", "/buyers",
        "/leads", *people,
    ]  # fmt: skip


def test_nothing_that_a_visitor_sends_runs_where_it_is_looked_at(
    own_database: str, own_home: Path, visited: list[str], page: Page
) -> None:
    House.objects.update(is_demo=True)
    wrong: list[str] = []
    page.add_init_script(WATCH)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))

    def asked(dialog: Any) -> None:
        wrong.append(f"{page.url} opened a dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", asked)
    shown = 0
    with serving(own_home, database_url(own_database), command=("serve", "--no-worker")) as served:
        for address in visited:
            answer = page.goto(served.url + address, wait_until="load")
            if answer is None or answer.status != 200:
                wrong.append(f"{address} answered {answer and answer.status}")
            wrong += [f"{address}: {one[:200]}" for one in page.evaluate(FOUND)]
            shown += "alert(1)" in page.inner_text("body")
    assert not wrong, "\n".join(wrong)
    assert shown >= 4, "what they sent is shown as words"
