"""songsheet backup: one consistent copy of everything, read back before it counts."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--no-verify", is_flag=True, help="do not read it back into a scratch database")
@click.option("--json", "as_json", is_flag=True, help="print what was written as JSON")
def command(path: Path | None, no_verify: bool, as_json: bool) -> None:
    """Back up database and files while everything runs, into PATH or `backups` of the data directory.

    Backups of the data directory that are older than SONGSHEET_BACKUP_DAYS are deleted then.
    """
    ready()
    from django.conf import settings

    from songsheet.config.backup.make import back_up, default_folder, prune

    made = back_up(path or default_folder(), verified=not no_verify, tell=say)
    gone = prune(settings.ENVIRONMENT.backup_days)
    if as_json:
        give(
            {
                "backup": str(made.folder),
                "position": made.manifest.position,
                "made_at": made.manifest.made_at,
                "bytes": made.manifest.size,
                "rows": sum(made.manifest.rows.values()),
                "seconds": round(made.seconds, 2),
                "verified": made.offences is not None,
                "offences": [asdict(one) for one in made.offences or []],
                "deleted": [str(one) for one in gone],
            }
        )
    else:
        proof = "not read back" if made.offences is None else "read back"
        say(
            f"Backed up to {made.folder}: {made.manifest.size / 2**20:,.1f} MB up to entry "
            f"{made.manifest.position:,}, {made.seconds:.1f} s ({proof})."
        )
    for one in made.offences or []:
        say(f"{one.invariant} {one.subject}: {one.sentence}")
    if made.offences:
        say("The backup is as the database is, but `songsheet check` finds these offences in it.")
        sys.exit(1)
