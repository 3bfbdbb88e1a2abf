"""Mending a leak: leads that can still be saved are offered to Guides by their load or taken by whoever acts,
their owners are asked, or their deals get a next step. Each is one act, and can be undone exactly, also
minutes later."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from songsheet.base.refusals import Refusal
from songsheet.deals.actions import set_next_step
from songsheet.deals.models import Deal
from songsheet.deals.restore import restore_deals
from songsheet.flows.errors import NobodyHasRoom, NoSuchMending, NothingToMend, StepMissing, UndoneAlready
from songsheet.flows.models import Mending
from songsheet.handoffs.models import Return
from songsheet.journal.act import act
from songsheet.leads.actions import ask_owners, give_leads, put_back_leads
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right, Role
from songsheet.touches.withdraw import withdraw_tasks

MOST_OFFERED, MOST_ASKED, MOST_DATED = 500, 500, 100
_DATED = ("next_step", "next_step_on", "owner_id", "at_rest")


@dataclass
class Share:
    """What one member has open, what they can hold, and what they would get."""

    member: Member
    open: int
    gets: int = 0

    @property
    def room(self) -> int:
        """How many more they can take."""
        return max(0, self.member.capacity - self.open - self.gets)


@dataclass(frozen=True)
class Plan:
    """Who would get which lead; `left` are those for whom nobody has room."""

    shares: list[Share]
    to: dict[str, Member]
    left: int


def share_out(leads: Sequence[Lead]) -> Plan:
    """Spread leads evenly over the Guides: each goes to whoever is least loaded for what they can hold.

    Nobody gets a lead that they have and do not answer.
    """
    shares = _guides()
    to: dict[str, Member] = {}
    waiting = [(_load(share), place) for place, share in enumerate(shares) if share.room]
    heapq.heapify(waiting)
    for lead in leads:
        place = _least_loaded(waiting, shares, lead)
        if place is None:
            continue
        share = shares[place]
        to[lead.key] = share.member
        share.gets += 1
        if share.room:
            heapq.heappush(waiting, (_load(share), place))
    return Plan(shares, to, len(leads) - len(to))


def share_with(member: Member, leads: Sequence[Lead], most: int) -> Plan:
    """The first of these leads that the member has not yet, at most so many."""
    to = {lead.key: member for lead in [one for one in leads if not _has(member, one)][:most]}
    share = Share(member, _open_leads([member]).get(member.id, 0), len(to))
    return Plan([share], to, len(leads) - len(to))


def offer_to_guides(leads: Sequence[Lead], *, by: Acting, at: datetime) -> Mending:
    """Give these leads to the Guides by load, with running clocks; as many as there is room for."""
    plan = share_out(leads[:MOST_OFFERED])
    if not plan.to:
        raise NobodyHasRoom("No Guide has room for a lead. Raise somebody's capacity, or end what is old.")
    return _hand(plan, by=by, at=at)


def take(leads: Sequence[Lead], *, most: int, by: Acting, at: datetime) -> Mending:
    """Whoever acts has the first of these leads from now on, at most so many, with running clocks."""
    assert by.member is not None
    return _hand(share_with(by.member, leads, most), by=by, at=at)


def _hand(plan: Plan, *, by: Acting, at: datetime) -> Mending:
    with act(by=by.actor, at=at):
        hands = give_leads(plan.to, by=by, at=at)
        versions = _versions([hand.key for hand in hands if hand.refusal is None])
        given = {key: [plan.to[key].key, version] for key, version in versions.items()}
        return _remember(Mending.Kind.OFFER, given, len(hands) - len(given), by=by, at=at)


def ask_the_owners(leads: Sequence[Lead], *, about: str, by: Acting, at: datetime) -> Mending:
    """Ask whoever has these leads what became of them, or why they ended; each gets a task.

    About those that came `returned` whoever owes the answer is asked.
    """
    keys = [lead.key for lead in leads[:MOST_ASKED]]
    with act(by=by.actor, at=at):
        whom = _who_owes(keys) if about == "returned" else None
        asked = ask_owners(keys, about=about, by=by, at=at, whom=whom)
        tasks = {key: task for key, task in zip(keys, asked, strict=True) if not isinstance(task, Refusal)}
        return _remember(Mending.Kind.ASK, tasks, len(keys) - len(tasks), by=by, at=at)


def date_next_steps(leads: Sequence[Lead], *, step: str, on: date, by: Acting, at: datetime) -> Mending:
    """Give every open deal of these leads that has no next step this one."""
    if not step.strip():
        raise StepMissing("Say what the next step is, in a few words.", field="step")
    if on < at.date():
        raise StepMissing("The next step lies ahead. Choose today or a later day.", field="on")
    ids = [lead.id for lead in leads]
    undated = Deal.objects.filter(lead__in=ids, gone_at=None, next_step="", next_step_on=None)
    open_deals = undated.filter(state=Deal.State.OPEN).order_by("id")[:MOST_DATED]
    done: dict[str, Any] = {}
    with act(by=by.actor, at=at):
        for deal in open_deals:
            before = _held(deal)
            after = _held(set_next_step(deal.key, step=step, on=on, by=by, at=at))
            done[deal.key] = {name: [before[name], after[name]] for name in _DATED}
        return _remember(Mending.Kind.STEP, done, 0, by=by, at=at)


def undo(key: str, *, by: Acting, at: datetime) -> tuple[Mending, int]:
    """Undo a mending, once; what people changed since stays and is counted."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at):
        mending = Mending.objects.select_for_update(of=("self",)).filter(key=key).first()
        if mending is None:
            raise NoSuchMending("This cannot be undone: it is not known what was done.")
        if mending.undone_at is not None:
            raise UndoneAlready("This was undone already. Look at the leads to see how they stand.")
        if mending.by != by.actor.key:
            by.must(Right.OFFER)
        mending.undone_at = at
        mending.save(update_fields=["undone_at"])
        return mending, _undo(mending, by=by, at=at)


