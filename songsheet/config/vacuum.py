"""After erasures: tables written anew, the log of writes turned over, server logs emptied, so that no file
holds what was erased. A table is locked while it is rewritten, hence by night, and only after erasures."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from songsheet.config.backup import databases
from songsheet.flows.erase_registry import by_table
from songsheet.journal.sealed import erased_since
from songsheet.journal.sql import execute, rows

Tell = Callable[[str], None]
_REMEMBERED = "songsheet vacuum"
#: The planner keeps samples of values: the commonest names stand there in plain words.
_CATALOG = ("pg_catalog.pg_statistic",)
_MOST_SEGMENTS = 2_000
_PATIENCE = "60s"


@dataclass(frozen=True, slots=True)
class Vacuumed:
    """What was done; `remains` says in words what may still hold the bytes."""

    erasures: int
    tables: list[str]
    remains: list[str]
    seconds: float


def vacuum(*, always: bool = False, tell: Tell = lambda words: None) -> Vacuumed:
    """Make files forget the erasures since the last time; without any, nothing is done unless told to."""
    began = time.monotonic()
    until, count, in_entries = erased_since(_remembered())
    if not count and not always:
        return Vacuumed(0, [], [], 0.0)
    done: list[str] = []
    with databases.plain(databases.name_of_ours()) as opened:
        for table in _tables(opened, "journal_entry" if in_entries or always else None):
            tell(f"Writing {table} anew")
            _anew(opened, table)
            done.append(table)
        remains = _turn_over(opened, tell)
    _empty_server_log()
    _remember(until)
    return Vacuumed(count, done, remains, time.monotonic() - began)


def _tables(opened: psycopg.Connection[Any], entries: str | None) -> list[str]:
    """Whatever may have held a value, with what keeps nothing for long; the journal, where it held words."""
    ours = [*by_table("empty", "delete", "scrub"), "config_cache", "django_session", *filter(None, [entries])]
    there = {
        name
        for (name,) in opened.execute(
            "select tablename from pg_tables where schemaname = 'public'"
        ).fetchall()
    }
    may_rewrite = opened.execute("select pg_has_role(current_user, relowner, 'usage') from pg_class"
                                 " where oid = 'pg_catalog.pg_statistic'::regclass").fetchone()  # fmt: skip
    return [name for name in ours if name in there] + list(_CATALOG if may_rewrite and may_rewrite[0] else ())


def _anew(opened: psycopg.Connection[Any], table: str) -> None:
    """VACUUM alone leaves the bytes in the gaps of pages and in indexes; a rewrite does not."""
    opened.execute(sql.SQL("set lock_timeout = {}").format(_PATIENCE))
    opened.execute(sql.SQL("vacuum (full, analyze) {}").format(sql.Identifier(*table.split("."))))


def _turn_over(opened: psycopg.Connection[Any], tell: Tell) -> list[str]:
    """Have the write-ahead log forget: its old files are removed, the ones kept in stock written over."""
    found = opened.execute("select usesuper from pg_user where usename = current_user").fetchone()
    if not found or not found[0]:
        return [
            "The write-ahead log of your server, its archive and its log are yours: they hold the old bytes "
            "until they are recycled."
        ]
    tell("Turning the write-ahead log over")
    opened.execute("alter system set wal_recycle = off")
    opened.execute("select pg_reload_conf()")
    try:
        for _ in range(3):
            time.sleep(0.3)  # until every process of the server has read it
            _write_over(opened)
            opened.execute("checkpoint")
            if len(_segments(opened)) <= 2:
                return []
        kept = len(_segments(opened))
        return [f"{kept} files of the write-ahead log are held by a replica or an archive of yours."]
    finally:
        opened.execute("alter system reset wal_recycle")
        opened.execute("select pg_reload_conf()")


def _write_over(opened: psycopg.Connection[Any]) -> None:
    """Go through every segment in stock; what is left of one is filled with zeros at the switch."""
    last = max(_segments(opened))
    for _ in range(_MOST_SEGMENTS):
        opened.execute("select pg_logical_emit_message(false, 'songsheet', 'vacuum'), pg_switch_wal()")
        found = opened.execute("select pg_walfile_name(pg_current_wal_insert_lsn())").fetchone()
        if found and found[0] > last:
            return


def _segments(opened: psycopg.Connection[Any]) -> list[str]:
    return [
        name
        for (name,) in opened.execute(
            "select name from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' order by 1"
        ).fetchall()
    ]


def _empty_server_log() -> None:
    """The log of our own server; one of yours is yours."""
    log = Path(settings.ENVIRONMENT.home) / "postgres" / "log"
    if settings.ENVIRONMENT.database_url is None and log.exists():
        log.write_bytes(b"")  # it is written by appending


def _remembered() -> int:
    found = rows("select position from journal_reader where name = %s", [_REMEMBERED])
    return int(found[0][0]) if found else 0


def _remember(position: int) -> None:
    execute(
        """insert into journal_reader (name, position) values (%s, %s)
           on conflict (name) do update set position = excluded.position, moved_at = clock_timestamp()""",
        [_REMEMBERED, position],
    )
