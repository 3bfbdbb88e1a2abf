"""List pages while an import of leads runs beside them: median of each page meanwhile, and quiet before and after.

The import fills what the pages show (no company stands before it, nobody called Ann), so that only *after* shows the
same rows: the bar is held against that.

`python -m bench.beside [--leads 100000] [--people 1000000] [--json]` on the configured server, in a database of
its own. Pages are answered whole, with frame and session, by this process; the import runs in another.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import imports

DATABASE = "songsheet_bench_beside"
PAGES = ("/buyers", "/leads", "/deals", "/companies", "/leads?q=ann", "/buyers?q=ann")
#: Meanwhile a page may take so many times as long.
BAR = 2.0
ROUNDS = 30


def reader() -> Any:
    """A signed-in visitor."""
    from django.conf import settings
    from django.test import Client
    from django.urls import get_resolver

    from songsheet.config.memory import settle
    from songsheet.team.models import Member

    settings.ALLOWED_HOSTS = ["*"]
    get_resolver().url_patterns  # noqa: B018 - as a process of the web does before it answers
    settle()
    client = Client(SERVER_NAME="localhost")
    rhea = Member.objects.filter(email="rhea@example.test").first()
    client.force_login(
        rhea or Member.objects.create(name="Rhea Reader", email="rhea@example.test", role="owner")
    )
    return client


def one_round(client: Any) -> dict[str, float]:
    """Milliseconds of each page, asked once."""
    found = {}
    for page in PAGES:
        began = time.perf_counter()
        answer = client.get(page)
        found[page] = (time.perf_counter() - began) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{page} answered {answer.status_code}")
        time.sleep(0.05)  # a reader looks at what came
    return found


def medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The median of each page."""
    return {page: round(statistics.median(one[page] for one in rounds), 1) for page in PAGES}


def bring(path: str) -> None:
    """The import, in a process of its own on the database that stands."""
    connect(DATABASE)
    from songsheet.imports.actions import begin, run_import
    from songsheet.imports.presets import load_preset
    from songsheet.team.acting import as_system

    at = datetime.now(UTC)
    run, made = begin([Path(path)], load_preset("zoho"), by=as_system("bench"), at=at)
    run_import(run.key, at=at, made=made)


def connect(database: str) -> None:
    """Django on a database that stands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database


def main() -> None:
    """Lay the base, read quietly, read while an import runs, read quietly again."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--leads", type=int, default=100_000)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--json", action="store_true", help="the JSON line only")
    options.add_argument("--bring", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.bring:
        return bring(chosen.bring)
    imports.DATABASE = DATABASE
    imports.prepare()
    imports.base_of(chosen.people)
    client = reader()
    one_round(client)
    before = medians([one_round(client) for _ in range(ROUNDS)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leads.csv"
        imports.write_leads(path, chosen.leads)
        began, rounds = time.monotonic(), []
        with subprocess.Popen([sys.executable, "-m", "bench.beside", "--bring", str(path)]) as work:
            while work.poll() is None:
                rounds.append(one_round(client))
        took = time.monotonic() - began
        if work.returncode:
            raise SystemExit("The import failed.")
    after = medians([one_round(client) for _ in range(ROUNDS)])
    meanwhile = medians(rounds)
    slower = {page: round(meanwhile[page] / after[page], 2) for page in PAGES}
    for page in PAGES if not chosen.json else []:
        print(
            f"{page:16}{before[page]:8.1f} ms before{meanwhile[page]:8.1f} ms meanwhile{after[page]:8.1f} ms after"
            f"{slower[page]:7.2f} times (bar {BAR})"
        )
    told = {"before": before, "meanwhile": meanwhile, "after": after, "times": slower, "rounds": len(rounds)}
    print(json.dumps({**told, "import_seconds": round(took, 1)}))


if __name__ == "__main__":
    main()
