"""Django's threads behind an ASGI server: bodies, answers in pieces, headers, and whoever goes away."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from songsheet.base.tests.looping import looped
from songsheet.config import on_threads
from songsheet.config.on_threads import PIECE, OnThreads

Start = Any
closed: list[str] = []


class Endless:
    """An answer that goes on until it is closed."""

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield b"x" * PIECE

    def close(self) -> None:
        closed.append("endless")


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    start("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    if environ["PATH_INFO"] == "/endless":
        return Endless()
    if environ["PATH_INFO"] == "/long":
        return (b"y" * 1000 for _ in range(3 * PIECE // 1000))
    body = environ["wsgi.input"].read()
    headers = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
    return [f"{environ['PATH_INFO']!r} {environ['QUERY_STRING']} {len(body)} {headers}".encode()]


async def asked(
    path: bytes, headers: list[tuple[bytes, bytes]], pieces: list[bytes], stays: int = 99, stops: bool = False
) -> list[Any]:
    """What the server is told; whoever asks goes away after so many pieces, or stops sending."""
    told: list[Any] = []
    gone, left = asyncio.Event(), list(pieces)

    async def receive() -> dict[str, Any]:
        if left:
            return {"type": "http.request", "body": left.pop(0), "more_body": stops or bool(left)}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        told.append(message)
        if len(told) > stays:
            gone.set()

    scope = {
        "type": "http", "method": "POST", "path": path.decode("latin-1"), "raw_path": path,
        "query_string": b"a=%20b", "http_version": "1.1", "headers": headers,
        "client": ("203.0.113.7", 1), "server": ("127.0.0.1", 8321),
    }  # fmt: skip
    async with asyncio.timeout(20):
        await OnThreads(application, 2)(scope, receive, send)
    return told


def test_a_request_comes_whole_and_its_answer_goes_whole() -> None:
    headers = [
        (b"content-length", b"1"), (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-one", b"1"),
        (b"x-one", b"2"), (b"x_forwarded_proto", b"https"),
    ]  # fmt: skip
    start, body, end = looped(asked(b"/x%2Fy%C3%A4%FF", headers, [b"z" * PIECE, b"z" * PIECE, b"z"]))
    assert start["status"] == 200
    assert [value for name, value in start["headers"] if name == b"set-cookie"] == [b"a=1", b"b=2"]
    said = body["body"].decode()
    assert said == f"'/x/yÃ¤ÿ' a=%20b {2 * PIECE + 1} {{'HTTP_COOKIE': 'a=1; b=2', 'HTTP_X_ONE': '1,2'}}"
    assert not end["more_body"]


def test_a_long_answer_goes_in_pieces_and_ends_when_nobody_listens() -> None:
    start, *pieces = looped(asked(b"/long", [], []))
    assert start["type"] == "http.response.start"
    assert len(pieces) == 4
    assert sum(len(one["body"]) for one in pieces) == 3 * PIECE // 1000 * 1000
    told = looped(asked(b"/endless", [], [], stays=3))
    assert len(told) < 10
    assert closed == ["endless"]


@pytest.mark.parametrize("came", [1, PIECE + 1])
def test_whoever_stops_sending_holds_no_thread(came: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_threads, "AT_LEAST", 0.2)
    monkeypatch.setattr(on_threads, "BYTES_A_SECOND", 10**9)
    headers = [(b"content-length", b"9999999")]
    assert looped(asked(b"/x", headers, [b"z" * came], stops=True)) == []
