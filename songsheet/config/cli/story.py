"""songsheet story: one buyer's story."""

import click

from songsheet.config.cli import give
from songsheet.config.prepare import ready


@click.command()
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="print the story as JSON")
def command(key: str, as_json: bool) -> None:
    """Tell the story of one buyer. KEY is ours (person_…, lead_…, deal_…) or an external id."""
    ready()
    from songsheet.desk.story import story_for
    from songsheet.team.acting import as_system

    story = story_for(as_system("cli"), key)
    if as_json:
        give(story.as_dict())
    else:
        click.echo(story.as_text())
