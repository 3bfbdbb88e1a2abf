"""Reading a backup back into a database of its own: the only proof that it can be restored."""

import os
from pathlib import Path

from songsheet.config.backup import counting, databases, manifest, tools
from songsheet.config.backup.manifest import FILES, Manifest
from songsheet.files.store import stored_in
from songsheet.journal import check
from songsheet.journal.check import Offence


def verify(folder: Path, told: Manifest) -> list[Offence]:
    """Restore into a scratch database, count, and look at the invariants there.

    What is not as it was written is refused. An invariant that does not hold was broken before: a backup of
    it is worth having all the same, so the offences are handed back to be told.
    """
    manifest.must_be_whole(folder, told)
    scratch = f"{databases.name_of_ours()[:40]}_verify_{os.getpid()}"
    try:
        read_into(scratch, folder, told)
        with databases.working_on(scratch), stored_in(folder / FILES):
            return check.run(full=True)
    finally:
        databases.drop(scratch)


def read_into(name: str, folder: Path, told: Manifest) -> None:
    """Make a database of a backup's dump, with every row that its manifest counts."""
    databases.make(name)
    tools.run(
        "pg_restore", "--exit-on-error", "--no-owner", "--no-privileges",
        f"--jobs={max(1, min(4, os.cpu_count() or 1))}", str(folder / "database"), database=name,
    )  # fmt: skip
    with databases.plain(name) as opened:
        manifest.must_count(told, counting.rows(opened))
        opened.execute("analyze")
