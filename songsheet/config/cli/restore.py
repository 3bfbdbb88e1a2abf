"""songsheet restore: a backup takes its place again, with the erasures since."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from songsheet.config.cli import give, say


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--replace", is_flag=True, help="where something is already: keep it aside under another name")
@click.option(
    "--erasures", "lists", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="a list of erasures kept elsewhere; the one of the data directory is read anyway",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="print what was restored as JSON")
def command(path: Path, replace: bool, lists: tuple[Path, ...], as_json: bool) -> None:
    """Restore the backup at PATH. It serves only after its erasures were done again and its checks hold."""
    import django

    django.setup()
    from songsheet.config.backup.restore import restore

    done = restore(path, replace=replace, lists=list(lists), tell=say)
    if as_json:
        give(
            {
                "restored": str(path),
                "made_at": done.manifest.made_at,
                "position": done.manifest.position,
                "aside": done.aside,
                "erased_again": done.again,
                "offences": [asdict(one) for one in done.offences],
                "seconds": round(done.seconds, 2),
            }
        )
    else:
        kept = f" The old database is kept as {done.aside}." if done.aside else ""
        say(
            f"Restored {path} of {done.manifest.made_at[:19]}, entry {done.manifest.position:,}; "
            f"{len(done.again)} erasures done again, {done.seconds:.1f} s.{kept}"
        )
    for one in done.offences:
        say(f"{one.invariant} {one.subject}: {one.sentence}")
    if done.offences:
        say("It is as it was written, but `songsheet check` finds these offences in it.")
        sys.exit(1)
