"""songsheet doctor: what is wrong, and what to do."""

import sys
from dataclasses import asdict

import click

from songsheet.config.cli import give, say


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print everything that was looked at as JSON")
def command(as_json: bool) -> None:
    """Say what is slow, behind, parked, full or badly set, one sentence each; exit 1 when something is."""
    import django

    django.setup()
    from songsheet.config.doctor import findings

    found = findings()
    if as_json:
        give({"well": all(one.well for one in found), "findings": [asdict(one) for one in found]})
    else:
        for one in found:
            say(f"{'ok   ' if one.well else 'WRONG'} {one.about:9} {one.says}")
    sys.exit(0 if all(one.well for one in found) else 1)
