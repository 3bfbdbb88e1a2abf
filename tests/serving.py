"""A real Songsheet for browser and API tests: its own database, home and processes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Served:
    """Where it is, and how to run its command line."""

    url: str
    home: Path
    environ: dict[str, str]
    pid: int

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a `songsheet` command against the same home."""
        return self.python("-m", "songsheet", *words, check=check)

    def python(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run Python against the same home."""
        return subprocess.run(
            [sys.executable, *words], env=self.environ, cwd=ROOT, capture_output=True, text=True, check=check
        )


def children_of(parent: int) -> dict[int, bytes]:
    """The processes that one started, and their command lines."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            of = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            words = (entry / "cmdline").read_bytes()
        except OSError:
            continue  # it has just ended
        if of == parent and words:
            found[int(entry.name)] = words
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environ_of(home: Path, database_url: str, url: str, workers: int = 1) -> dict[str, str]:
    """The environment of the served processes: nothing of ours but these settings. No database: its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SONGSHEET_", "DATABASE_", "_SONGSHEET"))
    }
    return {
        **kept,
        "SONGSHEET_HOME": str(home),
        **({"DATABASE_URL": database_url} if database_url else {}),
        "SONGSHEET_URL": url,
        "SONGSHEET_WORKERS": str(workers),
        "SONGSHEET_LOCAL_TARGETS": "on",
        "SONGSHEET_API_RATE": "1000000",
    }


@contextmanager
def serving(
    home: Path,
    database_url: str,
    *,
    command: tuple[str, ...] = ("serve",),
    patience: float = 90,
    workers: int = 1,
) -> Iterator[Served]:
    """Run `songsheet serve` (or demo) until the block ends."""
    url = f"http://127.0.0.1:{free_port()}"
    environ = environ_of(home, database_url, url, workers)
    home.mkdir(parents=True, exist_ok=True)
    log = (home / "served.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "songsheet", *command], env=environ, cwd=ROOT, stdout=log, stderr=log,
        start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(url, process, patience, home / "served.log")
        yield Served(url, home, environ, process.pid)
    finally:
        with_group = os.getpgid(process.pid) if process.poll() is None else None
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            if with_group:
                os.killpg(with_group, signal.SIGKILL)
            process.wait(5)
        log.close()
        shutil.rmtree(home, ignore_errors=True)


def wait_for(url: str, process: "subprocess.Popen[bytes]", patience: float, log: Path) -> None:
    """Until it says it is well; what it logged if it does not."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"it ended with {process.returncode}: {log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url} in {patience} s: {log.read_text()[-3000:]}")
