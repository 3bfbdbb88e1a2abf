"""Rounds of SIGKILL while clients send events: what was acknowledged is stored, and nothing is stored twice.

`python -m bench.intake_kills [--rounds 200] [--clients 8]` with a home, a database and a server of its own, which
it ends. In each round, at a random moment, one is killed: a web process, the process that keeps them, a process
of the database; or the database is stopped and started, in every twentieth round for certain. A client sends the
same again until it is acknowledged, and now and then what was acknowledged long ago: its own list is the oracle.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import psycopg

from bench.own_house import House
from tests.clients import KEPT, Client, acknowledged, wrong_with
from tests.serving import children_of

#: Every so many rounds the database is stopped for certain.
RESTARTS = 20
#: So many seconds a web process stands before it is killed.
STANDS = 6.0
#: A round is over when so many events more are acknowledged.
GOES_ON = 50


class Killed(House):
    """A house whose parts are killed."""

    def __init__(self, place: Path) -> None:
        super().__init__(place, workers=2)
        self.since: dict[int, float] = {}

    def web(self) -> None:
        """A web process, where one has stood for long enough: the server gives up when one ends at once again."""
        old, until = list[int](), time.monotonic() + 2 * STANDS
        while not old and time.monotonic() < until:
            time.sleep(0.05)
            old = [pid for pid, since in self.there().items() if time.monotonic() - since > STANDS]
        self.kill(old)

    def there(self) -> dict[int, float]:
        """The web processes, and since when each was seen."""
        assert self.served
        now = time.monotonic()
        self.since = {pid: self.since.get(pid, now) for pid in children_of(self.served.pid)}
        return self.since

    def keep(self) -> bool:
        """Serve again where the server has ended by itself, as whoever keeps it on a machine does."""
        ended = self.served is not None and self.served.poll() is not None
        if ended:
            self.serve(worker=False)
        return ended

    def keeper(self) -> None:
        """The process that keeps the others: they end with it, and another one is started."""
        assert self.served
        self.postmaster()
        left = children_of(self.served.pid)
        self.served.kill()
        self.served.wait()
        self.serve(worker=False)
        until = time.monotonic() + 40
        while any(Path(f"/proc/{pid}").exists() for pid in left) and time.monotonic() < until:
            time.sleep(0.1)

    def database_process(self) -> None:
        """A process of the database, which then starts all of its processes anew."""
        self.kill(list(children_of(self.postmaster())))

    def database_restarts(self) -> None:
        """The database is stopped, and what is under way given up; the keeper starts it again."""
        before = self.postmaster()
        os.kill(before, signal.SIGINT)
        until = time.monotonic() + 60
        while Path(f"/proc/{before}").exists() and time.monotonic() < until:
            time.sleep(0.05)
        self.postmaster()

    def kill(self, pids: list[int]) -> None:
        if pids:
            with suppress(ProcessLookupError):
                os.kill(random.choice(pids), signal.SIGKILL)


def judged(database: str, clients: list[Client]) -> list[str]:
    """What is wrong."""
    with psycopg.connect(database) as connection:
        kept: dict[UUID, int] = dict(connection.execute(KEPT).fetchall())
        seen = {hash_ for (hash_,) in connection.execute("select hash from intake_seen").fetchall()}
    return wrong_with(clients, {one.hex: count for one, count in kept.items()}, {one.hex for one in seen})


def run(rounds: int, count: int, seconds: float) -> int:
    """Kill, go on, judge."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        house = Killed(Path(place))
        house.serve(worker=False)
        clients = [Client(number, house.port, house.key) for number in range(count)]
        for one in clients:
            one.start()
        ways = {house.web: 30, house.database_process: 20, house.database_restarts: 45, house.keeper: 5}
        done: Counter[str] = Counter()
        made = 0
        until = time.monotonic() + seconds
        while made < rounds and time.monotonic() < until:
            (way,) = random.choices(list(ways), list(ways.values()))
            if made % RESTARTS == RESTARTS - 1:  # whatever chance says, some of these
                way = house.database_restarts
            time.sleep(random.uniform(0.05, 0.5))
            with suppress(ProcessLookupError):
                way()
            done[way.__name__] += 1
            made += 1
            if made % 10 == 0:
                print(f"{made} rounds, {acknowledged(clients):,} acknowledged", file=sys.stderr, flush=True)
            heard = acknowledged(clients)
            while acknowledged(clients) < heard + GOES_ON and time.monotonic() < until:
                time.sleep(0.05)  # the next blow falls on a house that works again
                house.there()
                done["served anew"] += house.keep()
        time.sleep(5)
        for one in clients:
            one.going = False
        for one in clients:
            one.join(40)
        wrong = judged(house.database, clients)
        told = Counter(outcome for one in clients for outcome in one.told.values())
        answers = sum((one.answers for one in clients), Counter[str]())
        print(f"rounds {made} {dict(done)}; acknowledged {dict(told)}; answers {dict(answers)}")
        print("\n".join(wrong[:20]) or "acknowledged is stored, and nothing is stored twice")
        house.end()
    return len(wrong)


def main() -> None:
    """Say what was found; ends with 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument(
        "--seconds", type=float, default=3600, help="stop after so many, however many rounds that were"
    )
    given = parser.parse_args()
    sys.exit(1 if run(given.rounds, given.clients, given.seconds) else 0)


if __name__ == "__main__":
    main()
