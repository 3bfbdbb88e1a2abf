"""songsheet rebuild: recompute what is derived."""

import time

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print what changed as JSON")
def command(as_json: bool) -> None:
    """Recompute every derived table from what it is derived from; say how many rows were not right."""
    ready()
    from songsheet.config.wiring import DERIVED

    changed = {}
    for name, again in DERIVED.items():
        began = time.monotonic()
        changed[name] = again()
        say(f"{name}: {changed[name]:,} rows changed, {time.monotonic() - began:.1f} s")
    if as_json:
        give({"changed": changed})
