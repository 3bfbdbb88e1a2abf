"""What the sentences of a story may speak of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from songsheet.deals.models import Deal
from songsheet.handoffs.models import Return
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.intake.visitors.queries import Visit
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.models import Lead
from songsheet.touches.models import Task, Touch


@dataclass(frozen=True)
class Known:
    """What the sentences of one story may speak of, by key."""

    names: Mapping[str, str] = field(default_factory=dict)
    touches: Mapping[str, Touch] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    deals: Mapping[str, Deal] = field(default_factory=dict)
    leads: Mapping[str, Lead] = field(default_factory=dict)
    returns: Mapping[str, Return] = field(default_factory=dict)
    enquiries: Mapping[str, Enquiry] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    visits: Mapping[str, Visit] = field(default_factory=dict)

    def name(self, key: str | None, otherwise: str) -> str:
        """What somebody is called."""
        return self.names.get(key or "", otherwise)
