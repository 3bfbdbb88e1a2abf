"""A lead changes: it moves to another state, ends, or says something else; many at once as one by one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import named
from songsheet.base.many import Many, sift
from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.journal.act import act
from songsheet.journal.changing import change_rows, write_rows
from songsheet.leads.adopt_leads import Leads
from songsheet.leads.errors import LeadHasEnded, NoSuchLead, NoSuchState, NurturingNeeds, ReasonMissing
from songsheet.leads.events import LeadChanged, LeadEnded, LeadMoved
from songsheet.leads.handing import stop_clocks
from songsheet.leads.looking_acts import follow_looks, must_be_soon
from songsheet.leads.models import ENDED_STATES, OPEN_STATES, Lead
from songsheet.leads.queries import held_leads
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def move_lead(
    key: str, state: str, *, by: Acting, at: datetime, look_again_on: date | None = None,
    version: int | None = None,
) -> Lead:  # fmt: skip
    """Move an open lead to another open state; nurturing needs an owner and a day to look again."""
    return move_leads([key], state, by=by, at=at, look_again_on=look_again_on, version=version).only()


def move_leads(
    keys: Sequence[str], state: str, *, by: Acting, at: datetime, look_again_on: date | None = None,
    version: int | None = None,
) -> Many[Lead]:  # fmt: skip
    """Move open leads to another open state, at most 2,000; each that cannot move says why."""
    by.must(Right.WORK)
    if state not in OPEN_STATES:
        raise NoSuchState(f"A lead cannot stand in “{state[:40]}”. Choose one of {', '.join(OPEN_STATES)}.")
    if state == Lead.State.NURTURING and look_again_on:
        must_be_soon(look_again_on, at)

    def fits(lead: Lead) -> None:
        must_be_open(lead)
        if version is not None and version != lead.version:
            raise Stale(
                "Somebody changed this lead since you opened it. Look at it again.", version=lead.version
            )
        if _differs(lead, state, look_again_on):
            must_be_fit(state, lead.owner_id, look_again_on or lead.look_again_on)

    with act(by=by.actor, at=at) as record:
        many = sift(keys, held_leads(keys, hands=False), NoSuchLead, fits)
        moved = [lead for lead in many.rows.values() if _differs(lead, state, look_again_on)]
        before = [lead.state for lead in moved]
        for lead in moved:
            lead.state, lead.look_again_on = state, look_again_on or lead.look_again_on
        follow_looks(moved, at=at)
        write_rows(moved, Leads.table, ["state", "look_again_on", "clock_id"])
        bodies = [
            {**_about(lead), "state": state, "before": was} for lead, was in zip(moved, before, strict=True)
        ]
        record.bulk(LeadMoved, bodies, [at] * len(bodies))
    return many


def end_lead(key: str, state: str, *, by: Acting, at: datetime, reason: str = "") -> Lead:
    """End a lead: disqualified or released with a reason, or converted as a deal was opened."""
    return end_leads([key], state, by=by, at=at, reason=reason).only()


def end_leads(keys: Sequence[str], state: str, *, by: Acting, at: datetime, reason: str = "") -> Many[Lead]:
    """End leads for one reason, at most 2,000; each that has ended already says so."""
    by.must(Right.WORK)
    if state not in ENDED_STATES:
        raise NoSuchState(f"A lead cannot end as “{state[:40]}”. Choose one of {', '.join(ENDED_STATES)}.")
    reason = clean(reason, 200, field="reason")
    if not reason and state != Lead.State.CONVERTED:
        raise ReasonMissing("A lead ends with a reason. Give it in a few words.", field="reason")
    with act(by=by.actor, at=at) as record:
        many = sift(keys, held_leads(keys, hands=False), NoSuchLead, must_be_open)
        ended = list(many.rows.values())
        stop_clocks([lead.key for lead in ended], at=at)
        for lead in ended:
            lead.state, lead.ended_at, lead.end_reason = state, at, reason
            lead.clock = lead.queue = None
            lead.at_rest = False
        write_rows(ended, Leads.table, ["state", "ended_at", "end_reason", "clock_id", "queue_id", "at_rest"])
        record.bulk(LeadEnded, [{**_about(lead), "state": state} for lead in ended], [at] * len(ended))
    return many


def change_lead(key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any) -> Lead:
    """Change other fields: wants, tier, deal_seeker, source_id, campaign_id, company_id, custom."""
    return change_leads([key], by=by, at=at, version=version, **values).only()


def change_leads(
    keys: Sequence[str], *, by: Acting, at: datetime, version: int | None = None, **values: Any
) -> Many[Lead]:
    """The same fields of many leads, at most 2,000."""
    by.must(Right.WORK)
    if values.get("look_again_on"):
        must_be_soon(values["look_again_on"], at)
    with act(by=by.actor, at=at) as record:
        many = sift(keys, held_leads(keys, hands=False), NoSuchLead)
        leads = list(many.rows.values())
        told = change_rows(leads, Leads.table, values, changed_by=LeadChanged, version=version)
        if "look_again_on" in values:
            follow_looks(leads, at=at)
            bulk.update("leads_lead", {"clock_id": "bigint"}, [(lead.id, lead.clock_id) for lead in leads])
        bodies = [
            {**_about(lead), "fields": named(changed), "version": lead.version}
            for lead, changed in zip(leads, told, strict=True)
            if changed
        ]
        record.bulk(LeadChanged, bodies, [at] * len(bodies))
    return many


def must_be_open(lead: Lead) -> None:
    """What has ended does not move any more."""
    if not lead.is_open:
        raise LeadHasEnded(f"This lead has ended ({lead.get_state_display().lower()}). Open it to see why.")


def must_be_fit(state: str, owner: int | None, look_again_on: date | None) -> None:
    """Who nurtures a lead looks at it again on a day."""
    if state == Lead.State.NURTURING and not (owner and look_again_on):
        raise NurturingNeeds(
            "A nurtured lead has an owner and a day to look again. Give both.", field="look_again_on"
        )


def _about(lead: Lead) -> dict[str, str]:
    return {"lead": lead.key, "person": lead.person.key}


def _differs(lead: Lead, state: str, look_again_on: date | None) -> bool:
    return state != lead.state or look_again_on not in (None, lead.look_again_on)
