"""What hangs together: who hears the journal, what is derived, which lists and agreements there are."""

from collections.abc import Callable
from typing import Any

from songsheet.agreements.kinds.enquiry_sorting import ENQUIRY_SORTING
from songsheet.agreements.kinds.expectations import EXPECTATIONS
from songsheet.agreements.kinds.leak_thresholds import LEAK_THRESHOLDS
from songsheet.agreements.kinds.publishing_rule import PUBLISHING_RULE
from songsheet.agreements.kinds.qualified_lead import QUALIFIED_LEAD
from songsheet.agreements.kinds.responsibilities import RESPONSIBILITIES
from songsheet.agreements.kinds.return_reasons import RETURN_REASONS
from songsheet.agreements.kinds.service_levels import SERVICE_LEVELS
from songsheet.agreements.kinds.snippets import SNIPPETS
from songsheet.agreements.kinds.tiers_and_routing import TIERS_AND_ROUTING
from songsheet.agreements.terms import Kind
from songsheet.beside.reactions import READER as WEBHOOKS
from songsheet.buyers.listing import COMPANIES, PEOPLE
from songsheet.clocks.reactions import READER as CALENDARS
from songsheet.deals.listing import DEALS
from songsheet.desk.standing import READER as STANDING
from songsheet.desk.standing import refresh_all as refresh_standing
from songsheet.doors.listing import Listing
from songsheet.find.reader import NOW as FOUND_NOW
from songsheet.find.reader import PAST as FOUND
from songsheet.find.refresh import refresh_all as refresh_found
from songsheet.handoffs.listing import RETURNS
from songsheet.handoffs.reactions import READER as DISPUTES
from songsheet.handoffs.verdicts.listing import VERDICTS
from songsheet.intake.appointments.reactions import READER as WHO_OFFERED
from songsheet.intake.links.listing import LINKS
from songsheet.intake.visitors.refresh import refresh_made
from songsheet.journal.reader import Reader
from songsheet.leads.enquiries.listing import ENQUIRIES
from songsheet.leads.enquiries.reactions import READER as WHO_LEFT
from songsheet.leads.listing import LEADS
from songsheet.leads.qualifying.reactions import READER as QUALIFYING
from songsheet.leads.reactions import READER as PROMISES
from songsheet.leads.routing.reactions import READER as ROUTING
from songsheet.notices.reactions import READER as NOTICES
from songsheet.song.claims.listing import CLAIMS
from songsheet.touches.listing import CAMPAIGNS, TASKS, TOUCHES

#: A reader keeps its name for life.
READERS: list[Reader] = [
    STANDING, CALENDARS, PROMISES, QUALIFYING, ROUTING, WHO_LEFT, WHO_OFFERED, DISPUTES, WEBHOOKS, NOTICES,
    FOUND_NOW, FOUND,
]  # fmt: skip

#: Derived tables → what recomputes each and says how many rows were not right.
DERIVED: dict[str, Callable[[], int]] = {
    "desk.Standing": refresh_standing,
    "find.Found": refresh_found,
    "intake.Hit.made_by": refresh_made,
}

#: The lists that views are saved of and whose cells are changed in place, by name.
LISTINGS: dict[str, Listing] = {
    one.name: one
    for one in (
        PEOPLE,
        COMPANIES,
        LEADS,
        ENQUIRIES,
        RETURNS,
        VERDICTS,
        DEALS,
        TOUCHES,
        TASKS,
        CAMPAIGNS,
        LINKS,
        CLAIMS,
    )
}

#: The kinds of agreements by name, in the order of the page. A part that needs another adds its line.
AGREEMENTS: dict[str, Kind[Any]] = {
    one.name: one
    for one in (
        QUALIFIED_LEAD,
        TIERS_AND_ROUTING,
        SERVICE_LEVELS,
        RETURN_REASONS,
        SNIPPETS,
        ENQUIRY_SORTING,
        RESPONSIBILITIES,
        EXPECTATIONS,
        LEAK_THRESHOLDS,
        PUBLISHING_RULE,
    )
}
