"""Ctrl-C ends what `songsheet serve` started, and nothing else."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.serving import ROOT, environ_of, free_port, wait_for

pytestmark = pytest.mark.slow


def running(session: int) -> set[int]:
    """The processes of a session that have not ended."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has just ended
            if int(fields[3]) == session and fields[0] != "Z":
                found.add(int(entry.name))
    return found


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are counted in /proc")
def test_ctrl_c_ends_web_worker_and_database_and_leaves_others_alone(tmp_path: Path) -> None:
    home, url = tmp_path / "home", f"http://127.0.0.1:{free_port()}"
    environ = {name: value for name, value in environ_of(home, "", url).items() if name != "DATABASE_URL"}
    bystander = subprocess.Popen(["sleep", "120"], start_new_session=True)
    with (tmp_path / "log").open("wb") as log:
        served = subprocess.Popen(
            [sys.executable, "-m", "songsheet", "serve"],
            env=environ, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            wait_for(url, served, 120, tmp_path / "log")
            database = int((home / "postgres" / "postmaster.pid").read_text().split()[0])
            assert alive(database)
            assert len(running(served.pid)) >= 3, "the command, a web process and the worker"
            os.killpg(served.pid, signal.SIGINT)  # as a terminal does
            assert served.wait(20) in (0, 130), (tmp_path / "log").read_text()[-2000:]
            until = time.monotonic() + 10
            while (running(served.pid) or alive(database)) and time.monotonic() < until:
                time.sleep(0.1)
            assert not running(served.pid)
            assert not alive(database)
            assert bystander.poll() is None
            assert "refused to gracefully stop" not in (tmp_path / "log").read_text()
        finally:
            bystander.kill()
            if served.poll() is None:
                os.killpg(served.pid, signal.SIGKILL)
