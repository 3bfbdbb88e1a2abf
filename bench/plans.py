"""The statements of a request that take longest, and the plans that the database had for them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

#: So many statements of a request are explained, if they take a millisecond at all.
MOST, LEAST = 2, 0.001

Heard = tuple[float, str, Any]


@contextmanager
def listening() -> Iterator[list[Heard]]:
    """What is executed meanwhile: seconds, statement, values."""
    heard: list[Heard] = []
    plain = psycopg.Cursor.execute

    def execute(self: Any, query: Any, params: Any = None, **options: Any) -> Any:
        began = time.perf_counter()
        done = plain(self, query, params, **options)
        heard.append((time.perf_counter() - began, query if isinstance(query, str) else "", params))
        return done

    psycopg.Cursor.execute = execute  # type: ignore[method-assign]
    try:
        yield heard
    finally:
        psycopg.Cursor.execute = plain  # type: ignore[method-assign]


def plans_of(ask: Callable[[], Any]) -> list[str]:
    """Each slow statement of a request, shortened, with its plan as it ran."""
    with listening() as heard:
        ask()
    slow = sorted((one for one in heard if _is_read(one)), key=lambda one: -one[0])[:MOST]
    return [_explained(statement, values) for _, statement, values in slow]


def _is_read(one: Heard) -> bool:
    seconds, statement, _ = one
    return seconds >= LEAST and statement.lstrip().lower().startswith(("select", "with"))


def _explained(statement: str, values: Any) -> str:
    from django.db import connection

    cursor: Any = psycopg.ClientCursor(connection.connection)
    with cursor:
        cursor.execute(f"explain (analyze, costs off, timing off) {statement}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    words = " ".join(statement.split())
    return f"{words if len(words) < 400 else words[:399] + '…'}\n\n{plan}"
