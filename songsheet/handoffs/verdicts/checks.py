"""What verdicts must always keep: who owes an answer owes it with a clock, and so does who owes a verdict."""

from collections.abc import Iterator

from songsheet.handoffs.verdicts.events import (
    VerdictAnswered,
    VerdictAnswerTakenBack,
    VerdictGiven,
    VerdictTakenBack,
)
from songsheet.handoffs.verdicts.models import ASKS
from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.events import kinds
from songsheet.journal.masters import among
from songsheet.journal.sql import rows

#: What the last entry about a verdict says of how it stands.
_STOOD = """
case last.kind when 'handoffs.verdict_given'
               then case when last.body->>'verdict' = any(%(asks)s) then 'owed' else 'given' end
               when 'handoffs.verdict_answered' then 'answered'
               when 'handoffs.verdict_answer_taken_back' then 'owed' else 'gone' end"""


@invariant("I3")
def each_verdict_that_asks_is_owed_an_answer_or_has_one(span: Span) -> Iterator[Offence]:
    """Somebody owes it with one running clock, or has given it and no clock runs."""
    found = rows(
        f"""select it.key, it.state = 'owed' and it.gone_at is null, ticking.ids, it.clock_id
              from handoffs_verdict it,
           lateral (select array_agg(id) as ids from clocks_clock
                     where about = it.key and state in ('running', 'paused')) as ticking
             where {among(span, "it.key")} order by it.id"""
    )
    for key, owed, ticking, clock in found:
        if (ticking or []) != ([clock] if owed else []):
            yield Offence("I3", key, f"{key}: its clock is {clock}, those that run are {ticking or 'none'}.")


@invariant("I1")
def a_verdict_is_owed_by_who_has_the_lead(span: Span) -> Iterator[Offence]:
    """The clock of a verdict runs about an open lead that somebody has, and is theirs."""
    for key, clock in rows(
        f"""select lead.key, clock.key from clocks_clock clock join leads_lead lead on lead.key = clock.about
             where clock.kind = 'verdict' and clock.state in ('running', 'paused')
               and (lead.gone_at is not null or lead.ended_at is not null or lead.at_rest
                    or lead.owner_id is distinct from clock.member_id)
               and {among(span, "lead.key")} order by 1"""
    ):
        yield Offence("I1", key, f"A verdict on {key} is owed ({clock}), but not by who works on it.")


@invariant("I7")
def verdicts_stand_as_their_entries_say(span: Span) -> Iterator[Offence]:
    """How a verdict stands is what the last entry about it says."""
    told = (VerdictGiven, VerdictTakenBack, VerdictAnswered, VerdictAnswerTakenBack)
    found = rows(
        f"""select it.key, case when it.gone_at is null then it.state else 'gone' end, {_STOOD}
              from handoffs_verdict it
              left join lateral (select entry.kind, entry.body from journal_about about
                    join journal_entry entry on entry.position = about.position
                   where about.key = it.key and entry.kind = any(%(told)s)
                   order by entry.position desc limit 1) as last on true
             where {among(span, "it.key")} order by it.id""",
        {"asks": list(ASKS), "told": list(kinds(told))},
    )
    for key, state, said in found:
        if state != said:
            yield Offence("I7", key, f"{key} is {state}, its last entry says {said}.")
