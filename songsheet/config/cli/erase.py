"""songsheet erase: everything personal about one person goes."""

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.command()
@click.argument("key")
@click.option("--yes", is_flag=True, help="do not ask: it cannot be undone")
@click.option("--json", "as_json", is_flag=True, help="print what was erased as JSON")
def command(key: str, yes: bool, as_json: bool) -> None:
    """Erase the person with this KEY: values go, keys and numbers stay. It cannot be undone."""
    ready()
    from songsheet.flows.erase_person import erase_person
    from songsheet.team.acting import as_system
    from songsheet.team.queries import now

    if not yes:
        click.confirm(f"Erase {key} for good?", abort=True, err=True)
    done = erase_person(key, by=as_system("cli"), at=now())
    if as_json:
        give({"erased": done.people, "rows": done.rows, "files": done.files})
    else:
        say(
            f"Erased {', '.join(done.people)}: {sum(done.rows.values()):,} rows and {done.files} files. "
            "The bytes leave the data directory with the nightly vacuum, or with `songsheet vacuum`."
        )
