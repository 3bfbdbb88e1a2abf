"""A form is built on its page: fields are added and moved, the preview follows, what is missing is said."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.intake.forms.colours import ink_on
from songsheet.intake.forms.models import Form, FormAnswer
from songsheet.intake.forms.queries import definition_of, version_of
from songsheet.intake.forms.stamps import stamp
from songsheet.intake.sites.models import Site
from songsheet.team.queries import now


@pytest.fixture
def client(cast: dict[str, Any]) -> Client:
    signed_in = Client()
    signed_in.force_login(cast["ruth"])
    return signed_in


def typed(page: str) -> dict[str, Any]:
    """What the builder would send as it stands."""
    builder = page[page.index('id="builder"') : page.index("</form>", page.index('id="builder"'))]
    found = dict(
        re.findall(r'<input type="(?:text|hidden)"(?: id="[^"]*")? name="([^"]+)" value="([^"]*)"', builder)
    )
    found |= dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', builder))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)">(.*?)</select>', builder, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_form_is_built_previewed_saved_and_answered(client: Client, at: datetime) -> None:
    site = Site.objects.create(name="Shop", origins=["https://shop.example"], made_at=at)
    assert "No form yet" in client.get("/forms").content.decode()
    given = typed(client.get("/forms/new").content.decode())
    given = typed(client.post("/forms/new", {**given, "do": "add"}).content.decode())
    given |= {"q3-label": "How many chairs?", "q3-kind": "choice", "q3-options": "Up to 50\nMore"}
    assert "How many chairs?" in client.post("/forms/preview", given).content.decode()
    given = typed(client.post("/forms/new", {**given, "do": "up:3"}).content.decode())
    assert (given["q2-label"], given["q2-name"]) == ("How many chairs?", "how_many_chairs")
    refused = client.post("/forms/new", {**given, "called": "", "do": "save"})
    assert (refused.status_code, "Give the form a name" in refused.content.decode()) == (422, True)
    given |= {"called": "Quote", "colour": "#ffcc00", "sites": [site.key]}
    assert client.post("/forms/new", given).status_code == 302
    form = Form.objects.get()
    body = definition_of(version_of(form))
    assert [one.kind for one in body.fields] == ["text", "mail", "choice", "long"]
    page = client.get(f"/forms/{form.key}/change").content.decode()
    assert (
        client.post(
            f"/forms/{form.key}/change",
            {
                **typed(page),
                "title": "Ask for a quote",
                "q3-required": "on",
                "q0-required": "on",
                "q1-required": "on",
                "sites": [site.key],
            },
        ).status_code
        == 302
    )
    stale = client.post(f"/forms/{form.key}/change", typed(page))
    assert (stale.status_code, "Somebody changed this form" in stale.content.decode()) == (409, True)
    shown = Client().get(f"/f/{form.key}")
    policy = shown["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://shop.example" in policy
    assert "X-Frame-Options" not in shown
    assert f'href="/f/{form.key}/colours.css?ffcc00"' in shown.content.decode()
    assert "--color-on-accent:#10110f" in Client().get(f"/f/{form.key}/colours.css").content.decode()
    assert (ink_on("#000000"), ink_on("#0d6175"), ink_on("#ffffff")) == ("#ffffff", "#ffffff", "#10110f")


def test_a_member_looks_at_what_seems_strange(client: Client, cast: dict[str, Any]) -> None:
    given = typed(client.get("/forms/new").content.decode()) | {"called": "Ask"}
    client.post("/forms/new", given)
    form = Form.objects.get()
    asked = {"name": "<b>Nils</b>", "mail": "n@x.example", "question": "What does it cost?"}
    mark = stamp(form.key, 1, at=now())
    assert Client().post(f"/in/forms/{form.key}", {**asked, "_stamp": mark}).status_code == 303
    answer = FormAnswer.objects.get()
    here = f"/forms/{form.key}/answers/{answer.key}"
    page = client.get(f"/forms/{form.key}").content.decode()
    assert "faster than a person types" in page
    assert "&lt;b&gt;Nils" in page
    assert client.post(f"{here}/drop", follow=True).status_code == 200
    assert client.post(f"{here}/let-in").status_code == 409
    assert client.post(f"{here}/back").status_code == 302
    assert "their enquiry" in client.post(f"{here}/let-in", follow=True).content.decode()
    assert "1 answer" in client.get("/forms").content.decode()
    assert client.post(f"/forms/{form.key}/end").status_code == 302
    assert client.get(f"/f/{form.key}").status_code == 404
    assert (
        client.post("/consent-texts", {"purpose": "mail", "language": "en", "text": "x"}).status_code == 422
    )
    wrote = {"purpose": "mail", "language": "en", "text": "Aldermoor writes to me once a month."}
    assert "version 1" in client.post("/consent-texts", wrote, follow=True).content.decode()
    finance = Client()
    finance.force_login(cast["priya"])
    assert finance.get("/forms").status_code == 403
