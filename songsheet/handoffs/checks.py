"""What handoffs must always keep: I3, and that of those who accept a lead one has it."""

from collections.abc import Iterator

from songsheet.handoffs.events import (
    AnswerTakenBack,
    LeadReturned,
    ReturnAnswered,
    ReturnDisputed,
    ReturnTakenBack,
)
from songsheet.handoffs.models import ANSWERED_STATES, OPEN_STATES
from songsheet.handoffs.verdicts import checks as of_verdicts  # noqa: F401 (the journal learns them from here)
from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.events import kinds
from songsheet.journal.masters import among
from songsheet.journal.sql import rows

#: What the last entry about a return says of how it stands.
_STOOD = """
case last.kind when 'handoffs.lead_returned'
               then case when last.body->>'owes' is null then 'noted' else 'owed' end
               when 'handoffs.return_disputed' then 'disputed' when 'handoffs.answer_taken_back' then 'owed'
               when 'handoffs.return_answered' then last.body->>'how' else 'gone' end"""


@invariant("I3")
def each_return_is_owed_an_answer_or_has_one(span: Span) -> Iterator[Offence]:
    """A reason; and somebody who owes the answer with one running clock, or the answer, and no clock."""
    found = rows(
        f"""select it.key, it.reason = '' as bare, it.state = any(%(open)s) and it.gone_at is null as owed,
                   it.owes_id is null or it.clock_id is null as nobody,
                   it.state = any(%(answered)s) and it.answered_by_id is null as unsaid,
                   ticking.ids, it.clock_id
              from handoffs_return it,
           lateral (select array_agg(id) as ids from clocks_clock
                     where about = it.key and state in ('running', 'paused')) as ticking
             where {among(span, "it.key")} order by it.id""",
        {"open": list(OPEN_STATES), "answered": list(ANSWERED_STATES)},
    )
    for key, bare, owed, nobody, unsaid, ticking, clock in found:
        if bare:
            yield Offence("I3", key, f"{key} came back without a reason.")
        if owed and nobody:
            yield Offence("I3", key, f"{key} waits for an answer that nobody owes.")
        if unsaid:
            yield Offence("I3", key, f"{key} is answered by nobody.")
        if (ticking or []) != ([clock] if owed else []):
            yield Offence("I3", key, f"{key}: its clock is {clock}, those that run are {ticking or 'none'}.")


@invariant("I7")
def returns_stand_as_their_entries_say(span: Span) -> Iterator[Offence]:
    """How a return stands is what the last entry about it says."""
    told = (LeadReturned, ReturnTakenBack, ReturnDisputed, ReturnAnswered, AnswerTakenBack)
    found = rows(
        f"""select it.key, case when it.gone_at is null then it.state else 'gone' end, {_STOOD}
              from handoffs_return it
              left join lateral (select entry.kind, entry.body from journal_about about
                    join journal_entry entry on entry.position = about.position
                   where about.key = it.key and entry.kind = any(%s)
                   order by entry.position desc limit 1) as last on true
             where {among(span, "it.key")} order by it.id""",
        [list(kinds(told))],
    )
    for key, state, said in found:
        if state != said:
            yield Offence("I7", key, f"{key} is {state}, its last entry says {said}.")


#: The entries that say whose a lead is once it came.
_HANDS = "('leads.lead_taken', 'leads.lead_given', 'leads.lead_put_back', 'leads.lead_routed')"


@invariant("I1")
def of_those_who_accept_one_has_it(span: Span) -> Iterator[Offence]:
    """Nobody took a lead from somebody who had just taken it: in between it went on, or back."""
    about = f"join journal_about about using (position) where {among(span, 'about.key')} and"
    found = rows(
        f"""select lead, member, before from (
              select body->>'lead' as lead, kind, body->>'member' as member,
                     lag(kind) over line as kind_before, lag(body->>'member') over line as before
                from (select distinct position, kind, body from journal_entry
                       {"where" if span.full else about} kind in {_HANDS}) as handed
              window line as (partition by body->>'lead' order by position)) as told
             where kind = 'leads.lead_taken' and kind_before = 'leads.lead_taken' and member <> before
             order by lead"""
    )
    for key, member, before in found:
        yield Offence("I1", key, f"{member} accepted {key}, which {before} had.")
