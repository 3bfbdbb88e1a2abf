"""The other processes of the tests: `python -m songsheet.journal.tests.processes ROLE SEED`."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

WRITERS = 8
READERS = 2
ROWS = 30
ACTS = 50
STORM = 100_000
CHUNK = 2_000


def start(role: str, database: str, seed: int = 0) -> subprocess.Popen[bytes]:
    """Start one; it belongs to the test, which waits for it or kills it."""
    from django.conf import settings

    given = settings.DATABASES["default"]
    url = f"postgresql://{given['USER']}@/{database}?host={given['HOST']}"
    return subprocess.Popen(
        [sys.executable, "-m", __name__, role, str(seed)], env={**os.environ, "DATABASE_URL": url}
    )


class OnPurpose(Exception):
    """A failure that the test wants."""


def write(seed: int) -> None:
    """Acts on random rows; inner ones and whole ones fail on purpose, chunks are recorded in between."""
    from songsheet.base.ids import many_keys
    from songsheet.journal.act import act
    from songsheet.journal.actors import system
    from songsheet.journal.tests.kinds import Echoed

    chance = random.Random(seed)
    by, at = system(f"writer{seed}"), datetime.now(UTC)
    for _ in range(ACTS):
        try:
            with act(by=by, at=at) as record:
                rows = sorted(chance.sample(range(1, ROWS + 1), 2))
                _count(rows[0], record, 1)
                _fail_inside(chance, rows[1], by, at)
                if chance.random() < 0.5:
                    with act(by=by, at=at) as inner:
                        _count(rows[1], inner, 1)
                if chance.random() < 0.1:
                    raise OnPurpose
        except OnPurpose:
            continue
        if chance.random() < 0.1:
            with act(by=by, at=at, lane="history") as record:
                record.bulk(Echoed, [{"lead": key} for key in many_keys("lead", 200)], [at] * 200)


def _fail_inside(chance: random.Random, row: int, by: Any, at: datetime) -> None:
    from songsheet.journal.act import act

    if chance.random() < 0.4:
        try:
            with act(by=by, at=at) as inner:
                _count(row, inner, 1_000)
                raise OnPurpose
        except OnPurpose:
            return


def _count(row: int, record: Callable[..., None], more: int) -> None:
    """Lock a row, count it up, and record the number it then has."""
    from songsheet.journal.sql import rows
    from songsheet.journal.tests.kinds import Tried

    (found,) = rows("select key, count from tried_row where id = %s for update", [row])
    ((number,),) = rows("update tried_row set count = count + %s where id = %s returning count", [more, row])
    assert number == found[1] + more
    record(Tried(lead=found[0], number=number))


def reader(failing: float) -> Any:
    """Writes down what it hears and echoes it; fails now and then."""
    from songsheet.journal.act import act
    from songsheet.journal.actors import system
    from songsheet.journal.entries import Entry
    from songsheet.journal.reader import Reader
    from songsheet.journal.sql import execute
    from songsheet.journal.tests.kinds import Echoed, Tried

    def answer(entry: Entry[Tried]) -> None:
        execute(
            "insert into heard (position, lead, number) values (%s, %s, %s)",
            [entry.position, entry.event.lead, entry.event.number],
        )
        with act(by=system("echo"), at=entry.recorded_at, because=entry) as record:
            record(Echoed(lead=entry.event.lead))
        if random.random() < failing:
            raise OnPurpose

    return Reader("echo", handles={Tried: answer})


def hear(seed: int) -> None:
    """Listen until killed."""
    from songsheet.journal.readers import listen

    random.seed(seed)
    listen([reader(failing=0.03)], threading.Event(), patience=0.2)


def crowd(seed: int) -> None:
    """Writers until all are through, and readers that live a second or less each, killed in mid-work."""
    chance = random.Random(seed)
    writers = [_fork(write, number) for number in range(1, WRITERS + 1)]
    readers = [_fork(hear, number) for number in range(READERS)]
    kills = 0
    while any(os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None for pid in writers):
        time.sleep(chance.uniform(0.2, 0.8))
        _kill(readers.pop(chance.randrange(READERS)))
        kills += 1
        readers.append(_fork(hear, READERS + kills))
    for pid in readers:
        _kill(pid)
    if kills < 3 or any(os.waitpid(pid, 0)[1] for pid in writers):
        sys.exit(f"{kills} kills; a writer failed")


def _fork(role: Callable[[int], None], seed: int) -> int:
    """A process that plays the role; no connection is open yet, so there is nothing to share."""
    pid = os.fork()
    if pid:
        return pid
    try:
        role(seed)
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def storm(seed: int) -> None:
    """Record a hundred thousand entries of history as fast as it goes."""
    from songsheet.base.ids import many_keys
    from songsheet.journal.act import act
    from songsheet.journal.actors import system
    from songsheet.journal.tests.kinds import Tried

    at = datetime.now(UTC)
    for _ in range(STORM // CHUNK):
        with act(by=system("storm"), at=at, lane="history") as record:
            record.bulk(Tried, [{"lead": key} for key in many_keys("lead", CHUNK)], [at] * CHUNK)


def main(role: str, seed: str) -> None:
    """Play the role in the database of DATABASE_URL."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "songsheet.config.settings"
    import django

    django.setup()
    import songsheet.journal.tests.kinds  # noqa: F401

    {"crowd": crowd, "storm": storm}[role](int(seed))


if __name__ == "__main__":
    main(*sys.argv[1:])
