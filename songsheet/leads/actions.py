"""What changes a lead: taking it, and putting it back."""

from datetime import datetime, timedelta

from songsheet.base.refusals import Stale
from songsheet.clocks.models import Clock
from songsheet.journal.act import act
from songsheet.leads.errors import AlreadyTaken, LeadHasEnded
from songsheet.leads.events import LeadTaken, QueueOpened
from songsheet.leads.models import Lead, Queue
from songsheet.leads.queries import held
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

#: Until the first agreement is signed: an answer within a working day. Working hours come with the handoffs.
FIRST_ANSWER = timedelta(days=1)


def take_lead(key: str, *, by: Acting, at: datetime, version: int | None = None) -> Lead:
    """Take a free lead: it gets this owner, a running clock, and leaves its queue and its rest.

    Of any number who try at once exactly one succeeds; the others are refused with who has it and since when.
    """
    by.must(Right.WORK)
    assert by.member is not None
    with act(by=by.actor, at=at) as record:
        lead = held(key)
        if not lead.is_open:
            raise LeadHasEnded(f"This lead has ended ({lead.get_state_display().lower()}). Open it to see why.")
        if lead.owner_id is not None and lead.owner_id != by.member.id:
            raise _taken(lead)
        if version is not None and version != lead.version:
            raise Stale("Somebody changed this lead since you opened it. Look at it again.", version=lead.version)
        if lead.owner_id == by.member.id and not lead.at_rest:
            raise _taken(lead)
        clock = start_clock(lead, by.member, at=at)
        lead.owner, lead.queue, lead.owned_since = by.member, None, at
        lead.clock, lead.at_rest, lead.state = clock, False, Lead.State.WORKING
        lead.version += 1
        lead.save(update_fields=["owner", "queue", "owned_since", "clock", "at_rest", "state", "version"])
        record(
            LeadTaken(
                lead=lead.key, person=lead.person.key, member=by.member.key, due_at=clock.due_at.isoformat()
            )
        )
    return lead


def start_clock(lead: Lead, member: Member | None, *, at: datetime) -> Clock:
    """Stop the lead's running clock, if any, and start the promise of a first answer for its new owner."""
    Clock.objects.filter(about=lead.key, kind="first_answer", state=Clock.State.RUNNING).update(
        state=Clock.State.STOPPED, ended_at=at
    )
    return Clock.objects.create(
        kind="first_answer", about=lead.key, member=member, started_at=at, due_at=at + FIRST_ANSWER
    )


def _taken(lead: Lead) -> AlreadyTaken:
    assert lead.owner is not None
    since = f" since {lead.owned_since:%d %B, %H:%M} UTC" if lead.owned_since else ""
    return AlreadyTaken(
        f"{lead.owner.name} has this lead{since}. Ask them, or pick another one.",
        owner=lead.owner.name,
        owner_key=lead.owner.key,
        since=lead.owned_since.isoformat() if lead.owned_since else None,
    )


def open_queue(*, name: str, responsible: Member, by: Acting, at: datetime) -> Queue:
    """Open a queue that a member answers for."""
    by.must(Right.TEAM)
    with act(by=by.actor, at=at) as record:
        queue = Queue.objects.create(name=name, responsible=responsible)
        record(QueueOpened(queue=queue.key, responsible=responsible.key))
    return queue
