"""The kinds of records that many can be changed of at once: a literal table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from songsheet.base.adopting import Table
from songsheet.base.restoring import Restored
from songsheet.buyers.actions import change_companies, change_people
from songsheet.buyers.adopt import withdraw_companies, withdraw_people
from songsheet.buyers.adopt_companies import Companies
from songsheet.buyers.adopt_people import People
from songsheet.buyers.listing import COMPANIES, PEOPLE
from songsheet.buyers.restore import restore_companies, restore_people
from songsheet.deals.actions import change_deals
from songsheet.deals.adopt import withdraw_deals
from songsheet.deals.adopt_deals import Deals
from songsheet.deals.listing import DEALS
from songsheet.deals.restore import restore_deals
from songsheet.doors.listing import Listing
from songsheet.flows.errors import UnknownChange
from songsheet.leads.adopt import withdraw_leads
from songsheet.leads.adopt_leads import Leads
from songsheet.leads.listing import LEADS
from songsheet.leads.restore import restore_leads
from songsheet.team.roles import Right
from songsheet.touches.actions import change_tasks
from songsheet.touches.adopt import withdraw_campaigns, withdraw_tasks, withdraw_touches
from songsheet.touches.adopt_campaigns import Campaigns
from songsheet.touches.adopt_tasks import Tasks
from songsheet.touches.adopt_touches import Touches
from songsheet.touches.listing import CAMPAIGNS, TASKS, TOUCHES
from songsheet.touches.restore import restore_campaigns, restore_tasks, restore_touches

_NO_TAGS = frozenset({"tag", "untag"})


@dataclass(frozen=True)
class Kind:
    """One kind: its list, its table, what hides it and what puts it back. Leads are assigned by giving them,
    the others by `own`, which calls it `owner`. `changing` is the right that any change asks for; `without`
    names acts that there are not for it."""

    listing: Listing
    table: Table
    one: str
    withdraw: Callable[..., None]
    restore: Callable[..., list[Restored]]
    own: Callable[..., Any] | None
    owner: str = "owner_id"
    assigning: Right = Right.WORK
    changing: Right = Right.WORK
    without: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What the kind is called on pages and on the API: the name of its list."""
        return self.listing.name

    def acts(self, every: Sequence[str]) -> list[str]:
        """Those of all acts that there are for it."""
        return [act for act in every if act not in self.without]


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(PEOPLE, People.table, "buyer", withdraw_people, restore_people, change_people),
        Kind(COMPANIES, Companies.table, "company", withdraw_companies, restore_companies, change_companies),
        Kind(LEADS, Leads.table, "lead", withdraw_leads, restore_leads, None, assigning=Right.OFFER),
        Kind(DEALS, Deals.table, "deal", withdraw_deals, restore_deals, change_deals),
        Kind(
            TOUCHES,
            Touches.table,
            "touch",
            withdraw_touches,
            restore_touches,
            None,
            without=_NO_TAGS | {"assign"},
        ),
        Kind(
            TASKS,
            Tasks.table,
            "task",
            withdraw_tasks,
            restore_tasks,
            change_tasks,
            "member_id",
            without=_NO_TAGS,
        ),
        Kind(
            CAMPAIGNS,
            Campaigns.table,
            "campaign",
            withdraw_campaigns,
            restore_campaigns,
            None,
            changing=Right.SPEND,
            without=_NO_TAGS | {"assign"},
        ),
    )
}


def kind_of(what: str) -> Kind:
    """The kind of this name; another is refused."""
    if what not in KINDS:
        names = ", ".join(KINDS)
        raise UnknownChange(f"“{what[:40]}” cannot be changed in bulk. There are: {names}.", field="what")
    return KINDS[what]
