"""songsheet check: prove the invariants on a live database."""

import sys
from dataclasses import asdict

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.command()
@click.option("--full", is_flag=True, help="from the first entry, not from where the last check ended")
@click.option("--json", "as_json", is_flag=True, help="print the offences as JSON")
def command(full: bool, as_json: bool) -> None:
    """Verify the invariants; name each offender; exit 1 when one fails."""
    ready()
    from songsheet.journal.check import names, run

    offences = run(full=full, processes=2 if full else 1)
    if as_json:
        give({"ok": not offences, "checked": names(), "offences": [asdict(one) for one in offences]})
    for one in offences if not as_json else []:
        say(f"{one.invariant} {one.subject}: {one.sentence}")
    if not as_json and not offences:
        say(f"{', '.join(names())} hold.")
    sys.exit(1 if offences else 0)
