"""The database that comes along is told to stop and cannot: it is ended, and comes back with what it had."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT

pytestmark = pytest.mark.slow
#: A server one of whose processes stands still, as they do in each other's way when it is told to stop while
#: it recovers.
STUCK = """
import os, signal, sys, time
from pathlib import Path
import psycopg
from songsheet.config import postgres
from tests.serving import children_of
home = Path(sys.argv[1])
url = postgres.embedded_url(home)
with psycopg.connect(url, autocommit=True) as connection:
    connection.execute("create table kept as select 7 as it")
data = home / "postgres"
postmaster = int((data / "postmaster.pid").read_text().split()[0])
(standing,) = [pid for pid, words in children_of(postmaster).items() if b"checkpointer" in words]
os.kill(standing, signal.SIGSTOP)
os.kill(postmaster, signal.SIGINT)
until = time.monotonic() + 20
while "stopping" not in (data / "postmaster.pid").read_text() and time.monotonic() < until:
    time.sleep(0.1)
time.sleep(3)
assert Path(f"/proc/{postmaster}").exists(), "it ended by itself"
postgres.end_if_stuck(data)
time.sleep(1)
assert Path(f"/proc/{postmaster}").exists(), "it is given its time"
postgres.STOPS_WITHIN = 0.5
until = time.monotonic() + 60
while time.monotonic() < until:
    try:
        postgres.revive()
        with psycopg.connect(url) as connection:
            print("kept", connection.execute("select it from kept").fetchone())
            break
    except (AssertionError, psycopg.OperationalError):
        time.sleep(0.5)
"""


def test_a_database_that_hangs_while_it_stops_is_ended_and_comes_back_with_what_it_had(
    tmp_path: Path,
) -> None:
    tmp_path.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if "SONGSHEET" not in name}
    done = subprocess.run(
        [sys.executable, "-c", STUCK, str(tmp_path / "home")],
        env=kept, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1:] == ["kept (7,)"], done.stderr[-2000:]
