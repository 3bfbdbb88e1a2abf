"""Leads as the API takes and gives them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any

import orjson
from ninja import Schema
from pydantic import BaseModel, Field, StrictBool

from songsheet.base import bulk
from songsheet.base.adopting import Adopted, Lane, Ref, RowRefused
from songsheet.buyers.bodies import PersonIn, bring_people
from songsheet.buyers.models import Company, Person
from songsheet.doors.api import (
    Custom,
    External,
    Given,
    Key,
    Moment,
    Text,
    Version,
    adopt_good,
    keyed,
    named_by,
)
from songsheet.leads.adopt_leads import LeadRow, adopt_leads
from songsheet.leads.errors import NoSuchLead
from songsheet.leads.models import ENDED_STATES, Queue
from songsheet.team.acting import Acting
from songsheet.team.bodies import must_be_declared
from songsheet.team.fields.declared import shown as shown_of
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.touches.campaign_bodies import source_id, sources_called
from songsheet.touches.models import Campaign

Reason = Annotated[Text, Field(max_length=200)]


class LeadIn(Given):
    """A buying interest of a person: their key, or what is known of them.

    A live one without an owner waits in a queue, and a clock runs. With `history` in a batch it may have
    ended.
    """

    person: Key | PersonIn
    company: Key | None = None
    source: Annotated[Text, Field(max_length=120)] = ""
    campaign: Key | None = None
    owner: Key | None = None
    queue: Key | None = None
    state: Annotated[str, Field(pattern="^[a-z]{0,12}$")] = ""
    came_at: Moment | None = None
    ended_at: Moment | None = None
    end_reason: Reason = ""
    look_again_on: date | None = None
    wants: Annotated[Text, Field(max_length=500)] = ""
    tier: Annotated[Text, Field(max_length=10)] = ""
    custom: Custom | None = None
    external: External | None = None


class LeadChange(Given):
    """The fields to change; null clears one."""

    version: Version | None = None
    company: Key | None = None
    source: Annotated[Text, Field(max_length=120)] | None = None
    campaign: Key | None = None
    wants: Annotated[Text, Field(max_length=500)] | None = None
    tier: Annotated[Text, Field(max_length=10)] | None = None
    deal_seeker: StrictBool = False
    custom: Custom | None = None


class GiveIn(Given):
    """To whom, and until when the buyer was promised an answer; nobody: back to a queue."""

    member: Key | None
    due_at: Moment | None = None
    queue: Key | None = None


class MoveIn(Given):
    """To which open state; a nurtured lead has a day to look again."""

    state: Annotated[str, Field(pattern="^[a-z]{1,12}$")]
    look_again_on: date | None = None
    version: Version | None = None


class EndIn(Given):
    """How and why it ends."""

    state: Annotated[str, Field(pattern="^[a-z]{1,12}$")]
    reason: Reason = ""


class LeadOut(BaseModel):
    """A lead: its keys, state, who has it and since when."""

    key: str
    person: str
    company: str | None
    source: str
    campaign: str | None
    state: str
    owner: str | None
    owner_name: str | None
    queue: str | None
    owned_since: datetime | None
    came_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    end_reason: str
    look_again_on: date | None
    wants: str
    tier: str
    deal_seeker: bool
    at_rest: bool
    custom: dict[str, Any]
    external: dict[str, str] | None
    version: int

    @classmethod
    def read(cls, viewer: Acting, key: str) -> "LeadOut":
        """One lead that the viewer may see; in SQL, since every create reads what it made."""
        viewer.must(Right.LOOK)
        found = bulk.rows(_READ, [key])
        if not found:
            raise NoSuchLead(key)
        values = orjson.loads(found[0][0])
        return cls.model_validate({**values, "custom": shown_of("lead", values["custom"])})


_READ = """
select jsonb_build_object(
    'key', lead.key, 'person', person.key, 'company', company.key, 'source', coalesce(source.name, ''),
    'campaign', campaign.key, 'state', lead.state, 'owner', owner.key, 'owner_name', owner.name,
    'queue', queue.key, 'owned_since', lead.owned_since, 'came_at', lead.came_at, 'due_at', clock.due_at,
    'ended_at', lead.ended_at, 'end_reason', lead.end_reason, 'look_again_on', lead.look_again_on,
    'wants', lead.wants, 'tier', lead.tier, 'deal_seeker', lead.deal_seeker, 'at_rest', lead.at_rest,
    'custom', lead.custom, 'version', lead.version, 'external', case when lead.external_id <> ''
        then jsonb_build_object('system', lead.system, 'id', lead.external_id) end)::text
  from leads_lead lead
  join buyers_person person on person.id = lead.person_id
  left join buyers_company company on company.id = lead.company_id
  left join touches_source source on source.id = lead.source_id
  left join touches_campaign campaign on campaign.id = lead.campaign_id
  left join team_member owner on owner.id = lead.owner_id
  left join leads_queue queue on queue.id = lead.queue_id
  left join clocks_clock clock on clock.id = lead.clock_id
 where lead.key = %s and lead.gone_at is null
"""


class QueueOut(Schema):
    """A queue and who answers for it."""

    key: str
    name: str
    responsible: str


def bring_leads(given: Sequence[LeadIn], *, by: Acting, at: datetime, lane: Lane = "live") -> list[Adopted]:
    """Leads come in as they are given, with their people where these are given too."""
    people = _people(given, by=by, at=at, lane=lane)
    known = {
        "company": keyed(Company, (one.company for one in given), gone_at=None),
        "campaign": keyed(Campaign, (one.campaign for one in given), gone_at=None),
        "owner": keyed(Member, (one.owner for one in given)),
        "queue": keyed(Queue, (one.queue for one in given)),
    }
    sources = sources_called((one.source for one in given), by=by)
    declared = must_be_declared("lead", [one.custom for one in given])
    live = lane == "live"

    def row_of(one: LeadIn) -> LeadRow:
        declared(one.custom)
        refs: dict[str, Any] = {
            name: named_by(refs, getattr(one, name), name, name) for name, refs in known.items()
        }
        values = one.model_dump(exclude={*known, "person", "source", "external"})
        if live and (one.state in ENDED_STATES or one.ended_at or one.end_reason):
            raise RowRefused(
                "A live lead has not ended. End it afterwards, or bring it in as history.", field="state"
            )
        source = source_id(sources, one.source)
        return LeadRow(
            **values,
            **refs,
            person=people(one),
            source=(source, one.source) if source else None,
            external=one.external.pair if one.external else None,
            at_rest=not live,
        )

    return adopt_good(given, row_of, lambda rows: adopt_leads(rows, by=by, at=at, lane=lane))


def _people(given: Sequence[LeadIn], *, by: Acting, at: datetime, lane: Lane) -> Callable[[LeadIn], Ref]:
    """Who is meant by each lead; raises what their person was rejected for."""
    keys = keyed(Person, (one.person for one in given if isinstance(one.person, str)), gone_at=None)
    told = [one.person for one in given if isinstance(one.person, PersonIn)]
    met = dict(zip(map(id, told), bring_people(told, by=by, at=at, lane=lane), strict=True))

    def person_of(one: LeadIn) -> Ref:
        if isinstance(one.person, str):
            found = named_by(keys, one.person, "person", "person")
            assert found is not None
            return found
        return met[id(one.person)].must

    return person_of
