"""Rounds of SIGKILL while clients send events: what was acknowledged is stored, and nothing is stored twice.

`python -m bench.intake_kills [--rounds 200] [--clients 8]` with a home, a database and a server of its own, which
it ends. In each round, at a random moment, one is killed: a web process, the process that keeps them, a process
of the database; or the database is stopped and started, in every twentieth round for certain. A client sends the
same again until it is acknowledged, and now and then what was acknowledged long ago: its own list is the oracle.
"""

import argparse
import http.client
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import psycopg

from bench.own_house import House
from songsheet.intake.inbox.put_actions import hash_of
from tests.serving import children_of

#: Every so many rounds the database is stopped for certain.
RESTARTS = 20
#: A round is over when so many events more are acknowledged.
GOES_ON = 50


class Client(threading.Thread):
    """Sends events one after another, some by themselves and some in batches, and writes down what it was told."""

    def __init__(self, number: int, port: int, key: str) -> None:
        super().__init__(daemon=True)
        self.number, self.port, self.key = number, port, key
        self.told: dict[str, str] = {}
        self.answers: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.going = True

    def run(self) -> None:
        sent = 0
        while self.going:
            ids = [f"{self.number}-{sent + n}" for n in range(random.choice((1, 1, 1, 5, 40)))]
            sent += len(ids)
            if len(ids) > 1 and self.told and random.random() < 0.3:
                ids.append(random.choice(list(self.told)))
            while self.going and not self.sent(ids):
                time.sleep(0.05)

    def sent(self, ids: list[str]) -> bool:
        """Whether they are acknowledged."""
        events = [{"id": id_, "type": "download", "subject": "Catalogue"} for id_ in ids]
        body = json.dumps(events[0] if len(ids) == 1 else events)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", "/in/events", body, {"Authorization": f"Bearer {self.key}"})
            answer = connection.getresponse()
            content = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.answers[type(error).__name__] += 1
            return False
        finally:
            connection.close()
        self.answers[str(answer.status)] += 1
        if answer.status != 202:
            return False
        for one in content.get("verdicts", [content]):
            if one["outcome"] == "accepted" and one["id"] in self.told:
                self.wrong.append(f"{one['id']} was acknowledged before, and is accepted again")
            self.told.setdefault(one["id"], one["outcome"])
        return True


class Killed(House):
    """A house whose parts are killed."""

    def web(self) -> None:
        """A web process."""
        assert self.served
        self.kill(list(children_of(self.served.pid)))

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


def acknowledged(clients: list[Client]) -> int:
    return sum(len(one.told) for one in clients)


def judged(database: str, clients: list[Client]) -> list[str]:
    """What is wrong: acknowledged and not stored, stored twice, stored and unknown."""
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "select hash, count(*) from (select hash from intake_inbox union all select hash from intake_raw) as kept"
            " group by 1"
        ).fetchall()
        seen = {hash_ for (hash_,) in connection.execute("select hash from intake_seen").fetchall()}
    kept: dict[UUID, int] = dict(rows)
    told = {hash_of("api", id_): id_ for one in clients for id_ in one.told}
    wrong = [f"{id_} was acknowledged and is not stored" for hash_, id_ in told.items() if hash_ not in kept]
    wrong += [f"{hash_} is stored {count} times" for hash_, count in rows if count > 1]
    wrong += [f"{hash_} is stored and not known as seen" for hash_ in kept.keys() - seen]
    wrong += [f"{hash_} is known as seen and not stored" for hash_ in seen - kept.keys()]
    return wrong + [one for client in clients for one in client.wrong]


def run(rounds: int, count: int, seconds: float) -> int:
    """Kill, go on, judge."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        house = Killed(Path(place), workers=2)
        house.serve(worker=False)
        clients = [Client(number, house.port, house.key) for number in range(count)]
        for one in clients:
            one.start()
        ways = {house.web: 60, house.database_process: 25, house.database_restarts: 8, house.keeper: 7}
        done: Counter[str] = Counter()
        until = time.monotonic() + seconds
        while sum(done.values()) < rounds and time.monotonic() < until:
            (way,) = random.choices(list(ways), list(ways.values()))
            if sum(done.values()) % RESTARTS == RESTARTS - 1:  # whatever chance says, some of these
                way = house.database_restarts
            time.sleep(random.uniform(0.05, 0.5))
            with suppress(ProcessLookupError):
                way()
            done[way.__name__] += 1
            heard = acknowledged(clients)
            while acknowledged(clients) < heard + GOES_ON and time.monotonic() < until:
                time.sleep(0.05)  # the next blow falls on a house that works again
        time.sleep(5)
        for one in clients:
            one.going = False
        for one in clients:
            one.join(40)
        wrong = judged(house.database, clients)
        told = Counter(outcome for one in clients for outcome in one.told.values())
        answers = sum((one.answers for one in clients), Counter[str]())
        print(f"rounds {sum(done.values())} {dict(done)}; acknowledged {dict(told)}; answers {dict(answers)}")
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
