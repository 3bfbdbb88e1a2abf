"""songsheet erase: everything personal about some people goes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.command()
@click.argument("keys", nargs=-1)
@click.option(
    "--from", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True),
    help="a file with a key a line, - for what is piped in",
)  # fmt: skip
@click.option("--yes", is_flag=True, help="do not ask: it cannot be undone")
@click.option("--json", "as_json", is_flag=True, help="print what was erased as JSON")
def command(keys: tuple[str, ...], path: Path | None, yes: bool, as_json: bool) -> None:
    """Erase the people with these KEYS: values go, keys and numbers stay. It cannot be undone.

    Each is an act of its own: whoever cannot be erased is told and keeps nobody else back.
    """
    whom = chosen(keys, path)
    if not whom:
        raise click.UsageError("Say whom: keys, or --from with a file of them.")
    ready()
    if not yes:
        names = whom[0] if len(whom) == 1 else f"{len(whom):,} people"
        click.confirm(f"Erase {names} for good?", abort=True, err=True)
    done = erase(whom)
    if as_json:
        give(done)
    elif done["erased"]:
        names = ", ".join(done["erased"]) if len(whom) == 1 else f"{len(done['erased']):,} records"
        say(
            f"Erased {names}: {sum(done['rows'].values()):,} rows and {done['files']} files. "
            "The bytes leave the data directory with the nightly vacuum, or with `songsheet vacuum`."
        )
    if refused := done["refused"]:
        raise click.ClickException("\n".join(f"{key}: {why}" for key, why in refused.items()))


def chosen(keys: Iterable[str], path: Path | None) -> list[str]:
    """The keys that were said and those of the file, each once; what stands behind a # is a remark."""
    text = click.open_file(str(path)).read() if path else ""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    return list(dict.fromkeys([*keys, *filter(None, lines)]))


def erase(keys: Sequence[str]) -> dict[str, Any]:
    """Who was erased, who was not and why, and what went: rows by table, and files."""
    from songsheet.base.refusals import Refusal
    from songsheet.flows.erase_person import erase_person
    from songsheet.team.acting import as_system
    from songsheet.team.queries import now

    erased: dict[str, None] = {}
    refused: dict[str, str] = {}
    rows, files = Counter[str](), 0
    for number, key in enumerate(keys, 1):
        try:
            done = erase_person(key, by=as_system("cli"), at=now())
        except Refusal as refusal:
            refused[key] = refusal.sentence
        else:
            erased |= dict.fromkeys(done.people)
            rows.update(done.rows)
            files += done.files
        if len(keys) > 1:
            say(f"{number:,} of {len(keys):,}")
    return {"erased": list(erased), "rows": dict(rows), "files": files, "refused": refused}
