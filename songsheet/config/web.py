"""The web application in a process of `songsheet serve`, which is ended by its parent alone."""

import multiprocessing
import signal

from django.urls import get_resolver

from songsheet.config.keeping import end_with
from songsheet.config.memory import settle
from songsheet.config.wsgi import application

__all__ = ["application"]

# A terminal's Ctrl-C reaches every process, and the parent then sends SIGTERM: the two at once can lock
# the server's process up in its own handler. Threads that start later inherit the mask.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
_parent = multiprocessing.parent_process()
if _parent is not None and _parent.pid is not None:
    end_with(_parent.pid)
# Every page and the whole API, now: it takes seconds that the first request would wait for.
get_resolver().url_patterns  # noqa: B018
settle()
