"""songsheet prepare: make the home ready and say where it is."""

import click

from songsheet.config.cli import say
from songsheet.config.prepare import ready


@click.command()
def command() -> None:
    """Make the data directory ready: database, schema, secret. Every other command does this by itself."""
    ready()
    from django.conf import settings

    say(f"Ready in {settings.ENVIRONMENT.home}.")
