"""Taking touches, tasks and campaigns out of everything that is shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.journal.act import act
from songsheet.journal.entries import Lane
from songsheet.journal.events import Event
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.events import (
    CampaignBroughtBack,
    CampaignGone,
    TaskBroughtBack,
    TaskGone,
    TouchBroughtBack,
    TouchGone,
)


def withdraw_touches(
    keys: Sequence[str], *, by: Acting, at: datetime, why: str, lane: Lane = "history"
) -> None:
    """Take touches out; those that are out already stay so."""
    by.must(Right.WORK)
    _withdraw("touch", TouchGone, keys, by=by, at=at, why=why, lane=lane)


def withdraw_tasks(
    keys: Sequence[str], *, by: Acting, at: datetime, why: str, lane: Lane = "history"
) -> None:
    """Take tasks out; those that are out already stay so."""
    by.must(Right.WORK)
    _withdraw("task", TaskGone, keys, by=by, at=at, why=why, lane=lane)


def withdraw_campaigns(
    keys: Sequence[str], *, by: Acting, at: datetime, why: str, lane: Lane = "history"
) -> None:
    """Take campaigns out of the register; those that are out already stay so."""
    by.must(Right.SPEND)
    with act(by=by.actor, at=at, lane=lane) as record:
        ids = bulk.take_out("touches_campaign", keys, at)
        gone = bulk.rows("select key from touches_campaign where id = any(%s::bigint[]) order by id", [ids])
        record.bulk(CampaignGone, [{"campaign": key, "why": why} for (key,) in gone], [at] * len(gone))


def _withdraw(
    what: str, event: type[Event], keys: Sequence[str], *, by: Acting, at: datetime, why: str, lane: Lane
) -> None:
    table = f"touches_{what}"
    with act(by=by.actor, at=at, lane=lane) as record:
        ids = bulk.take_out(table, keys, at)
        gone = bulk.rows(
            f"""select it.key, person.key, nullif(it.lead_key, '') from {table} it
                  left join buyers_person person on person.id = it.person_id
                 where it.id = any(%s::bigint[]) order by it.id""",
            [ids],
        )
        bodies = [{what: key, "why": why, "person": person, "lead": lead} for key, person, lead in gone]
        record.bulk(event, bodies, [at] * len(gone))


def told_back(what: str, ids: Sequence[int]) -> tuple[type[Event], list[dict[str, Any]]]:
    """What entries say of touches, tasks or campaigns that are shown again, in the order of their ids."""
    if what == "campaigns":
        found = bulk.rows("select key from touches_campaign where id = any(%s::bigint[]) order by id", [ids])
        return CampaignBroughtBack, [{"campaign": key} for (key,) in found]
    one, event = ("touch", TouchBroughtBack) if what == "touches" else ("task", TaskBroughtBack)
    company = "it.company_id" if what == "touches" else "null::bigint"
    found = bulk.rows(
        f"""select it.key, person.key, nullif(it.lead_key, ''), company.key from touches_{one} it
              left join buyers_person person on person.id = it.person_id
              left join buyers_company company on company.id = {company}
             where it.id = any(%s::bigint[]) order by it.id""",
        [list(ids)],
    )
    bodies: list[dict[str, Any]] = [{one: key, "person": who, "lead": lead} for key, who, lead, _ in found]
    if what == "touches":
        for body, (*_, company) in zip(bodies, found, strict=True):
            body["company"] = company
    return event, bodies
