"""songsheet lead: the acts on leads."""

import click

from songsheet.config.cli import give, say
from songsheet.config.prepare import ready


@click.group()
def command() -> None:
    """Acts on one lead."""


@command.command()
@click.argument("key")
@click.option("--member", "name", required=True, help="who takes it: name, mail address or member key")
@click.option("--json", "as_json", is_flag=True, help="print the lead as JSON")
def take(key: str, name: str, as_json: bool) -> None:
    """Take a free lead for a member."""
    ready()
    from songsheet.leads.actions import take_lead
    from songsheet.leads.bodies import LeadOut
    from songsheet.team.acting import as_member
    from songsheet.team.queries import member_named, now

    member = member_named(name)
    lead = take_lead(key, by=as_member(member), at=now())
    if as_json:
        give(LeadOut.read(as_member(member), lead.key).model_dump(mode="json"))
    else:
        due = f"; the first answer is due {lead.clock.due_at:%d %B, %H:%M} UTC" if lead.clock else ""
        say(f"{member.name} has the lead{due}.")
