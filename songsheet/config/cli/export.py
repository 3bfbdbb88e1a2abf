"""songsheet export: everything known of one person, for them."""

from pathlib import Path

import click
import orjson

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.command()
@click.argument("key")
@click.option("--to", "path", type=click.Path(path_type=Path), help="write into this file; else printed")
def command(key: str, path: Path | None) -> None:
    """Take out everything known of the person with this KEY: rows, story and rows of files, as JSON."""
    ready()
    from songsheet.flows.export_person import export_person
    from songsheet.team.acting import as_system
    from songsheet.team.queries import now

    taken = export_person(key, by=as_system("cli"), at=now())
    if path is None:
        give(taken)
        return
    path.touch(mode=0o600)
    path.write_bytes(orjson.dumps(taken, option=orjson.OPT_INDENT_2, default=str))
    say(f"Written to {path}.")
