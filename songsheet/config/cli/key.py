"""songsheet key: keys for programs."""

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.group()
def command() -> None:
    """Keys for programs that use the API."""


@command.command()
@click.option("--member", "name", required=True, help="whose key: name, mail address or member key")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    help="read, write, send, import, export, sign or admin; repeat it",
)
@click.option("--label", default="", help="what the key is for")
@click.option("--json", "as_json", is_flag=True, help='print {"key": …} alone')
def create(name: str, scopes: tuple[str, ...], label: str, as_json: bool) -> None:
    """Issue a key. It is printed once; only its hash is kept."""
    ready()
    from songsheet.team.acting import as_system
    from songsheet.team.actions import issue_key
    from songsheet.team.queries import member_named, now

    wanted = [one for scope in scopes for one in scope.replace(",", " ").split()]
    member = member_named(name)
    _, secret = issue_key(member=member, scopes=wanted, label=label, by=as_system("cli"), at=now())
    if as_json:
        give({"key": secret})
    else:
        click.echo(secret)
        say(f"This key acts for {member.name}. It is not shown again.")
