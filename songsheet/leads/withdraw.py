"""Taking leads out of everything that is shown; their clocks stop."""

from collections.abc import Sequence
from datetime import datetime

from songsheet.base import bulk
from songsheet.journal.act import act
from songsheet.journal.entries import Lane
from songsheet.leads.events import LeadGone
from songsheet.leads.handing import stop_clocks
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def withdraw_leads(
    keys: Sequence[str], *, by: Acting, at: datetime, why: str, lane: Lane = "history"
) -> None:
    """Take leads out; those that are out already stay so."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at, lane=lane) as record:
        ids = bulk.take_out("leads_lead", keys, at)
        gone = bulk.rows(
            """select lead.key, person.key from leads_lead lead
                 join buyers_person person on person.id = lead.person_id
                where lead.id = any(%s::bigint[]) order by lead.id""",
            [ids],
        )
        stop_clocks([key for key, _ in gone], at=at)
        bodies = [{"lead": key, "person": person, "why": why} for key, person in gone]
        record.bulk(LeadGone, bodies, [at] * len(gone))
