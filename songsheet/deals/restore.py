"""Deals put back as they were before an import, as far as nobody changed them since."""

from collections.abc import Mapping
from datetime import datetime

from songsheet.base.restoring import Changes, Restored, restore
from songsheet.deals.adopt_deals import Deals
from songsheet.deals.events import DealChanged
from songsheet.deals.step_acts import follow_steps
from songsheet.journal.act import act
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting

_STANDING = frozenset(
    {"state", "closed_at", "reason", "stage_id", "at_rest", "next_step", "next_step_on", "owner_id"}
)
_MONEY = frozenset({"amount", "margin", "currency"})


def restore_deals(changes: Mapping[str, Changes], *, by: Acting, at: datetime) -> list[Restored]:
    """Put deals back; state, stage and end go together."""
    with act(by=by.actor, at=at, lane="history") as record:
        restored = restore(Deals.table, changes, together=[_STANDING, _MONEY])
        follow_steps([one.row["id"] for one in restored if one.fields], at=at)
        leads = dict(
            Lead.objects.filter(id__in={one.row["lead_id"] for one in restored}).values_list("id", "key")
        )
        for one in restored:
            if one.fields:
                fields = ", ".join(name.removesuffix("_id") for name in one.fields)
                lead = leads[one.row["lead_id"]]
                record(DealChanged(deal=one.key, lead=lead, fields=fields, version=one.version))
    return restored
