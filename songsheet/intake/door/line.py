"""Connections of the door's own: what it keeps and asks goes past the pages' threads."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

import psycopg
from django.db import connection

from songsheet.base.refusals import Busy
from songsheet.doors.problems import NoRoom

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
log = logging.getLogger("songsheet.door")

#: Longer than that nobody is kept waiting; what became of it is seen when the same is sent again.
PATIENCE = 10.0
_AGAIN = "Send it again in a moment: what arrived already is not taken twice."


class Away(Busy):
    """The database does not answer."""

    code = "not_there"


class Line:
    """One connection, made when it is needed, and anew after it broke."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._driver: psycopg.AsyncConnection[Any] | None = None

    async def rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of a statement, committed. Refused in words when the database cannot."""
        try:
            async with asyncio.timeout(PATIENCE), self._lock:
                return await self._rows(sql, values)
        except (psycopg.OperationalError, psycopg.InterfaceError, TimeoutError, OSError) as error:
            log.warning("the database does not keep it: %s", type(error).__name__)
            if getattr(error, "sqlstate", None) == "53100":
                raise NoRoom(f"The disk is full. {_AGAIN}", retry_after=5) from error
            raise Away(f"The database does not answer. {_AGAIN}", retry_after=1) from error

    async def _rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        try:
            if self._driver is None:
                self._driver = await psycopg.AsyncConnection.connect(**_how(), autocommit=True)
            cursor = await self._driver.execute(sql, values, prepare=True)
            return await cursor.fetchall()
        except BaseException:  # given up in the middle, it is of no use any more
            await self.close()
            raise

    async def close(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            await driver.close()


def _how() -> dict[str, Any]:
    """How Django reaches the same database, without what belongs to its own way of talking."""
    given = connection.get_connection_params()
    return {
        **{name: value for name, value in given.items() if name not in ("context", "cursor_factory")},
        "application_name": "songsheet door",
        "connect_timeout": 3,
    }


def _heard(asked: "asyncio.Future[Any]") -> None:
    """Whoever waits hears what went wrong; where nobody does, the next one will."""
    if not asked.cancelled():
        asked.exception()


class Kept(Generic[K, V]):
    """Answers that are kept for a few seconds. However many wait for the same one, it is asked for once; and
    what is asked for again and again is asked in time, so that nobody waits for it."""

    def __init__(self, ask: Callable[[K], Awaitable[V]], *, seconds: float, most: int = 10_000) -> None:
        self._ask, self._seconds, self._most = ask, seconds, most
        self._there: dict[K, tuple[float, V]] = {}
        self._asked: dict[K, asyncio.Future[V]] = {}

    async def of(self, name: K, *, even_old: bool = False) -> V:
        """The answer; with `even_old` the last one there was, where the database is away."""
        there = self._there.get(name)
        left = there[0] - asyncio.get_running_loop().time() if there is not None else 0.0
        if there is not None and left > self._seconds / 2:
            return there[1]
        asked = self._asked.get(name)
        if asked is None:
            asked = self._asked[name] = asyncio.ensure_future(self._fetch(name))
            asked.add_done_callback(_heard)
        if there is not None and left > 0:
            return there[1]
        try:
            return await asyncio.shield(asked)
        except Busy:
            if there is None or not even_old:
                raise
            return there[1]

    async def _fetch(self, name: K) -> V:
        try:
            began = asyncio.get_running_loop().time()
            answer = await self._ask(name)
            if len(self._there) >= self._most:
                self._there.clear()
            self._there[name] = (began + self._seconds, answer)
            return answer
        finally:
            del self._asked[name]
