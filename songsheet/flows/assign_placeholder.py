"""Somebody whom an import named turns out to be a member: names, open leads and deals become theirs."""

from dataclasses import dataclass
from datetime import datetime

from songsheet.deals.adopt_owner import pass_on_deals, take_deals_back
from songsheet.leads.adopt_owner import pass_on_leads, take_leads_back
from songsheet.team.acting import Acting
from songsheet.team.actions import give_names, take_names_back
from songsheet.team.models import Member
from songsheet.team.queries import given_to, member_keyed
from songsheet.team.roles import Right


@dataclass(frozen=True)
class Assigned:
    """Who the placeholder turned out to be, and how many open leads and deals passed on."""

    placeholder: Member
    member: Member
    leads: int
    deals: int


def assign_placeholder(key: str, *, to: str, by: Acting, at: datetime) -> Assigned:
    """Names, open leads and open deals of a placeholder become the member's; undone by `undo_assigning`."""
    member = give_names(key, to=to, by=by, at=at)
    placeholder = member_keyed(key)
    leads = pass_on_leads(placeholder, member, by=by, at=at)
    return Assigned(placeholder, member, leads, pass_on_deals(placeholder, member, by=by, at=at))


def undo_assigning(key: str, *, by: Acting, at: datetime) -> Assigned:
    """Names, and those open leads and deals that the member still has, are the placeholder's again."""
    by.must(Right.TEAM)
    member = given_to(key)
    placeholder = take_names_back(key, by=by, at=at)
    leads = take_leads_back(placeholder, member, by=by, at=at)
    return Assigned(placeholder, member, leads, take_deals_back(placeholder, member, by=by, at=at))
