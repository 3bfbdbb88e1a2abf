"""Putting a backup back: beside what is there, proved, erasures done again, and only then in its place."""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings

from songsheet.config.backup import counting, databases, manifest
from songsheet.config.backup.errors import NotEmpty
from songsheet.config.backup.manifest import FILES, Manifest
from songsheet.config.backup.verify import read_into
from songsheet.config.prepare import ready
from songsheet.files.store import stored_in
from songsheet.flows.erase_person import LIST, erase_again, noted_outside
from songsheet.journal import check
from songsheet.journal.check import Offence
from songsheet.journal.readers import catch_up
from songsheet.journal.sealed import erased
from songsheet.journal.sql import execute
from songsheet.notices.mail_actions import hush
from songsheet.team.acting import as_system
from songsheet.team.queries import now

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; `aside` is where the old database went, `again` who was erased once more."""

    manifest: Manifest
    aside: str | None
    again: list[str]
    offences: list[Offence]
    seconds: float


def restore(folder: Path, *, replace: bool, lists: list[Path], tell: Tell) -> Restored:
    """Restore into an empty database, or in the place of ours, which is kept aside under another name."""
    began = time.monotonic()
    told = manifest.read(folder)
    manifest.must_be_known(told, counting.migrations_here())
    ours = databases.name_of_ours()
    empty = databases.is_empty(ours)
    if not empty and not replace:
        raise NotEmpty(
            "There is something in this database. Restore with --replace, which keeps it aside, or into an "
            "empty one."
        )
    databases.must_be_unused(ours)
    tell("Looking whether the backup is whole")
    manifest.must_be_whole(folder, told)
    since = _erasures(ours, empty, lists)
    fresh = f"{ours[:40]}_restoring"
    files = Path(settings.ENVIRONMENT.home) / FILES
    beside = files.with_name("files-restoring")
    try:
        tell(f"Restoring {sum(told.rows.values()):,} rows of {told.made_at[:19]}")
        read_into(fresh, folder, told)
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(folder / FILES, beside)
        with databases.working_on(fresh), stored_in(beside):
            again, offences = _make_fit(since, tell)
        stamp = time.strftime("%Y%m%d_%H%M%S", time.gmtime())
        aside = None if empty else f"{ours[:40]}_before_{stamp}"
        databases.swap(fresh, ours, aside)
    except BaseException:
        databases.drop(fresh)
        shutil.rmtree(beside, ignore_errors=True)
        raise
    if files.exists():
        os.rename(files, files.with_name(f"files-before-{stamp}"))
    os.rename(beside, files)
    return Restored(told, aside, again, offences, time.monotonic() - began)


def _make_fit(since: dict[str, datetime], tell: Tell) -> tuple[list[str], list[Offence]]:
    """Bring it to this version, erase again, end what must not come back to life, and prove it."""
    from songsheet.config.wiring import READERS

    ready()
    execute("delete from django_session")  # who was signed in then need not be allowed to be now
    tell(f"Doing {len(since):,} erasures again")
    again = erase_again(since, by=as_system("restore"), at=now())
    for reader in READERS:
        catch_up(reader)
    hush(now())
    tell("Looking at the invariants")
    return again, check.run(full=True)


def _erasures(ours: str, empty: bool, lists: list[Path]) -> dict[str, datetime]:
    """Everybody who was to be forgotten, as the database that is replaced and the lists outside have it."""
    found: dict[str, datetime] = {}
    for path in [Path(settings.ENVIRONMENT.home) / LIST, *lists]:
        found |= noted_outside(path)
    if not empty:
        with databases.working_on(ours):
            found |= _of_database()
    return found


def _of_database() -> dict[str, datetime]:
    from django.db import ProgrammingError

    try:
        return dict(erased())
    except ProgrammingError as error:
        if isinstance(error.__cause__, psycopg.errors.UndefinedTable):
            return {}  # something else than a Songsheet stood there
        raise
