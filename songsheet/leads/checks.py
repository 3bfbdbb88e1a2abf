"""What leads must always keep: I1, I2, I4, I7."""

from collections.abc import Iterator

from songsheet.agreements.models import SIGNED_STATES
from songsheet.clocks.models import CURRENT
from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.masters import among, last, told_of, versions_agree
from songsheet.journal.sql import rows
from songsheet.leads.enquiries import checks as of_enquiries  # noqa: F401 (the journal learns them from here)
from songsheet.leads.events import (
    LeadCame,
    LeadChanged,
    LeadEnded,
    LeadGiven,
    LeadMoved,
    LeadPutBack,
    LeadTaken,
)
from songsheet.leads.models import ENDED_STATES, OPEN_STATES
from songsheet.leads.qualifying.events import LeadQualified
from songsheet.leads.routing.events import LeadRouted


@invariant("I1")
def open_leads_have_one_owner_and_a_clock(span: Span) -> Iterator[Offence]:
    """A member or a queue, and one running clock about it, or none at rest; beside it that of its verdict."""
    found = rows(
        f"""select lead.key, lead.owner_id, lead.queue_id, lead.at_rest, lead.clock_id, ticking.ids
              from leads_lead lead,
           lateral (select array_agg(id) as ids from clocks_clock
                     where about = lead.key and kind <> 'verdict' and state = any(%(current)s)) as ticking
             where lead.gone_at is null and lead.state = any(%(open)s) and {among(span, "lead.key")}
               and (num_nonnulls(lead.owner_id, lead.queue_id) <> 1 or ticking.ids is distinct from
                    case when lead.at_rest then null else array[lead.clock_id] end)
             order by lead.id""",
        {"open": list(OPEN_STATES), "current": list(CURRENT)},
    )
    for key, owner, queue, at_rest, clock, ticking in found:
        if (owner is None) == (queue is None):
            sentence = f"{key} is open and needs either an owner or a queue."
        elif at_rest:
            sentence = f"{key} is at rest, yet {len(ticking)} clock(s) run about it."
        else:
            sentence = f"{key} is open; its clock is {clock}, those that run are {ticking or 'none'}."
        yield Offence("I1", key, sentence)


@invariant("I1")
def ended_leads_have_no_clock(span: Span) -> Iterator[Offence]:
    """No clock runs about a lead that has ended or is gone."""
    for (key,) in rows(
        f"""select distinct lead.key from clocks_clock clock join leads_lead lead on lead.key = clock.about
             where clock.state = any(%s) and (lead.state = any(%s) or lead.gone_at is not null)
               and {among(span, "lead.key")} order by 1""",
        [list(CURRENT), list(ENDED_STATES)],
    ):
        yield Offence("I1", key, f"{key} has ended or is gone, yet a clock runs about it.")


@invariant("I2")
def ended_leads_have_an_end_and_nurtured_ones_a_date(span: Span) -> Iterator[Offence]:
    """Imported ends without a reason are at rest: they are a leak that opens, not a breach."""
    for key, state in rows(
        f"""select key, state from leads_lead lead where gone_at is null and {among(span, "lead.key")}
               and ((state = any(%(ended)s) and ended_at is null)
                 or (state in ('disqualified', 'released') and end_reason = '' and not at_rest)
                 or (state = 'nurturing' and not at_rest and (owner_id is null or look_again_on is null)))
             order by id""",
        {"ended": list(ENDED_STATES)},
    ):
        missing = "an owner or a day to look again" if state == "nurturing" else "its end or the reason of it"
        yield Offence("I2", key, f"{key} is {state} without {missing}.")


#: What says that a lead was qualified elsewhere: it came so, or somebody moved it, as the entry says.
_ELSEWHERE = (LeadCame, LeadMoved)


@invariant("I4")
def qualified_leads_say_why(span: Span) -> Iterator[Offence]:
    """By a signed version, with evidence for each of its criteria; or they were qualified elsewhere."""
    evidence = "case when kind = 'leads.lead_qualified' then body end"
    told = f"""{last(evidence, [LeadQualified])} as why,
               bool_or(kind <> 'leads.lead_qualified' and body->>'state' = 'qualified') as elsewhere"""
    found = rows(
        f"""select it.key, told.why is null
              from leads_lead it {told_of(span, "leads_lead", [LeadQualified, *_ELSEWHERE], told)}
              left join agreements_version version on version.key = told.why->>'version'
                   and version.state = any(%(signed)s)
                   and jsonb_array_length(version.body->'criteria') = jsonb_array_length(told.why->'evidence')
             where {among(span, "it.key")} and it.gone_at is null
               and (told.why is not null and version.id is null
                 or told.why is null and it.state = 'qualified' and told.elsewhere is not true)
             order by it.id""",
        {"signed": list(SIGNED_STATES)},
    )
    for key, bare in found:
        missing = "nothing says what" if bare else "the evidence does not fit the version that"
        yield Offence("I4", key, f"{key} is qualified, but {missing} qualified it.")


@invariant("I7")
def leads_agree_with_their_entries(span: Span) -> Iterator[Offence]:
    """Each lead came, and its version is at least that of its last change."""
    yield from versions_agree(span, "leads_lead", made=[LeadCame], changed=LeadChanged, exactly=False)


#: What tells whose a lead is; and how it stands.
_OWNERS = (LeadCame, LeadTaken, LeadGiven, LeadPutBack, LeadRouted)
_STATES = (*_OWNERS, LeadMoved, LeadEnded, LeadQualified)


@invariant("I7")
def owner_and_state_are_those_last_told(span: Span) -> Iterator[Offence]:
    """Who has a lead and how it stands is what the last entry that tells it says."""
    state = """case kind when 'leads.lead_taken' then 'working' else nullif(body->>'state', '') end"""
    owner = "coalesce(body->>'owner', body->>'member', '')"
    told = f"{last(state, _STATES)} as state, {last(owner, _OWNERS)} as owner"
    found = rows(
        f"""select it.key, it.state, coalesce(member.key, ''), coalesce(told.state, it.state), told.owner
              from leads_lead it left join team_member member on member.id = it.owner_id
                   {told_of(span, "leads_lead", _STATES, told)}
             where it.gone_at is null and {among(span, "it.key")}
               and (it.state <> told.state or coalesce(member.key, '') <> told.owner)
             order by it.id"""
    )
    for key, state, owner, told_state, told_owner in found:
        if state != told_state:
            yield Offence("I7", key, f"{key} is {state}, its last entry says {told_state}.")
        if owner != told_owner:
            sentence = f"{key} belongs to {owner or 'nobody'}, its last entry says {told_owner or 'nobody'}."
            yield Offence("I7", key, sentence)
