"""Reads of qualifying: the terms that count at a moment, and whom what happened concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from songsheet.agreements.kinds.qualified_lead import QUALIFIED_LEAD
from songsheet.agreements.kinds.tiers_and_routing import TIERS_AND_ROUTING
from songsheet.agreements.models import Version
from songsheet.agreements.queries import version_in_force
from songsheet.base import bulk
from songsheet.leads.models import OPEN_STATES, Judgement, Lead
from songsheet.leads.qualifying.tiering import Terms

#: Leads that are judged: open, live, not at rest.
_JUDGED = "lead.gone_at is null and not lead.at_rest and lead.state = any(%(open)s::text[])"
_CONCERNED = f"""
with named as materialized (select key from unnest(%(keys)s::text[]) as key),
tops as (
    select coalesce(one.root_id, one.id) as root, named.key
      from named join buyers_company one on one.key = named.key),
firms as (
    select root as id, key from tops
     union
    select company.id, tops.key from tops join buyers_company company on company.root_id = tops.root),
roots as (
    select coalesce(one.root_id, one.id) as root, named.key
      from named join buyers_person one on one.key = named.key
     union
    select coalesce(one.root_id, one.id), firms.key
      from firms join buyers_person one on one.company_id = firms.id),
people as (
    select root as id, key from roots
     union
    select person.id, roots.key from roots join buyers_person person on person.root_id = root),
meant as (
    select lead.id, named.key from named join leads_lead lead on lead.key = named.key
     union
    select lead.id, people.key from people join leads_lead lead on lead.person_id = people.id
     union
    select lead.id, firms.key from firms join leads_lead lead on lead.company_id = firms.id)
select meant.id, meant.key from meant join leads_lead lead using (id) where {_JUDGED}"""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What leads are judged by, and the versions in force; where there is none the starter is tried."""

    terms: Terms
    definition: Version | None
    tiers: Version | None


def agreed(at: datetime) -> Agreed:
    """The terms that count at a moment."""
    definition, tiers = (version_in_force(kind.name, at) for kind in (QUALIFIED_LEAD, TIERS_AND_ROUTING))
    terms = Terms(
        QUALIFIED_LEAD.read(definition.body) if definition else QUALIFIED_LEAD.starter(),
        TIERS_AND_ROUTING.read(tiers.body) if tiers else TIERS_AND_ROUTING.starter(),
        binding=definition is not None,
    )
    return Agreed(terms, definition, tiers)


def judgement_of(lead: Lead) -> Judgement | None:
    """How a lead stands by the agreements; none as long as it was not judged."""
    return Judgement.objects.select_related("definition", "tiers").filter(lead=lead).first()


def concerned(keys: Sequence[str]) -> list[tuple[int, str]]:
    """The ids of the leads that are judged whose facts rest on these leads, people and companies, by key."""
    if not keys:
        return []
    return bulk.rows(_CONCERNED, {"keys": list(keys), "open": list(OPEN_STATES)})


def not_handed_over(after: int, most: int) -> list[int]:
    """The next of the open live leads that nobody works on yet."""
    waiting = Lead.objects.filter(id__gt=after, gone_at=None, at_rest=False, state__in=OPEN_STATES)
    chosen = waiting.exclude(state=Lead.State.WORKING).order_by("id")
    return list(chosen.values_list("id", flat=True)[:most])
