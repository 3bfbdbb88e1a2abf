"""The web application in a process of `songsheet serve`, which is ended by its parent alone.

What comes in from outside goes to the door, which keeps it and answers; everything else are Django's pages.
"""

import logging
import multiprocessing
import signal
import time
from collections.abc import MutableMapping
from typing import Any

from django.conf import settings
from django.urls import get_resolver

from songsheet.config import metrics
from songsheet.config.keeping import end_with
from songsheet.config.memory import settle
from songsheet.config.on_threads import Message, OnThreads, Receive, Send
from songsheet.config.wsgi import application as pages
from songsheet.intake.door.app import Door, route_of

__all__ = ["application"]

log = logging.getLogger("songsheet.requests")
#: So many pages of one process are made at once.
THREADS = 4
_tells = settings.ENVIRONMENT.log == "requests"
_door, _pages = Door(), OnThreads(pages, THREADS)


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Send each request where it belongs."""
    if scope["type"] == "lifespan":
        return await _live(receive, send)
    route = route_of(scope["path"])
    if route is None:
        return await _pages(scope, receive, send)
    began, status = time.perf_counter(), 500

    async def noted(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)
        await send(message)

    try:
        await _door(scope, receive, noted)
    finally:
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        taken = time.perf_counter() - began
        metrics.answered(method, route, status, taken)
        if _tells:
            fields = {"method": method, "route": route, "status": status, "ms": round(taken * 1000, 1)}
            log.info("answered", extra={"fields": fields})


async def _live(receive: Receive, send: Send) -> None:
    """Begin, and at the end keep what was still on its way."""
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await _door.close()
    await send({"type": "lifespan.shutdown.complete"})


# A terminal's Ctrl-C reaches every process, and the parent then sends SIGTERM: the two at once can lock
# the server's process up in its own handler. Threads that start later inherit the mask.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
_parent = multiprocessing.parent_process()
if _parent is not None and _parent.pid is not None:
    end_with(_parent.pid)
# Every page and the whole API, now: it takes seconds that the first request would wait for.
get_resolver().url_patterns  # noqa: B018
settle()
