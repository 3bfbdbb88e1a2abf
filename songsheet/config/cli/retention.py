"""songsheet retention: what was kept longer than its term goes."""

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.command()
@click.option("--dry-run", is_flag=True, help="only count what would go")
@click.option("--json", "as_json", is_flag=True, help="print the reports as JSON")
def command(dry_run: bool, as_json: bool) -> None:
    """Go through the terms that the house set, as the job of the night does."""
    ready()
    from songsheet.flows.retention.running import run
    from songsheet.team.acting import as_system
    from songsheet.team.queries import now

    reports = run(by=as_system("cli"), at=now(), dry=dry_run)
    if as_json:
        give({"reports": [{"purpose": one.purpose, "months": one.months, "over": one.found, "went": one.gone,
               "counted_only": one.dry} for one in reports]})  # fmt: skip
        return
    for one in reports:
        went = "only counted" if one.dry else f"{one.gone} went"
        say(f"{one.purpose}, {one.months} months: {one.found} over, {went}")
    if not reports:
        say("No term is set. Set one under Settings, How long we keep.")
