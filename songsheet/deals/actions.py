"""What changes a deal: it is opened, moves, gets its next step, and ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from songsheet.base.adopting import RowRefused, named, one
from songsheet.base.many import Many, sift
from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.deals.adopt_deals import DealRow, Deals, adopt_deals, stages_named
from songsheet.deals.errors import (
    DealHasEnded,
    DealIsOpen,
    NextStepMissing,
    NoSuchDeal,
    NoSuchEnd,
    OwnerMissing,
    ReasonMissing,
)
from songsheet.deals.events import DealChanged, DealEnded, DealMoved, NextStepSet
from songsheet.deals.models import ENDED, Deal
from songsheet.deals.queries import held, held_deals
from songsheet.deals.step_acts import follow_steps, must_be_near, step_done
from songsheet.journal.act import act
from songsheet.journal.changing import change_rows, write_rows
from songsheet.leads.actions import end_lead
from songsheet.leads.models import Lead
from songsheet.leads.queries import held as held_lead
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right


def open_deal(lead_key: str, row: DealRow, *, by: Acting, at: datetime) -> Deal:
    """Open a deal on a lead, which is converted by it; it has an owner and a dated next step from the start.

    What the row leaves open comes from the lead: person, company, campaign, owner (else who opens it).
    """
    by.must(Right.WORK)
    with act(by=by.actor, at=at):
        lead = held_lead(lead_key)
        owner = lead.owner or by.member
        row = replace(
            row,
            lead=(lead.id, lead.key),
            person=row.person or (lead.person_id, lead.person.key),
            company=row.company or _company_of(lead),
            campaign=row.campaign or ((lead.campaign.id, lead.campaign.key) if lead.campaign else None),
            owner=row.owner or ((owner.id, owner.key) if owner else None),
            opened_at=row.opened_at or at,
            at_rest=False,
        )
        if lead.is_open:
            end_lead(lead_key, Lead.State.CONVERTED, by=by, at=at)
        opened = one(adopt_deals([row], by=by, at=at, lane="live"))
    assert opened.ref is not None
    return Deal.objects.get(id=opened.ref[0])


def move_deal(key: str, stage: str, *, by: Acting, at: datetime, version: int | None = None) -> Deal:
    """Move an open deal to the stage of this name; one that is new joins the pipeline at its end."""
    return move_deals([key], stage, by=by, at=at, version=version).only()


def move_deals(
    keys: Sequence[str], stage: str, *, by: Acting, at: datetime, version: int | None = None
) -> Many[Deal]:
    """Move open deals to the stage of this name, at most 2,000; each that has ended says so."""
    by.must(Right.WORK)
    name = clean(stage, 120, field="stage")
    if not name:
        raise RowRefused("A deal moves to a stage. Name one.", field="stage")

    def fits(deal: Deal) -> None:
        _must_be_open(deal)
        if version is not None and version != deal.version:
            raise Stale(
                "Somebody changed this deal since you opened it. Look at it again.", version=deal.version
            )

    with act(by=by.actor, at=at) as record:
        many = sift(keys, held_deals(keys), NoSuchDeal, fits)
        if many.rows:
            stage_id = stages_named([name])[name]
            moved = [deal for deal in many.rows.values() if deal.stage_id != stage_id]
            before = [deal.stage.name if deal.stage else "" for deal in moved]
            for deal in moved:
                deal.stage_id = stage_id
            write_rows(moved, Deals.table, ["stage_id"])
            bodies = [
                {**_about(deal), "stage": name, "before": was}
                for deal, was in zip(moved, before, strict=True)
            ]
            record.bulk(DealMoved, bodies, [at] * len(bodies))
    return many


def set_next_step(
    key: str, *, step: str, on: date, by: Acting, at: datetime, owner: Member | None = None
) -> Deal:
    """Date the next step of an open deal; one that lay at rest is taken up by it, with an owner."""
    by.must(Right.WORK)
    step = clean(step, 300, field="step")
    if not step:
        raise NextStepMissing("Say what the next step is.", field="step")
    must_be_near(on, at)
    with act(by=by.actor, at=at) as record:
        deal = _open(key)
        deal.owner = owner or deal.owner or by.member
        if deal.owner is None:
            raise NextStepMissing("An open deal has an owner. Say whose it is.", field="owner")
        if deal.next_step and deal.next_step != step:
            step_done(deal.key, at=at)
        deal.next_step, deal.next_step_on, deal.at_rest = step, on, False
        deal.version += 1
        deal.save(update_fields=["next_step", "next_step_on", "owner", "at_rest", "version"])
        follow_steps([deal.id], at=at)
        record(NextStepSet(**_about(deal), on=on.isoformat()))
    return deal


def end_deal(
    key: str, state: str, *, by: Acting, at: datetime, reason: str = "", amount: int | None = None
) -> Deal:
    """End a deal: won, or lost, no_decision, released with the reason; an amount if it changed."""
    by.must(Right.WORK)
    if state not in ENDED:
        raise NoSuchEnd(f"A deal cannot end as “{state[:40]}”. Choose one of {', '.join(ENDED)}.")
    reason = clean(reason, 200, field="reason")
    if not reason and state != Deal.State.WON:
        raise ReasonMissing(
            "A deal that is not won ends with a reason. Give it in a few words.", field="reason"
        )
    with act(by=by.actor, at=at) as record:
        deal = _open(key)
        if amount is not None:
            _must_be_money({"amount": amount, "margin": None, "currency": deal.currency})
            deal.amount = amount
        deal.state, deal.closed_at, deal.reason, deal.at_rest = state, at, reason, False
        deal.version += 1
        deal.save(update_fields=["state", "closed_at", "reason", "amount", "at_rest", "version"])
        follow_steps([deal.id], at=at)
        end = {"state": state, "amount": deal.amount, "currency": deal.currency}
        record(DealEnded(**_about(deal), **end))
    return deal


def open_again(key: str, *, by: Acting, at: datetime) -> Deal:
    """Open a deal again that ended too early; its owner and its last next step stand, or it lies at rest."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        deal = held(key)
        if deal.state == Deal.State.OPEN:
            raise DealIsOpen("This deal is open already. There is nothing to take back.")
        steady = deal.owner_id and deal.next_step and deal.next_step_on
        deal.state, deal.closed_at, deal.reason, deal.at_rest = Deal.State.OPEN, None, "", not steady
        deal.version += 1
        deal.save(update_fields=["state", "closed_at", "reason", "at_rest", "version"])
        follow_steps([deal.id], at=at)
        fields = named(["state", "closed_at", "reason"])
        record(DealChanged(**_about(deal), fields=fields, version=deal.version))
    return deal


