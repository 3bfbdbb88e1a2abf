"""A lead goes back: to a queue, or to who looks after it from now on. The part that says why calls it."""

from datetime import date, datetime

from songsheet.journal.act import act
from songsheet.leads.events import LeadPutBack
from songsheet.leads.handing import due_of, keep_and_start
from songsheet.leads.models import Lead, Queue
from songsheet.leads.moving import must_be_open
from songsheet.leads.queries import held
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right


def send_back(
    key: str,
    *,
    to: Member | None,
    by: Acting,
    at: datetime,
    due: datetime | None = None,
    look_again_on: date | None = None,
) -> Lead:
    """A lead is with a member again, or waits in the first queue: new, or nurtured until a day.

    Whose lead it is may send it back; another's asks for the right to give. Undone by putting it back.
    """
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        lead = held(key)
        must_be_open(lead)
        if lead.owner is None or lead.owner != by.member:
            by.must(Right.OFFER)
        if look_again_on:
            lead.look_again_on = look_again_on
            lead.save(update_fields=["look_again_on"])
        lead.owner, lead.queue = to, None if to else Queue.objects.order_by("id")[0]
        lead.state = Lead.State.NURTURING if to and look_again_on else Lead.State.NEW
        keep_and_start([lead], by=by, at=at, due=due)
        record(
            LeadPutBack(
                lead=lead.key,
                person=lead.person.key,
                owner=to.key if to else None,
                queue=lead.queue.key if lead.queue else None,
                state=lead.state,
                due_at=due_of(lead),
            )
        )
    return lead
