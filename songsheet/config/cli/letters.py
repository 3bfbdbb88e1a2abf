"""songsheet letters: where leads came from, where they went, where they leak."""

import click

from songsheet.config.cli import give
from songsheet.config.prepare import ready


@click.command()
@click.option("--from", "first", metavar="DAY", help="leads that came on this day or later")
@click.option("--until", "last", metavar="DAY", help="leads that came on this day or earlier")
@click.option("--json", "as_json", is_flag=True, help="print the letters as JSON")
def command(first: str | None, last: str | None, as_json: bool) -> None:
    """Answer the first letter for all leads, or for those that came within some days."""
    ready()
    from songsheet.desk import standing
    from songsheet.desk.letters.asked import read_asked
    from songsheet.desk.letters.letter import letters
    from songsheet.desk.letters.words import as_text
    from songsheet.team.acting import as_system
    from songsheet.team.queries import house_and_time

    asked = read_asked({"from": first, "until": last})
    standing.hear()
    house, at = house_and_time()
    told = letters(as_system("cli"), at=at, asked=asked, house=house)
    if as_json:
        give(told.as_dict())
    else:
        click.echo(as_text(told))
