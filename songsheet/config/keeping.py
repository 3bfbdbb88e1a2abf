"""What `songsheet serve` keeps running beside the web: the worker, and the database that came along."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

from songsheet.config.postgres import revive

log = logging.getLogger("songsheet.serve")
#: How often it is looked after. A worker that has ended is started again at the next look.
PATIENCE = 2.0


class Keeper:
    """Starts the worker, and looks after it and the database until it is told to stop."""

    def __init__(self, *, worker: bool) -> None:
        self._stopping = threading.Event()
        self._worker = _work() if worker else None
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._thread.start()

    def _keep(self) -> None:
        while not self._stopping.wait(PATIENCE):
            try:
                revive()
            except Exception as error:  # noqa: BLE001 - starting, ending, no room: the next look will tell
                log.warning("the database does not start yet: %s", type(error).__name__)
            if self._worker is not None and self._worker.poll() is not None:
                self._worker = _work()

    def stop(self) -> None:
        """End the worker; it gets fifteen seconds for what it has in hand."""
        self._stopping.set()
        self._thread.join(15)
        if self._worker is None:
            return
        with suppress(ProcessLookupError):
            self._worker.send_signal(signal.SIGTERM)
        try:
            self._worker.wait(15)
        except subprocess.TimeoutExpired:
            self._worker.kill()


def end_with(parent: int) -> None:
    """End this process when the one that started it was killed: it would work on beside its successor."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PATIENCE / 2)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(15)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _work() -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "songsheet", "work", "--child-of", str(os.getpid())]
    return subprocess.Popen(words, env=os.environ.copy())
