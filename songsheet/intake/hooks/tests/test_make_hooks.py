"""Hooks are made on their page and by the API; a secret is told once and never again."""

from datetime import datetime
from typing import Any

import orjson
import pytest
from django.test import Client

from songsheet.intake.hooks.actions import MOST_SECRETS, make_hook
from songsheet.intake.hooks.errors import LastSecret, ShapeRefused
from songsheet.intake.hooks.events import HookChanged, HookGone, HookMade
from songsheet.intake.hooks.models import Hook, HookSecret
from songsheet.intake.inbox.models import HeldBack
from songsheet.intake.inbox.put_actions import Held, hold_back
from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import as_member
from songsheet.team.actions import issue_key


@pytest.fixture
def client(cast: dict[str, Any]) -> Client:
    client = Client()
    client.force_login(cast["tom"])
    return client


def test_a_hook_is_made_mapped_and_taken_out_on_its_pages(client: Client, at: datetime) -> None:
    refused = client.post("/hooks/new", {"name": "", "shape": "zoom"})
    assert refused.status_code == 422
    refused = client.post("/hooks/new", {"name": "Zoom <b>", "shape": "zoom", "secret": "short"})
    assert "sixteen characters" in refused.content.decode()
    made = client.post(
        "/hooks/new", {"name": "Ours", "shape": "mapped", "signing": "standard", "source": "Fair"}
    )
    hook = Hook.objects.get()
    assert_recorded(HookMade, hook=hook.key, shape="mapped")
    assert "whsec_" in made.content.decode()
    assert "whsec_" not in client.get(f"/hooks/{hook.key}").content.decode()

    sample = {"nr": 7, "who": "ida@northfield.example"}
    hold_back([Held("hook", hook.key, orjson.dumps(sample).decode(), "type: missing", "type")])
    page = client.get(f"/hooks/{hook.key}").content.decode()
    assert "ida@northfield.example" in page, "what came is the sample to try a mapping on"
    lines = "id = nr\ntype = =form\nperson.mail = who"
    address = f"/hooks/{hook.key}/mapping"
    text = orjson.dumps(sample).decode()
    wrong = client.post(address, {"mapping": "nonsense", "sample": text})
    assert (wrong.status_code, "no equals sign" in wrong.content.decode()) == (422, True)
    tried = client.post(address, {"mapping": lines, "sample": text}).content.decode()
    assert "makes 1 event" in tried
    assert "&#x27;mail&#x27;: &#x27;ida@northfield.example&#x27;" in tried
    assert not Hook.objects.get().mapping
    assert client.post(address, {"mapping": lines, "sample": text, "keep": "1"}).status_code == 302
    assert_recorded(HookChanged, hook=hook.key, fields="mapping")
    held = HeldBack.objects.get()
    again = client.post(f"/incoming/held/{held.key}/again", {"body": text, "version": held.version})
    assert again.status_code == 302

    assert client.post(f"/hooks/{hook.key}/change", {"name": "Others"}).status_code == 302
    assert "Others" in client.get("/hooks").content.decode()
    assert client.post(f"/hooks/{hook.key}/end").status_code == 302
    assert_recorded(HookGone, hook=hook.key)
    assert client.get(f"/hooks/{hook.key}").status_code == 404


def test_the_api_tells_a_secret_once(cast: dict[str, Any], at: datetime) -> None:
    _, key = issue_key(member=cast["tom"], scopes=["write"], by=as_member(cast["ruth"]), at=at)
    client = Client(headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "once"})
    given = {"name": "Ours", "shape": "typeform"}
    first, again = (client.post("/api/v1/hooks", given, content_type="application/json") for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert (len(first.json()["secret"]) > 40, again.json()["secret"]) == (True, None)
    one = f"/api/v1/hooks/{first.json()['key']}"
    assert client.get(one).json()["secret"] is None
    assert client.get("/api/v1/hooks").json()[0]["address"].endswith(f"/in/hooks/{first.json()['key']}")
    (secret,) = HookSecret.objects.values_list("sealed", flat=True)
    assert first.json()["secret"] not in secret


def test_a_hook_is_never_without_a_secret_nor_with_many(
    cast: dict[str, Any], client: Client, at: datetime
) -> None:
    ruth = as_member(cast["ruth"])
    hook, _ = make_hook(name="x", shape="calendly", by=ruth, at=at)
    for shape, signing in (("nobody", ""), ("typeform", "shared"), ("mapped", "zoom")):
        with pytest.raises(ShapeRefused):
            make_hook(name="x", shape=shape, signing=signing, by=ruth, at=at)
    (only,) = HookSecret.objects.all()
    assert client.post(f"/hooks/{hook.key}/secrets/{only.key}/end").status_code == LastSecret.status
    for _ in range(MOST_SECRETS - 1):
        assert "Copy it now" in client.post(f"/hooks/{hook.key}/secrets").content.decode()
    assert client.post(f"/hooks/{hook.key}/secrets").status_code == LastSecret.status
    assert client.post(f"/hooks/{hook.key}/secrets/{only.key}/end").status_code == 302
    assert client.post(f"/hooks/{hook.key}/secrets/{only.key}/end").status_code == 404
