"""Taking a backup: one snapshot of the database and the files beside it, under load."""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from songsheet import __version__
from songsheet.config.backup import counting, databases, manifest, tools
from songsheet.config.backup.errors import NotEmpty
from songsheet.config.backup.manifest import FILES, Manifest
from songsheet.config.backup.verify import verify
from songsheet.journal.check import Offence

Tell = Callable[[str], None]
DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was taken; `offences` are what was wrong before, None where it was not read back."""

    folder: Path
    manifest: Manifest
    seconds: float
    offences: list[Offence] | None


def default_folder() -> Path:
    """A name of its own under `backups` of the data directory."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    return folder_of_backups() / stamp


def folder_of_backups() -> Path:
    """Where backups go that were given no other place."""
    return Path(settings.ENVIRONMENT.home) / "backups"


def back_up(folder: Path, *, verified: bool, tell: Tell) -> Backup:
    """Write a backup; it has its name only once it is whole and, unless told not to, was read back."""
    began = time.monotonic()
    if folder.exists():
        raise NotEmpty(f"{folder} is there already. Name another place; a backup never replaces one.")
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    try:
        tell("Dumping the database")
        dumped = _dump(part)
        tell("Copying the files")
        _copy(Path(settings.ENVIRONMENT.home) / FILES, part / FILES)
        told = Manifest(**{**dumped, "files": manifest.seals(part)})
        manifest.write(part, told)
        if verified:
            tell("Reading it back")
        offences = verify(part, told) if verified else None
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    os.rename(part, folder)
    _note(folder)
    return Backup(folder, told, time.monotonic() - began, offences)


def _dump(folder: Path) -> dict[str, Any]:
    """Dump one snapshot, and count in that same one."""
    with databases.plain(databases.name_of_ours()) as opened:
        opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        opened.read_only = True
        with opened.transaction():
            snapshot, made_at, position = opened.execute(
                "select pg_export_snapshot(), clock_timestamp()::text, (select position from journal_head)"
            ).fetchone() or ("", "", 0)
            tools.run(
                "pg_dump", "--format=directory", "--compress=gzip:1", f"--jobs={_jobs()}", "--no-owner",
                "--no-privileges", f"--snapshot={snapshot}", f"--file={folder / DATABASE}",
                database=databases.name_of_ours(),
            )  # fmt: skip
            return {
                "form": manifest.FORM,
                "songsheet": __version__,
                "postgres": opened.info.server_version,
                "made_at": made_at,
                "position": position,
                "migrations": counting.migrations(opened),
                "rows": counting.rows(opened),
            }


def _jobs() -> int:
    return max(1, min(4, (os.cpu_count() or 1)))


def _copy(source: Path, target: Path) -> None:
    """Copy the files as they are; one that goes meanwhile belongs to nothing that the dump knows."""
    target.mkdir()
    for path in sorted(source.rglob("*")) if source.exists() else []:
        if path.is_file():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copy2(path, copy)
            except FileNotFoundError:
                continue


def _note(folder: Path) -> None:
    """Remember where the last one went, for `songsheet doctor`."""
    path = Path(settings.ENVIRONMENT.home) / "last-backup"
    path.write_text(f"{folder.absolute()}\n")


def prune(days: int) -> list[Path]:
    """Delete what is beyond the stated horizon under `backups`, but never the newest; what was deleted."""
    there = sorted(
        (path for path in folder_of_backups().glob("*") if (path / manifest.NAME).is_file()),
        key=lambda path: path.stat().st_mtime,
    )
    oldest = time.time() - timedelta(days=days).total_seconds()
    gone = [path for path in there[:-1] if path.stat().st_mtime < oldest]
    for path in gone:
        shutil.rmtree(path)
    return gone
