"""Django's application, which is written for threads, behind a server that speaks ASGI."""

import asyncio
import io
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from sys import stderr
from typing import Any
from urllib.parse import unquote_to_bytes

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

log = logging.getLogger(__name__)

#: So much of a body is read before a thread is taken, and so much of an answer put together before it goes.
PIECE = 256 * 1024
#: A longer answer goes on in pieces; one that is slow to come goes in smaller ones.
PATIENCE = 0.1
_BODY = "http.response.body"
#: A body may take so many seconds, and one more for each so many bytes: a thread waits for nobody for ever.
AT_LEAST, BYTES_A_SECOND = 30.0, 10_000


class Gone(ConnectionError):
    """Nobody waits for the answer any more."""


class Body(io.RawIOBase):
    """What is sent to us: its beginning is there, the rest is fetched from the server when it is read."""

    def __init__(self, receive: Receive, loop: asyncio.AbstractEventLoop) -> None:
        self._receive, self._loop = receive, loop
        self._there, self._more = b"", True
        self._until = loop.time() + AT_LEAST

    async def begin(self) -> None:
        """Wait for the beginning, without a thread: whoever sends slowly keeps nobody waiting."""
        pieces: list[bytes] = []
        while self._more and sum(map(len, pieces)) < PIECE:
            pieces.append(await self._next())
        self._there = b"".join(pieces)

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise Gone("the body comes too slowly") from None
        if message["type"] == "http.disconnect":
            raise Gone("whoever asked went away")
        self._more = bool(message.get("more_body"))
        piece = bytes(message.get("body", b""))
        self._until += len(piece) / BYTES_A_SECOND
        return piece

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._there and self._more:
            self._there = asyncio.run_coroutine_threadsafe(self._next(), self._loop).result()
        count = min(len(buffer), len(self._there))
        buffer[:count], self._there = self._there[:count], self._there[count:]
        return count


class OnThreads:
    """Runs a WSGI application on so many threads, one request each."""

    def __init__(self, application: Application, threads: int) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(threads, "pages")

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        try:
            await self._serve(scope, receive, send)
        except Gone:
            log.debug("whoever asked went away")

    async def _serve(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        body: Any = io.BytesIO()
        if any(name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"]):
            raw = Body(receive, loop)
            await raw.begin()
            body = io.BufferedReader(raw, 64 * 1024)

        environ, stream = environ_of(scope, body), Stream(receive, send, loop)
        try:
            for message in await loop.run_in_executor(self.pool, self._answer, environ, stream.tell):
                await send(message)
        finally:
            stream.end()

    def _answer(self, environ: dict[str, Any], tell: Callable[[Message], None]) -> list[Message]:
        """Messages that are left to send; an answer of several pieces has sent the ones before."""
        start: Message = {"type": "http.response.start"}

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            start["status"] = int(status[:3])
            start["headers"] = [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]

        content = self.application(environ, start_response)
        try:
            left: list[Message] = [start]
            for piece in _pieces(content):
                if len(left) > 1 or left[0] is not start:  # one went before: this is a long answer
                    for message in left:
                        tell(message)
                    left = []
                left.append({"type": _BODY, "body": piece, "more_body": True})
            return [*left, {"type": _BODY, "body": b"", "more_body": False}]
        finally:
            if (close := getattr(content, "close", None)) is not None:
                close()


class Stream:
    """A long answer on its way, told from a thread; the server does not say that nobody listens any more, so
    it is watched."""

    def __init__(self, receive: Receive, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        self._receive, self._send, self._loop = receive, send, loop
        self._gone: asyncio.Task[None] | None = None

    def tell(self, message: Message) -> None:
        """Send this, when the server has room for it."""
        asyncio.run_coroutine_threadsafe(self._tell(message), self._loop).result()

    def end(self) -> None:
        if self._gone is not None:
            self._gone.cancel()

    async def _tell(self, message: Message) -> None:
        if self._gone is None:
            self._gone = asyncio.create_task(self._watch())
        elif self._gone.done():
            raise Gone("whoever asked went away")
        await self._send(message)

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass  # what of the body nobody wanted to read


def _pieces(content: Iterable[bytes]) -> Iterable[bytes]:
    """The same in fewer and larger pieces, without keeping back what came slowly."""
    held: list[bytes] = []
    length, since = 0, time.monotonic()
    for piece in content:
        held.append(piece)
        length += len(piece)
        if length >= PIECE or time.monotonic() - since > PATIENCE:
            yield b"".join(held)
            held, length, since = [], 0, time.monotonic()
    if held:
        yield b"".join(held)


def environ_of(scope: MutableMapping[str, Any], body: Any) -> dict[str, Any]:
    """What the web server's gateway interface tells of a request.

    A header whose name holds an underscore is left out: it would pass for the one with a hyphen.
    """
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path_of(scope).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        if b"_" in raw:
            continue
        name = raw.decode("latin-1").upper().replace("-", "_")
        name = name if name in ("CONTENT_LENGTH", "CONTENT_TYPE") else f"HTTP_{name}"
        given = value.decode("latin-1")
        between = "; " if name == "HTTP_COOKIE" else ","
        environ[name] = f"{environ[name]}{between}{given}" if name in environ else given
    return environ


def path_of(scope: MutableMapping[str, Any]) -> bytes:
    """The path as bytes, as it was meant."""
    raw = scope.get("raw_path")
    return unquote_to_bytes(raw) if raw else str(scope["path"]).encode()
