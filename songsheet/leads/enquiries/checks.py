"""What enquiries must always keep: an open one has an owner and one current clock, others have none."""

from collections.abc import Iterator

from songsheet.clocks.models import CURRENT
from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.events import kinds
from songsheet.journal.masters import among
from songsheet.journal.sql import rows
from songsheet.leads.enquiries.events import (
    EnquiryAnswered,
    EnquiryCame,
    EnquiryClosed,
    EnquiryGiven,
    EnquiryGone,
    EnquiryMoved,
    EnquiryTakenBack,
)

#: How an enquiry stands after the last entry about it, and whose it is where it is open.
_STATE = """
case last.kind when 'leads.enquiry_answered' then 'answered' when 'leads.enquiry_closed' then 'closed'
               when 'leads.enquiry_gone' then 'gone'
               else case when last.body->>'kind' = 'buying' then 'moved' else 'open' end end"""
_OWNER = "coalesce(last.body->>'member', last.body->>'owner', '')"


@invariant("I1")
def open_enquiries_have_an_owner_and_a_clock(span: Span) -> Iterator[Offence]:
    """Somebody owes the answer with one current clock; of one that is not open nothing runs."""
    found = rows(
        f"""select it.key, it.state = 'open' and it.gone_at is null as owed, it.owner_id, it.clock_id,
                   ticking.ids
              from leads_enquiry it,
           lateral (select array_agg(id) as ids from clocks_clock
                     where about = it.key and state = any(%s)) as ticking
             where {among(span, "it.key")} order by it.id""",
        [list(CURRENT)],
    )
    for key, owed, owner, clock, ticking in found:
        if owed and owner is None:
            yield Offence("I1", key, f"{key} waits for an answer that nobody owes.")
        if (ticking or []) != ([clock] if owed else []):
            yield Offence("I1", key, f"{key}: its clock is {clock}, those that run are {ticking or 'none'}.")


@invariant("I7")
def enquiries_stand_as_their_entries_say(span: Span) -> Iterator[Offence]:
    """State, kind and owner are what the last entry about an enquiry says."""
    told = (
        EnquiryCame, EnquiryMoved, EnquiryGiven, EnquiryAnswered, EnquiryClosed, EnquiryTakenBack,
        EnquiryGone,
    )  # fmt: skip
    found = rows(
        f"""select it.key, case when it.gone_at is null then it.state else 'gone' end, it.kind,
                   coalesce(member.key, ''), {_STATE}, last.body->>'kind', {_OWNER}
              from leads_enquiry it left join team_member member on member.id = it.owner_id
              left join lateral (select entry.kind, entry.body from journal_about about
                    join journal_entry entry on entry.position = about.position
                   where about.key = it.key and entry.kind = any(%s)
                   order by entry.position desc limit 1) as last on true
             where {among(span, "it.key")} order by it.id""",
        [list(kinds(told))],
    )
    for key, state, kind, owner, said_state, said_kind, said_owner in found:
        if (state, kind) != (said_state, said_kind):
            sentence = f"{key} is {state} ({kind}), its last entry says {said_state} ({said_kind})."
            yield Offence("I7", key, sentence)
        if state == "open" and owner != said_owner:
            sentence = f"{key} is for {owner or 'nobody'}, its last entry says {said_owner or 'nobody'}."
            yield Offence("I7", key, sentence)
