"""The generated client, tried against the served API; a webhook delivered by the real worker."""

import importlib.util
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import orjson
import pytest

from songsheet.beside.tests.receiver import receiving, verified
from tests.serving import ROOT, Served

pytestmark = pytest.mark.wide


@pytest.fixture
def client(demo: Served, tmp_path: Path) -> Any:
    """The module made anew from the code, with a key of the owner."""
    path = tmp_path / "songsheet_client.py"
    schema = tmp_path / "openapi.json"
    issued = demo.run("key", "create", "--member", "Ruth Abara", "--scope", "admin", "--json")
    key = orjson.loads(issued.stdout)["key"]
    headers = {"Authorization": f"Bearer {key}"}
    asked = urllib.request.Request(f"{demo.url}/api/v1/openapi.json", headers=headers)  # noqa: S310
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
        schema.write_bytes(answer.read())
    generate = [sys.executable, str(ROOT / "clients/python/generate.py"), str(schema), str(path)]
    subprocess.run(generate, check=True)
    spec = importlib.util.spec_from_file_location("songsheet_client", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.Client(demo.url, key)
    made.Problem = module.Problem
    return made


def test_the_client_makes_reads_changes_and_walks(client: Any) -> None:
    body = {"person": {"name": "Ida Client", "mails": ["ida@client.example"]}, "wants": "desks"}
    lead = client.create_lead(body, idempotency_key="client-1")
    assert client.create_lead(body, idempotency_key="client-1") == lead
    assert client.read_lead(lead["key"])["wants"] == "desks"
    changed = client.change_lead(lead["key"], {"wants": None}, version=lead["version"])
    assert changed["wants"] == ""
    with pytest.raises(client.Problem) as refused:
        client.read_person("person_00000000000000000000000000")
    assert (refused.value.status, refused.value.code) == (404, "no_such_person")
    verdicts = client.create_people({"items": [{"name": "Bo"}, {"mails": ["x"]}]})
    assert (verdicts["created"], verdicts["rejected"]) == (1, 1)
    keys = [row["key"] for row in client.every(client.list_leads, state="open", limit=200)]
    assert lead["key"] in keys
    assert len(keys) == len(set(keys))
    assert client.search(q="ida client")
    assert client.read_letters(from_="2026-01-01")["leads"] >= 0


def test_the_served_worker_delivers_a_webhook(client: Any) -> None:
    with receiving() as receiver:
        hook = client.create_webhook({"url": receiver.url, "kinds": ["buyers.company_met"]})
        client.create_company({"name": "Hooked Ltd"})
        client.ping_webhook(hook["key"])
        until = time.monotonic() + 30
        while len(receiver.got) < 2 and time.monotonic() < until:
            time.sleep(0.2)
        assert {one["type"] for one in receiver.events()} == {"buyers.company_met", "beside.ping"}
        assert all(verified(hook["secret"], *got) for got in receiver.got)
    assert {one["state"] for one in client.list_deliveries(hook["key"])} == {"delivered"}
    client.delete_webhook(hook["key"])