def _undo(mending: Mending, *, by: Acting, at: datetime) -> int:
    """Returns how many stay as they are."""
    if mending.kind == Mending.Kind.OFFER:
        stand = _versions(mending.done)
        untouched = [key for key, (_, version) in mending.done.items() if stand.get(key) == version]
        hands = put_back_leads(untouched, by=by, at=at)
        return mending.count - sum(hand.refusal is None for hand in hands)
    if mending.kind == Mending.Kind.ASK:
        withdraw_tasks(list(mending.done.values()), by=by, at=at, why="undone", lane="live")
        return 0
    restored = restore_deals(mending.done, by=by, at=at)
    return len(mending.done) - sum(not one.kept for one in restored)


def _versions(keys: Iterable[str]) -> dict[str, int]:
    """By its version a lead shows whether anybody went on with it."""
    return dict(Lead.objects.filter(key__in=list(keys)).values_list("key", "version"))


def _remember(kind: str, done: dict[str, Any], refused: int, *, by: Acting, at: datetime) -> Mending:
    if not done:
        raise NothingToMend("Nothing could be done here: it was mended meanwhile, or nobody can be asked.")
    return Mending.objects.create(kind=kind, by=by.actor.key, at=at, done=done, refused=refused)


def _held(deal: Deal) -> dict[str, Any]:
    on = deal.next_step_on.isoformat() if deal.next_step_on else None
    return {
        "next_step": deal.next_step,
        "next_step_on": on,
        "owner_id": deal.owner_id,
        "at_rest": deal.at_rest,
    }


def _who_owes(keys: Sequence[str]) -> dict[str, Member]:
    """Who owes the answer to the return of each of these leads."""
    owed = Return.objects.filter(lead__key__in=keys, state=Return.State.OWED, gone_at=None)
    return {one.lead.key: one.owes for one in owed.select_related("lead", "owes") if one.owes}


def _least_loaded(waiting: list[tuple[float, int]], shares: Sequence[Share], lead: Lead) -> int | None:
    """The place of whoever has the most room, and not the lead already; they wait no more."""
    passed: list[tuple[float, int]] = []
    found = None
    while waiting and found is None:
        one = heapq.heappop(waiting)
        if _has(shares[one[1]].member, lead):
            passed.append(one)
        else:
            found = one[1]
    for one in passed:
        heapq.heappush(waiting, one)
    return found


def _has(member: Member, lead: Lead) -> bool:
    return lead.owner_id == member.id and not lead.at_rest


def _load(share: Share) -> float:
    return (share.open + share.gets) / max(1, share.member.capacity)


def _guides() -> list[Share]:
    """The Guides who work here, with how many leads each has whose clock has been started."""
    guides = list(Member.objects.active().filter(role=Role.GUIDE).order_by("name", "id"))
    open_leads = _open_leads(guides)
    return [Share(guide, open_leads.get(guide.id, 0)) for guide in guides]


def _open_leads(members: Sequence[Member]) -> dict[int, int]:
    """How many leads each has whose clock has been started."""
    open_leads = Lead.objects.filter(owner__in=members, gone_at=None, ended_at=None, at_rest=False)
    return dict(open_leads.order_by().values_list("owner").annotate(Count("id")))
