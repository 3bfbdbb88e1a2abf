"""Databases beside ours on the same server: made, looked into, swapped, dropped."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from songsheet.config.backup.errors import InUse, ToolFailed

#: So many seconds a process that has just ended may take to leave the server.
LEAVING = 3.0


def name_of_ours() -> str:
    """The database that this process works on."""
    return str(connection.settings_dict["NAME"])


@contextmanager
def plain(database: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own to a database of our server, each statement by itself."""
    given = connection.settings_dict
    with psycopg.connect(
        host=given["HOST"] or None, port=given["PORT"] or None, user=given["USER"] or None,
        password=given["PASSWORD"] or None, dbname=database, autocommit=True, application_name="songsheet",
        **{name: value for name, value in given["OPTIONS"].items() if name.startswith("ssl")},
    ) as opened:  # fmt: skip
        yield opened


@contextmanager
def outside() -> Iterator[psycopg.Connection[Any]]:
    """A connection to the server, but to none of the databases that are made or swapped."""
    with plain("postgres") as opened:
        yield opened


@contextmanager
def working_on(name: str) -> Iterator[None]:
    """Within, everything of this process goes to another database of the server."""
    before = name_of_ours()
    _turn_to(name)
    try:
        yield
    finally:
        _turn_to(before)


def _turn_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def make(name: str) -> None:
    """A fresh, empty database; one of that name that a broken run left is dropped first."""
    drop(name)
    with outside() as server:
        try:
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            raise ToolFailed(
                "This role may not create databases, which a backup needs to be verified and a restore to be "
                "safe. Let it: ALTER ROLE … CREATEDB. Or back up with --no-verify."
            ) from error


def drop(name: str) -> None:
    """Drop a database that we made."""
    with outside() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def is_empty(name: str) -> bool:
    """Whether nothing was ever made in it."""
    with plain(name) as opened:
        found = opened.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    return not found or found[0] == 0


def must_be_unused(name: str) -> None:
    """Refuse while anybody but this process is connected to a database; who is just leaving is waited for.

    PostgreSQL's own housekeeping is nobody: it makes way by itself.
    """
    connection.close()
    until = time.monotonic() + LEAVING
    with outside() as server:
        while (others := _connected(server, name)) and time.monotonic() < until:
            time.sleep(0.1)
    if others:
        raise InUse(
            f"{others} connections are open to {name}. Stop `songsheet serve` and `songsheet work`, "
            "then restore again."
        )


def _connected(server: psycopg.Connection[Any], name: str) -> int:
    found = server.execute(
        "select count(*) from pg_stat_activity where datname = %s and backend_type = 'client backend'", [name]
    ).fetchone()
    return int(found[0]) if found else 0


def swap(fresh: str, ours: str, aside: str | None) -> None:
    """Put a database in the place of ours, which is kept under another name; dropped where that is None."""
    must_be_unused(ours)
    with outside() as server:
        if aside is None:
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(ours)))
            server.execute(_renaming(fresh, ours))
            return
        with server.transaction():
            server.execute(_renaming(ours, aside))
            server.execute(_renaming(fresh, ours))


def _renaming(old: str, new: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
