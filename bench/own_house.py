"""A house of the bench's own: a home, a database, a key that may send, a link, and a server that is ended."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.serving import ROOT, children_of, environ_of, free_port, wait_for

_HOLD = """
import sys
from songsheet.config.prepare import ready
ready()
from django.conf import settings
from songsheet.intake.models import Link
from songsheet.team.acting import as_system
from songsheet.team.actions import issue_key, join_team
from songsheet.team.queries import now
given = settings.DATABASES["default"]
ruth = join_team(name="Ruth Abara", email="ruth@load.example", role="owner", by=as_system("load"), at=now())
key = issue_key(member=ruth, scopes=["send"], by=as_system("load"), at=now())[1]
link = Link.objects.create(token="catalogue", name="Catalogue", target="https://firm.example/chairs", made_at=now())
print(f"postgresql://{given['USER']}@/{given['NAME']}?host={given['HOST']}", key, link.token, flush=True)
sys.stdin.read()
"""
_TICKS = os.sysconf("SC_CLK_TCK")


class House:
    """Keeps its database as long as it stands; its server can be ended and started again."""

    def __init__(self, place: Path, workers: int) -> None:
        self.home, self.port = place / "home", free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = environ_of(self.home, "", self.url, workers=workers)
        self.log, self.log_path = (place / "log").open("ab"), place / "log"
        self.holder = self.start("-c", _HOLD, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.holder.stdout
        self.database, self.key, self.link = self.holder.stdout.readline().decode().split()
        self.served: subprocess.Popen[bytes] | None = None

    def start(self, *words: str, **given: object) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            [sys.executable, *words], env=self.environ, cwd=ROOT, stderr=self.log, **given
        )

    def serve(self, *, worker: bool) -> "subprocess.Popen[bytes]":
        """Serve, until it is told to stop."""
        words = [] if worker else ["--no-worker"]
        self.served = self.start("-m", "songsheet", "serve", *words, stdout=subprocess.DEVNULL)
        wait_for(self.url, self.served, 300, self.log_path)
        return self.served

    def stop(self) -> None:
        if self.served is not None:
            self.served.send_signal(signal.SIGTERM)
            self.served.wait(40)
            self.served = None

    def end(self) -> None:
        """End everything."""
        self.stop()
        assert self.holder.stdin
        self.holder.stdin.close()
        self.holder.wait(30)
        self.log.close()

    def postmaster(self) -> int:
        """The database's first process, once it is there."""
        path, until = self.home / "postgres" / "postmaster.pid", time.monotonic() + 120
        while time.monotonic() < until:
            with suppress(OSError, ValueError, IndexError):
                pid = int(path.read_text().split()[0])
                if pid > 1 and Path(f"/proc/{pid}").exists():
                    return pid
            time.sleep(0.1)
        raise AssertionError("the database does not come back")

    def seconds(self) -> dict[str, float]:
        """Processor seconds used until now: by the web, the worker, the database, and whoever asks."""
        found = {"client": used(os.getpid()), "web": 0.0, "worker": 0.0}
        if self.served is not None:
            for pid, words in children_of(self.served.pid).items():
                found["worker" if b"work" in words.split(b"\0") else "web"] += used(pid)
        postmaster = self.postmaster()
        found["database"] = used(postmaster) + sum(map(used, children_of(postmaster)))
        return found


def used(pid: int) -> float:
    """A process and those of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS
