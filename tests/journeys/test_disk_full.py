"""P6: a full disk. What was answered is kept, what cannot be done is refused in words, and it goes on."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.clients import KEPT, Client, acknowledged, wrong_with
from tests.serving import ROOT, Served, serving

pytestmark = pytest.mark.slow
SIZE = 320
#: Needs the next file of the log of writes: where there is no room for it, the database ends itself.
NEXT_FILE = """
from songsheet.config.prepare import ready
ready()
from django.db import connection
with connection.cursor() as cursor:
    print("connected", flush=True)
    input()
    for number in range(40):
        cursor.execute("select pg_logical_emit_message(true, 'songsheet', 'x')")
        cursor.execute("select pg_switch_wal()")
"""
KEY = """
from songsheet.config.prepare import ready
ready()
from songsheet.team.acting import as_system
from songsheet.team.actions import issue_key, join_team
from songsheet.team.queries import now
by = {"by": as_system("tests"), "at": now()}
ruth = join_team(name="Ruth Abara", email="ruth@full.example", role="owner", **by)
print(issue_key(member=ruth, scopes=["admin", "send"], **by)[1])
"""
STORED = f"""
import json
from songsheet.config.prepare import ready
ready()
from songsheet.base import bulk
kept = {{mark.hex: count for mark, count in bulk.rows({KEPT!r})}}
print(json.dumps([kept, [mark.hex for mark, in bulk.rows("select hash from intake_seen")]]))
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room; not run where none may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("not run: no file system can be mounted here (it takes root)")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def room(place: Path) -> int:
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize


def fill(place: Path) -> Path:
    """A file that takes all the room there is."""
    filler = place / "filler"
    with filler.open("ab") as file:
        try:
            while True:
                file.write(b"\0" * 65536)
                file.flush()
        except OSError:
            return filler


def run_script(served: Served, script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", script],
        env=served.environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def using_up_the_log(served: Served) -> Iterator[Callable[[], None]]:
    """Has the database end for want of room, and not come back by itself. A new connection may need room, so
    this one stands before."""
    with subprocess.Popen(
        [sys.executable, "-c", NEXT_FILE], env=served.environ, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as script:  # fmt: skip
        assert script.stdout
        assert script.stdout.readline() == "connected\n"

        def use_up() -> None:
            said = script.communicate("go\n")[1]
            assert "could not write to file" in said, said[-500:]

        yield use_up


class Caller:
    """A program that brings people in, and writes down what was answered."""

    def __init__(self, served: Served, key: str) -> None:
        self.served, self.key = served, key
        self.kept: list[str] = []
        self.refused: list[tuple[int, str, str]] = []
        self.number = 0

    def call(self, path: str, body: dict[str, Any] | None = None) -> tuple[int, str, bytes]:
        request = urllib.request.Request(  # noqa: S310
            f"{self.served.url}/api/v1{path}",
            data=json.dumps(body).encode() if body else None,
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                return answer.status, answer.headers["Content-Type"], answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers["Content-Type"], error.read()

    def bring(self) -> bool:
        """One person more; whether it was taken."""
        self.number += 1
        name = f"Person {self.number} " + "x" * 150
        status, kind, body = self.call("/people", {"name": name, "mails": [f"p{self.number}@full.example"]})
        if status == 201:
            self.kept.append(json.loads(body)["key"])
        else:
            self.refused.append((status, kind, body.decode()[:300]))
        return status == 201


def test_a_full_disk_refuses_in_words_loses_nothing_and_is_over_when_there_is_room(small_disk: Path) -> None:
    with serving(small_disk / "home", "", command=("serve", "--no-worker")) as served:
        caller = Caller(served, run_script(served, KEY).stdout.split()[-1])
        assert all(caller.bring() for _ in range(20)), caller.refused
        with using_up_the_log(served) as use_up:
            filler = fill(small_disk)
            until = time.monotonic() + 120
            while len(caller.refused) < 5 and time.monotonic() < until:
                caller.bring()
            assert caller.refused, "it never got full"
            use_up()
        assert not any(caller.bring() for _ in range(3)), "there is no database"
        filler.unlink()
        before, until = len(caller.kept), time.monotonic() + 60
        while len(caller.kept) < before + 10:
            assert time.monotonic() < until, f"it does not go on: {caller.refused[-1]}"
            time.sleep(0 if caller.bring() else 0.5)
        lost = [one for one in caller.kept if caller.call(f"/people/{one}")[0] != 200]
        assert not lost
        assert {(status, kind) for status, kind, _ in caller.refused} == {(503, "application/problem+json")}
        assert {json.loads(body)["code"] for _, _, body in caller.refused} == {"no_room", "not_there"}
        served.run("check", "--full")


def until(what: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_events_that_are_acknowledged_while_the_disk_fills_are_kept_once(small_disk: Path) -> None:
    with serving(small_disk / "home", "", command=("serve", "--no-worker")) as served:
        key = run_script(served, KEY).stdout.split()[-1]
        clients = [Client(number, int(served.url.rpartition(":")[2]), key) for number in range(8)]
        for one in clients:
            one.start()
        until(lambda: acknowledged(clients) > 500)
        with using_up_the_log(served) as use_up:
            filler = fill(small_disk)
            until(lambda: sum(one.answers["503"] for one in clients) > 20)
            use_up()
        filler.unlink()
        before = acknowledged(clients)
        until(lambda: acknowledged(clients) > before + 500)
        for one in clients:
            one.going = False
        for one in clients:
            one.join(40)
        kept, seen = json.loads(run_script(served, STORED).stdout.splitlines()[-1])
        assert wrong_with(clients, kept, seen) == []
        assert sum((one.answers for one in clients), Counter[str]()).keys() <= {
            "202", "503", "ConnectionResetError", "RemoteDisconnected",
        }  # fmt: skip
