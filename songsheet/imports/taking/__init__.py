"""Records into the house: what a row refers to is found, what it says is adopted by the parts it belongs
to."""

from collections.abc import Callable

from songsheet.base.adopting import Adopted
from songsheet.imports.records import Part
from songsheet.imports.taking.activities import TOUCHES, take_tasks, take_touches
from songsheet.imports.taking.buyers import take_companies, take_members, take_people
from songsheet.imports.taking.deals import take_deals
from songsheet.imports.taking.leads import take_campaigns, take_leads
from songsheet.imports.taking.slice import Memory, Slice

__all__ = ["TAKE", "Memory", "Slice"]

TAKE: dict[str, Callable[[Part, Slice], list[Adopted | None]]] = {
    "member": take_members,
    "campaign": take_campaigns,
    "company": take_companies,
    "person": take_people,
    "lead": take_leads,
    "deal": take_deals,
    "task": take_tasks,
    **dict.fromkeys(TOUCHES, take_touches),
}
