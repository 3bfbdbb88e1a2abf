"""What changes a lead: it comes, is taken, given and put back, moves, and ends."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from songsheet.base.adopting import one
from songsheet.base.refusals import Refusal, Stale
from songsheet.base.text import clean
from songsheet.journal.act import act
from songsheet.leads.adopt_leads import LeadRow, adopt_leads
from songsheet.leads.errors import (
    AlreadyTaken,
    NobodyToAsk,
    NoSuchLead,
    NoSuchState,
    NotAtRest,
)
from songsheet.leads.events import (
    LeadPutBack,
    LeadTaken,
    LeadTakenUp,
    OwnerAsked,
    QueueOpened,
)
from songsheet.leads.handing import (
    Hand,
    due_of,
    give_lead,
    give_leads,
    keep_and_start,
    put_back,
    put_back_leads,
)
from songsheet.leads.models import Lead, Queue
from songsheet.leads.moving import (
    change_lead,
    change_leads,
    end_lead,
    end_leads,
    move_lead,
    move_leads,
    must_be_fit,
    must_be_open,
)
from songsheet.leads.promising import by_tier
from songsheet.leads.queries import held, held_leads
from songsheet.leads.verdict_acts import owe_verdict
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.touches.adopt_tasks import TaskRow, adopt_tasks

__all__ = [
    "Hand", "ask_owner", "ask_owners", "change_lead", "change_leads", "end_lead", "end_leads", "free_lead",
    "give_lead", "give_leads", "give_reason", "lead_came", "move_lead", "move_leads", "must_be_takeable",
    "open_queue", "put_back", "put_back_leads", "take_lead", "take_up",
]  # fmt: skip

#: States in which somebody has a lead.
_WITH_SOMEBODY = ("offered", "working", "nurturing")
#: Why an owner is asked → what the task for them says.
ABOUT = {
    "silent": "What became of this lead? Contact them, or end it with a reason.",
    "never_contacted": "Nobody has contacted this lead yet. Contact them, or end it with a reason.",
    "reason": "This ended without a reason. Say why.",
    "next_step": "This deal has no next step. Set one with a date.",
    "twice": "Two of us contacted this buyer. Settle who goes on.",
    "returned": "This lead came back and waits for your answer: agree, dispute, or offer it again.",
}


def lead_came(row: LeadRow, *, by: Acting, at: datetime) -> Lead:
    """A buying interest comes in, live: it waits in a queue or is its owner's, and a clock runs."""
    row.came_at, row.at_rest = row.came_at or at, False
    came = one(adopt_leads([row], by=by, at=at, lane="live"))
    assert came.ref is not None
    return Lead.objects.get(id=came.ref[0])


def take_lead(key: str, *, by: Acting, at: datetime, version: int | None = None) -> Lead:
    """Take a free lead, or one that was offered to oneself: its owner from now on, with a running clock;
    what was offered is answered by when it was promised then.

    Of any number who try at once exactly one succeeds; the others are refused with who has it and since when.
    """
    by.must(Right.WORK)
    assert by.member is not None
    with act(by=by.actor, at=at) as record:
        lead = _open(key)
        must_be_takeable(lead, by)
        if version is not None and version != lead.version:
            raise Stale(
                "Somebody changed this lead since you opened it. Look at it again.", version=lead.version
            )
        offered = lead.owner_id == by.member.id and lead.state == Lead.State.OFFERED
        lead.owner, lead.queue, lead.state = by.member, None, Lead.State.WORKING
        runs_on = offered and lead.clock is not None
        keep_and_start([lead], by=by, at=at, minutes=None if runs_on else by_tier(at), runs_on=runs_on)
        verdict = owe_verdict(lead, at=at).due_at.isoformat()
        record(
            LeadTaken(
                lead=lead.key,
                person=lead.person.key,
                member=by.member.key,
                due_at=due_of(lead),
                verdict_due_at=verdict,
            )
        )
    return lead


def must_be_takeable(lead: Lead, by: Acting) -> None:
    """Nobody has it; or who takes it, and has not accepted it yet. Refused with who has it and since when."""
    mine = by.member is not None and lead.owner_id == by.member.id
    if lead.owner_id is not None and not (mine and (lead.at_rest or lead.state == Lead.State.OFFERED)):
        raise _taken(lead)


