"""What the doctor sees of the machine: schema, database settings, clock, disk, settings, backups."""

import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from songsheet.config.backup import counting, databases
from songsheet.journal.sql import rows

Told = Iterator[tuple[bool, str]]
_GIB = 2**30
_SKEW = 2.0
_BACKUP_HOURS = 26
_OLDEST_POSTGRES = 15


def schema() -> Told:
    """Migrations that this version has and the database lacks, or the other way round."""
    here = counting.migrations_here()
    with databases.plain(databases.name_of_ours()) as opened:
        there = counting.migrations(opened)
    missing = [
        f"{app}.{name}" for app, names in here.items() for name in names if name not in there.get(app, [])
    ]
    if missing:
        yield False, f"{len(missing)} migrations are missing ({missing[0]} …). Run `songsheet prepare`."
    else:
        yield True, "The schema is this version's."


def database() -> Told:
    """Version and settings of PostgreSQL on which durability and speed rest."""
    (found,) = rows(
        """select current_setting('server_version_num')::int / 10000, current_setting('fsync') = 'on',
                  current_setting('full_page_writes') = 'on', current_setting('synchronous_commit'),
                  current_setting('autovacuum') = 'on', current_setting('max_connections')::int,
                  pg_size_bytes(current_setting('max_wal_size')),
                  pg_size_bytes(current_setting('shared_buffers')),
                  (select count(*) from pg_stat_activity where backend_type = 'client backend')"""
    )
    version, fsync, full_pages, commits, vacuums, most, wal, buffers, connections = found
    yield version >= _OLDEST_POSTGRES, f"PostgreSQL is {version}; {_OLDEST_POSTGRES} or newer is needed."
    yield (
        fsync,
        "fsync is on." if fsync else "fsync is off: a power cut loses data. Set fsync = on and restart.",
    )
    if not full_pages:
        yield False, "full_page_writes is off: a power cut can tear pages. Set it on."
    if commits not in ("on", "local", "remote_write", "remote_apply"):
        yield False, f"synchronous_commit is {commits}: what was answered may be lost. Set it on."
    if not vacuums:
        yield False, "autovacuum is off: tables grow and plans go wrong. Set it on."
    if wal < _GIB:
        yield False, f"max_wal_size is {wal // 2**20} MB; imports checkpoint all the time. Set it to 4GB."
    if buffers < 64 * 2**20:
        yield False, f"shared_buffers is {buffers // 2**20} MB. Set it to an eighth of the memory."
    roomy = connections < most * 0.8
    yield (
        roomy,
        f"{connections} of {most} connections are open."
        + ("" if roomy else " Raise max_connections, or run fewer processes."),
    )


def clock() -> Told:
    """Promises run by the database's clock; people look at this machine's."""
    skew = abs(float(rows("select extract(epoch from clock_timestamp())")[0][0]) - time.time())
    yield (
        skew < _SKEW,
        f"This machine's clock and the database's differ by {skew:.1f} s."
        + ("" if skew < _SKEW else " Have both keep time (NTP)."),
    )


def disk() -> Told:
    """Room where the home is, and where our own database is, which is the same place."""
    home = Path(settings.ENVIRONMENT.home)
    use = shutil.disk_usage(home)
    roomy = use.free > 2 * _GIB and use.free > use.total * 0.05
    yield (
        roomy,
        f"{use.free / _GIB:.1f} of {use.total / _GIB:.0f} GB are free at {home}."
        + ("" if roomy else " Make room: writes are refused when it is full."),
    )
    size = int(rows("select pg_database_size(current_database())")[0][0])
    yield True, f"The database takes {size / _GIB:.2f} GB."


def settings_of_the_machine() -> Told:
    """What should not stand like that where people work."""
    environment = settings.ENVIRONMENT
    near = environment.host in ("localhost", "127.0.0.1", "::1") or environment.host.endswith(".localhost")
    yield (
        not environment.debug,
        "Pages show no tracebacks."
        if not environment.debug
        else ("SONGSHEET_DEBUG is on: pages show tracebacks to anybody. Turn it off."),
    )
    yield (
        near or environment.secure,
        f"The address is {environment.url}."
        + ("" if near or environment.secure else " Put TLS in front and set SONGSHEET_URL to https://…"),
    )
    secret = Path(environment.home) / "secret"
    if secret.exists():
        closed = not secret.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        yield (
            closed,
            f"{secret} is readable by its owner alone."
            if closed
            else (
                f"{secret} is readable by others. Run chmod 600 on it: who read it can sign in as anybody."
            ),
        )
    if not near and not environment.mail_url:
        yield False, "Mails to members are written to the data directory. Set SONGSHEET_MAIL_URL."


def last_backup() -> Told:
    """Whether there is one, and how old it is."""
    path = Path(settings.ENVIRONMENT.home) / "last-backup"
    if not path.exists():
        yield False, "No backup was ever taken here. Run `songsheet backup` every night (docs/running.md)."
        return
    hours = (time.time() - path.stat().st_mtime) / 3600
    yield (
        hours < _BACKUP_HOURS,
        f"The last backup is {hours:.0f} hours old ({path.read_text().strip()})."
        + ("" if hours < _BACKUP_HOURS else " Look why the nightly one did not run."),
    )