def change_deal(key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any) -> Deal:
    """Change other fields: name, amount, margin, currency, category, expected_on, reason, custom …

    None clears one: person_id, company_id, campaign_id, and owner_id unless the deal is open and worked on.
    """
    return change_deals([key], by=by, at=at, version=version, **values).only()


def change_deals(
    keys: Sequence[str], *, by: Acting, at: datetime, version: int | None = None, **values: Any
) -> Many[Deal]:
    """The same fields of many deals, at most 2,000; each that cannot hold them says why."""
    by.must(Right.WORK)
    if "margin" in values:
        by.must(Right.MARGIN)

    def fits(deal: Deal) -> None:
        stands = {name: getattr(deal, name) for name in ("amount", "margin", "currency")}
        _must_be_money({**stands, **values})
        if deal.state == Deal.State.OPEN and not deal.at_rest and values.get("owner_id", 0) is None:
            raise OwnerMissing("An open deal has an owner. Give it to somebody else.", field="owner")

    with act(by=by.actor, at=at) as record:
        many = sift(keys, held_deals(keys), NoSuchDeal, fits)
        deals = list(many.rows.values())
        told = change_rows(deals, Deals.table, values, changed_by=DealChanged, version=version)
        if "owner_id" in values:
            follow_steps([deal.id for deal in deals], at=at)
        bodies = [
            {**_about(deal), "fields": named(changed), "version": deal.version}
            for deal, changed in zip(deals, told, strict=True)
            if changed
        ]
        record.bulk(DealChanged, bodies, [at] * len(bodies))
    return many


def _open(key: str) -> Deal:
    deal = held(key)
    _must_be_open(deal)
    return deal


def _must_be_open(deal: Deal) -> None:
    if deal.state != Deal.State.OPEN:
        raise DealHasEnded(f"This deal has ended ({deal.get_state_display().lower()}). Open it to see why.")


def _must_be_money(values: dict[str, Any]) -> None:
    if (values["amount"] is not None or values["margin"] is not None) and not values["currency"]:
        raise RowRefused("An amount needs its currency. Give one, such as EUR.", field="currency")


def _about(deal: Deal) -> dict[str, str | None]:
    return {
        "deal": deal.key,
        "lead": deal.lead.key,
        "person": deal.person.key if deal.person else None,
    }


def _company_of(lead: Lead) -> tuple[int, str] | None:
    company = lead.company or lead.person.whole.company
    return (company.id, company.key) if company else None