def free_lead(key: str, *, by: Acting, at: datetime, queue: Queue | None = None) -> Lead:
    """Nobody has the lead any more: it waits in a queue, whose responsible owes the answer from now on.

    Whose lead it is may let it go; another's asks for the right to give.
    """
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        lead = _open(key)
        if lead.owner_id is None and queue in (None, lead.queue):
            return lead
        if lead.owner is None or lead.owner != by.member:
            by.must(Right.OFFER)
        lead.owner, lead.queue = None, queue or Queue.objects.order_by("id")[0]
        lead.state = Lead.State.NEW if lead.state in _WITH_SOMEBODY else lead.state
        keep_and_start([lead], by=by, at=at, minutes=by_tier(at))
        queue_key = lead.queue.key if lead.queue else None
        record(
            LeadPutBack(
                lead=lead.key, person=lead.person.key, queue=queue_key, state=lead.state, due_at=due_of(lead)
            )
        )
    return lead


def take_up(key: str, *, by: Acting, at: datetime) -> Lead:
    """Take up a lead that lay at rest: whoever has it keeps it, and from now on its clock runs."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        lead = _open(key)
        if not lead.at_rest:
            raise NotAtRest("This lead was taken up before; its clock runs. Open it to see who has it.")
        must_be_fit(lead.state, lead.owner_id, lead.look_again_on)
        keep_and_start([lead], by=by, at=at, minutes=by_tier(at))
        owner = lead.owner.key if lead.owner else None
        record(LeadTakenUp(lead=lead.key, person=lead.person.key, member=owner, due_at=due_of(lead)))
    return lead


def give_reason(key: str, reason: str, *, by: Acting, at: datetime) -> Lead:
    """Say why a lead ended that ended without a reason."""
    return change_lead(key, by=by, at=at, end_reason=clean(reason, 200, field="reason"))


def ask_owner(key: str, *, about: str, by: Acting, at: datetime) -> str:
    """Ask who has the lead what became of it; returns the key of the task they get, to take it back by."""
    (asked,) = ask_owners([key], about=about, by=by, at=at)
    if isinstance(asked, Refusal):
        raise asked
    return asked


def ask_owners(
    keys: Sequence[str],
    *,
    about: str,
    by: Acting,
    at: datetime,
    whom: Mapping[str, Member] | None = None,
) -> list[str | Refusal]:
    """Ask the owners of these leads, at most 500 at once: the key of each task, or why nobody was asked.

    `whom` names who is asked in an owner's place, by lead.
    """
    by.must(Right.WORK)
    if about not in ABOUT:
        raise NoSuchState(f"“{about[:40]}” is no question. Choose one of {', '.join(ABOUT)}.", field="about")
    with act(by=by.actor, at=at) as record:
        leads = held_leads(keys)
        named = whom or {}
        asked = [(lead, who) for lead in leads.values() if (who := named.get(lead.key) or _answerable(lead))]
        rows = [
            TaskRow(
                subject=ABOUT[about],
                person=(lead.person_id, lead.person.key),
                lead_key=lead.key,
                member=(who.id, who.key),
                due_at=at,
            )
            for lead, who in asked
        ]
        tasks = adopt_tasks(rows, by=by, at=at, lane="live")
        bodies = [
            {"lead": lead.key, "person": lead.person.key, "member": who.key, "about": about}
            for lead, who in asked
        ]
        record.bulk(OwnerAsked, bodies, [at] * len(bodies))
    task_of = {lead.key: task.ref[1] for (lead, _), task in zip(asked, tasks, strict=True) if task.ref}
    return [task_of.get(key) or _nobody(key, leads) for key in keys]


def open_queue(*, name: str, responsible: Member, by: Acting, at: datetime) -> Queue:
    """Open a queue that a member answers for."""
    by.must(Right.TEAM)
    with act(by=by.actor, at=at) as record:
        queue = Queue.objects.create(name=clean(name, 120, field="name"), responsible=responsible)
        record(QueueOpened(queue=queue.key, responsible=responsible.key))
    return queue


def _open(key: str) -> Lead:
    lead = held(key)
    must_be_open(lead)
    return lead


def _answerable(lead: Lead) -> Member | None:
    return lead.owner or (lead.queue.responsible if lead.queue else None)


def _nobody(key: str, leads: dict[str, Lead]) -> Refusal:
    return (
        NobodyToAsk("Nobody has this lead. Give it to somebody first.") if key in leads else NoSuchLead(key)
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
