"""Deals as the API takes and gives them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from songsheet.base.adopting import Adopted, Lane, Ref, RowRefused
from songsheet.buyers.models import Company, Person
from songsheet.deals.adopt_deals import DealRow, adopt_deals, stages_named
from songsheet.deals.models import ENDED, Deal
from songsheet.doors.api import (
    Currency,
    Custom,
    External,
    Given,
    Key,
    Minor,
    Moment,
    Text,
    Version,
    adopt_good,
    keyed,
    named_by,
)  # fmt: skip
from songsheet.leads.actions import end_lead
from songsheet.leads.models import OPEN_STATES, Lead
from songsheet.team.acting import Acting
from songsheet.team.bodies import must_be_declared
from songsheet.team.fields.declared import shown as shown_of
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign

Step = Annotated[Text, Field(max_length=300)]
Reason = Annotated[Text, Field(max_length=200)]
Chance = Annotated[int, Field(strict=True, ge=0, le=10_000, description="basis points")]


class DealIn(Given):
    """A deal on a lead; what is left open of person, company, campaign and owner comes from the lead.

    An open live one has an owner and a dated next step. With `history` in a batch it may have ended.
    """

    lead: Key
    person: Key | None = None
    company: Key | None = None
    campaign: Key | None = None
    owner: Key | None = None
    stage: Annotated[Text, Field(max_length=120)] = ""
    name: Annotated[Text, Field(max_length=300)] = ""
    state: Annotated[str, Field(pattern="^[a-z_]{0,12}$")] = ""
    amount: Minor | None = None
    margin: Minor | None = None
    currency: Currency = ""
    probability: Chance | None = None
    category: Annotated[Text, Field(max_length=60)] = ""
    opened_at: Moment | None = None
    expected_on: date | None = None
    closed_at: Moment | None = None
    reason: Reason = ""
    next_step: Step = ""
    next_step_on: date | None = None
    custom: Custom | None = None
    external: External | None = None


class DealChange(Given):
    """The fields to change; null clears one."""

    version: Version | None = None
    person: Key | None = None
    company: Key | None = None
    campaign: Key | None = None
    owner: Key | None = None
    name: Annotated[Text, Field(max_length=300)] | None = None
    amount: Minor | None = None
    margin: Minor | None = None
    currency: Currency | None = None
    probability: Chance | None = None
    category: Annotated[Text, Field(max_length=60)] | None = None
    expected_on: date | None = None
    custom: Custom | None = None


class MoveDealIn(Given):
    """To which stage."""

    stage: Annotated[Text, Field(min_length=1, max_length=120)]
    version: Version | None = None


class EndDealIn(Given):
    """How and why it ends, and the amount if it changed."""

    state: Annotated[str, Field(pattern="^[a-z_]{1,12}$")]
    reason: Reason = ""
    amount: Minor | None = None


class NextStepIn(Given):
    """What is done next, and on which day."""

    step: Annotated[Text, Field(min_length=1, max_length=300)]
    on: date
    owner: Key | None = None


class DealOut(Schema):
    """A deal; money in minor units by currency, the margin for who may see it."""

    key: str
    name: str
    lead: str
    person: str | None
    company: str | None
    campaign: str | None
    owner: str | None
    stage: str
    state: str
    amount: dict[str, int] | None
    margin: dict[str, int] | None
    probability: int | None
    category: str
    opened_at: datetime
    expected_on: date | None
    closed_at: datetime | None
    reason: str
    next_step: str
    next_step_on: date | None
    at_rest: bool
    custom: dict[str, Any]
    external: dict[str, str] | None
    version: int

    @classmethod
    def of(cls, deal: Deal, viewer: Acting) -> "DealOut":
        refs = {name: getattr(deal, name) for name in ("person", "company", "campaign", "owner")}
        made = {"lead", "stage", "amount", "margin", "external", "custom", *refs}
        margin = deal.margin if viewer.may(Right.MARGIN) else None
        keys: dict[str, Any] = {name: row.key if row else None for name, row in refs.items()}
        return cls(
            **{name: getattr(deal, name) for name in cls.model_fields if name not in made},
            **keys,
            lead=deal.lead.key,
            stage=deal.stage.name if deal.stage else "",
            amount={deal.currency: deal.amount} if deal.amount is not None else None,
            margin={deal.currency: margin} if margin is not None else None,
            external={"system": deal.system, "id": deal.external_id} if deal.external_id else None,
            custom=shown_of("deal", deal.custom),
        )


class StageOut(Schema):
    """A step of the pipeline, in its order."""

    name: str
    position: int


def bring_deals(given: Sequence[DealIn], *, by: Acting, at: datetime, lane: Lane = "live") -> list[Adopted]:
    """Deals are opened as they are given; a live one converts its lead."""
    by.must(Right.WORK)
    wanted = Lead.objects.filter(key__in={one.lead for one in given}, gone_at=None)
    leads = {
        one.key: one
        for one in wanted.select_related("person", "person__company", "company", "campaign", "owner")
    }
    known = {
        "person": keyed(Person, (one.person for one in given), gone_at=None),
        "company": keyed(Company, (one.company for one in given), gone_at=None),
        "campaign": keyed(Campaign, (one.campaign for one in given), gone_at=None),
        "owner": keyed(Member, (one.owner for one in given)),
    }
    stages = stages_named(one.stage for one in given)
    declared = must_be_declared("deal", [one.custom for one in given])
    live = lane == "live"

    def row_of(one: DealIn) -> DealRow:
        declared(one.custom)
        lead = named_by(leads, one.lead, "lead", "lead")
        assert lead is not None
        _must_be_fit(one, live, by)
        refs: dict[str, Any] = {
            name: named_by(refs, getattr(one, name), name, name) for name, refs in known.items()
        }
        values = one.model_dump(exclude={*known, "lead", "stage", "external"})
        filled: dict[str, Any] = {name: ref or _from_lead(lead, name, by) for name, ref in refs.items()}
        return DealRow(
            **values,
            **filled,
            lead=(lead.id, lead.key),
            stage_id=stages.get(one.stage),
            external=one.external.pair if one.external else None,
            at_rest=not live,
        )

    done = adopt_good(given, row_of, lambda rows: adopt_deals(rows, by=by, at=at, lane=lane))
    opened = {one.lead for one, deal in zip(given, done, strict=True) if live and deal.outcome == "created"}
    for key in sorted(opened):
        if leads[key].state in OPEN_STATES:
            end_lead(key, Lead.State.CONVERTED, by=by, at=at)
    return done


def _must_be_fit(one: DealIn, live: bool, by: Acting) -> None:
    if one.margin is not None:
        by.must(Right.MARGIN)
    if live and (one.state in ENDED or one.closed_at or one.reason):
        raise RowRefused("A live deal is open. End it afterwards, or bring it in as history.", field="state")


def _from_lead(lead: Lead, name: str, by: Acting) -> Ref | None:
    rows: dict[str, Any] = {
        "person": lead.person,
        "company": lead.company or lead.person.company,
        "campaign": lead.campaign,
        "owner": lead.owner or by.member,
    }
    return (rows[name].id, rows[name].key) if rows[name] else None
