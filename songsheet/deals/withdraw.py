"""Taking deals out of everything that is shown."""

from collections.abc import Sequence
from datetime import datetime

from songsheet.base import bulk
from songsheet.deals.events import DealGone
from songsheet.deals.step_acts import follow_steps
from songsheet.journal.act import act
from songsheet.journal.entries import Lane
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def withdraw_deals(
    keys: Sequence[str], *, by: Acting, at: datetime, why: str, lane: Lane = "history"
) -> None:
    """Take deals out; those that are out already stay so."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at, lane=lane) as record:
        ids = bulk.take_out("deals_deal", keys, at)
        follow_steps(ids, at=at)
        gone = bulk.rows(
            """select deal.key, lead.key, person.key from deals_deal deal
                 join leads_lead lead on lead.id = deal.lead_id
                 left join buyers_person person on person.id = deal.person_id
                where deal.id = any(%s::bigint[]) order by deal.id""",
            [ids],
        )
        bodies = [{"deal": key, "lead": lead, "person": person, "why": why} for key, lead, person in gone]
        record.bulk(DealGone, bodies, [at] * len(gone))
