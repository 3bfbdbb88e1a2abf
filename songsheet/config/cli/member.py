"""songsheet member: inviting members from the command line, the first administrator among them."""

import click

from songsheet.base.refusals import Refusal
from songsheet.config.cli import give, say
from songsheet.config.prepare import ready
from songsheet.doors.commands import options_of
from songsheet.team.commands import InviteMember


class NobodyNamed(Refusal):
    """An invitation for nobody, where there are members already."""

    code = "nobody_named"


@click.group()
def command() -> None:
    """Members of the team."""


@command.command()
@options_of(InviteMember, required=False)
@click.option("--json", "as_json", is_flag=True, help='print {"member", "link"} alone')
def invite(as_json: bool, **given: str) -> None:
    """Print the link by which somebody sets their password: once, within a week.

    On a fresh home without any option it invites the first administrator, who says on that page who they are.
    """
    ready()
    from songsheet.team.acting import as_system
    from songsheet.team.actions import invite_member
    from songsheet.team.mail import link_of, send_invitation
    from songsheet.team.queries import first_administrator, house, now

    by, at = as_system("cli"), now()
    if given["email"]:
        asked = InviteMember.read(given)
        invited = invite_member(email=asked.email, name=asked.name, role=asked.role, by=by, at=at)
    else:
        first = first_administrator()
        if first is None:
            raise NobodyNamed(
                "Somebody can sign in already. Name whom to invite: --email name@company.example"
            )
        invited = invite_member(key=first.key, by=by, at=at)
    mailed = send_invitation(invited, house())
    if as_json:
        give({"member": invited.member.key, "link": link_of(invited)})
    else:
        click.echo(link_of(invited))
        sent = f" It was mailed to {invited.member.email}." if mailed else ""
        say(f"This link sets the password of {invited.member.name}. It works once, for a week.{sent}")
