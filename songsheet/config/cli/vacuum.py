"""songsheet vacuum: no file holds what was erased."""

from dataclasses import asdict

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print what was done as JSON")
def command(as_json: bool) -> None:
    """Rewrite what held erased values and turn the write-ahead log over; the nightly job does it too."""
    ready()
    from songsheet.config.vacuum import vacuum

    done = vacuum(always=True, tell=say)
    if as_json:
        give(asdict(done))
        return
    for one in done.remains:
        say(one)
    say(f"{len(done.tables)} tables written anew, {done.seconds:.1f} s.")
