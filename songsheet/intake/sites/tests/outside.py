"""A website and, at another origin, a door that writes down what it is told: the script runs between them."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic, sleep
from typing import Any

from songsheet.config.settings import PACKAGE

SCRIPT = PACKAGE / "ui/static/songsheet/dist/visits.js"
_PAGE = """<!doctype html><html lang="en"><head><title>Offer</title>
<link rel="icon" href="data:,"><script async src="{house}/in/script.js" data-site="site_x"{marks}></script>
</head><body><h1>Offer</h1><a href="/next">Next</a></body></html>"""


class Door:
    """What was told, in the order in which it came; `status` is what it answers."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.queries: list[str] = []
        self.cookies: list[str | None] = []
        self.status = 202
        self.house = self.site = ""

    def events(self, count: int) -> list[dict[str, Any]]:
        """The first so many different ones, as soon as they have come."""
        until = monotonic() + 10
        while monotonic() < until:
            known = {one["id"]: one for one in reversed(self.told)}
            if len(known) >= count:
                first = {one["id"]: one for one in self.told}
                return list(first.values())
            sleep(0.05)
        raise AssertionError(f"{count} were to come, and these came: {self.told}")


@contextmanager
def outside() -> Iterator[Door]:
    """Both, until the block ends."""
    door = Door()
    with (
        _serving(lambda one: _house(door, one)) as door.house,
        _serving(lambda one: _site(door, one)) as door.site,
    ):
        yield door


@contextmanager
def _serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *given: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _house(door: Door, one: BaseHTTPRequestHandler) -> None:
    if one.path == "/in/script.js":
        return _say(one, 200, SCRIPT.read_bytes(), "text/javascript")
    body = one.rfile.read(int(one.headers.get("Content-Length", 0)))
    if door.status < 300:
        door.told.append(json.loads(body))
        door.queries.append(one.path)
        door.cookies.append(one.headers.get("Cookie"))
    return _say(one, door.status, b"{}", "application/json", origin=one.headers.get("Origin", ""))


def _site(door: Door, one: BaseHTTPRequestHandler) -> None:
    marks = ' data-mode="stitched"' if "counts" not in one.path else ""
    _say(one, 200, _PAGE.format(house=door.house, marks=marks).encode(), "text/html; charset=utf-8")


def _say(one: BaseHTTPRequestHandler, status: int, body: bytes, kind: str, origin: str = "") -> None:
    one.send_response(status)
    one.send_header("Content-Type", kind)
    one.send_header("Content-Length", str(len(body)))
    if origin:
        one.send_header("Access-Control-Allow-Origin", origin)
    one.end_headers()
    one.wfile.write(body)
