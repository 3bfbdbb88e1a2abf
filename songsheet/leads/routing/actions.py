"""What routes leads: each is offered to a member, or waits in a queue, by the tiers and routing in force.

One act for at most 2,000: leads are locked first, then the turns, so that whoever else takes, returns or
routes one of them goes before or after it as a whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import MOST, TooManyRows
from songsheet.base.refusals import Refusal
from songsheet.journal.act import Because, Record, act, together
from songsheet.journal.entries import Entry
from songsheet.leads.actions import open_queue
from songsheet.leads.errors import LeadHasEnded, NoSuchLead
from songsheet.leads.handing import due_of, keep_and_start
from songsheet.leads.models import Judgement, Lead, Queue
from songsheet.leads.queries import held_leads
from songsheet.leads.routing.deciding import decide
from songsheet.leads.routing.errors import NothingAgreed, NotToRoute, StaysWhereItIs
from songsheet.leads.routing.events import LeadRouted
from songsheet.leads.routing.models import Cause, Routing
from songsheet.leads.routing.queries import last_of
from songsheet.leads.routing.reading import Agreed, agreed, asked_of, world_at
from songsheet.leads.routing.whose import responsible_for
from songsheet.leads.routing.world import LOWEST, ROLES, Asked, Chosen, Decided, World
from songsheet.team.acting import Acting, as_system
from songsheet.team.models import Member
from songsheet.team.roles import Right

#: A cause of one entry for all, or of each lead by its key.
Becauses = Because | Mapping[str, Entry[Any]]


@dataclass(frozen=True, slots=True)
class Routed:
    """What became of one lead: where it went, or the refusal where it was not routed."""

    key: str
    chosen: Chosen | None = None
    refusal: Refusal | None = None


def route(
    keys: Sequence[str],
    *,
    by: Acting,
    at: datetime,
    because: Becauses = None,
    cause: str = Cause.JUDGED,
    worked_on: bool = False,
) -> list[Routed]:
    """Route these leads, at most 2,000: what waits in a queue or is offered and not accepted; what somebody
    works on only when that is said. Before an agreement is in force nothing is routed.

    Where the cause is not that they were judged, who has one goes without. Undone by putting the leads back.
    """
    by.must(Right.OFFER)
    if len(keys) > MOST:
        raise TooManyRows(f"{len(keys)} leads; at most {MOST} in one call")
    found = agreed(at)
    if found is None:
        return [Routed(key, refusal=NothingAgreed()) for key in keys]
    one = None if isinstance(because, Mapping) else because
    with act(by=by.actor, at=at, because=one) as record:
        leads = held_leads(keys)
        done = {
            key: Routed(key, refusal=why) for key in keys if (why := why_not(leads.get(key), key, worked_on))
        }
        going = [lead for key, lead in leads.items() if key not in done]
        if going:
            run = _Run(found, record, by, because, cause)
            done |= run.route(going)
    return [done[key] for key in keys]


def why_not(lead: Lead | None, key: str, worked_on: bool) -> Refusal | None:
    """Why a lead is not routed at all."""
    if lead is None:
        return NoSuchLead(key)
    if not lead.is_open:
        return LeadHasEnded(f"This lead has ended ({lead.get_state_display().lower()}). Open it to see why.")
    if lead.at_rest:
        return NotToRoute("This lead lies at rest. Take it up first.")
    if lead.state == Lead.State.NURTURING:
        return NotToRoute("This lead is nurtured until a day. Move it on first.")
    if lead.owner and lead.state != Lead.State.OFFERED and not worked_on:
        return NotToRoute(f"{lead.owner.name} works on this lead. Ask them, or route what is worked on too.")
    return None


def asked_now(leads: Sequence[Lead], world: World, cause: str) -> list[Asked]:
    """What these leads ask for as they stand; who has one goes without, or keeps it where it was judged."""
    tiers = {lead.id: lead.tier or LOWEST for lead in leads}
    had = {lead.id: lead.owner_id for lead in leads if lead.owner_id}
    if cause != Cause.JUDGED:
        return asked_of(tiers, world, had)
    return [replace(one, keeps=had.get(one.id)) for one in asked_of(tiers, world)]


@dataclass(frozen=True)
class _Run:
    """One act of routing."""

    found: Agreed
    record: Record
    by: Acting
    because: Becauses
    cause: str

    def route(self, leads: Sequence[Lead]) -> dict[str, Routed]:
        """Decide, then write the leads with their promises, the ledger, the turns and the entries."""
        at = self.record.at
        world = _with_turns(world_at(self.found.terms, at))
        decided = decide(world, asked_now(leads, world, self.cause))
        chosen = {one.id: one for one in decided.chosen}
        queues = _queues({one.queue for one in decided.chosen if one.queue}, self.found, at)
        last = last_of([lead.id for lead in leads])
        stays = {lead.id for lead in leads if _stays(lead, chosen[lead.id], last.get(lead.id), queues)}
        moved = [lead for lead in leads if lead.id not in stays]
        if moved:
            had = {lead.id: (lead.owner, lead.queue) for lead in moved}
            _put(moved, chosen, queues)
            keep_and_start(moved, by=self.by, at=at, minutes=lambda lead: world.minutes[chosen[lead.id].tier])
            self._note(moved, chosen, had)
            _move_turns(decided)
            self._tell(moved, chosen, had)
        done = {lead.key: Routed(lead.key, chosen[lead.id]) for lead in moved}
        words = "By what is agreed this lead belongs where it is. Give it to somebody by hand, or leave it."
        return done | {
            lead.key: Routed(lead.key, chosen[lead.id], StaysWhereItIs(words))
            for lead in leads
            if lead.id in stays
        }

    def _note(self, leads: Sequence[Lead], chosen: Mapping[int, Chosen], had: Mapping[int, Any]) -> None:
        Routing.objects.bulk_create(
            Routing(
                lead=lead, at=self.record.at, version=self.found.version, tier=chosen[lead.id].tier,
                method=chosen[lead.id].method, cause=self.cause, member=lead.owner, queue=lead.queue,
                had=had[lead.id][0], why=_why(chosen[lead.id]),
            )
            for lead in leads
        )  # fmt: skip

    def _tell(self, leads: Sequence[Lead], chosen: Mapping[int, Chosen], had: Mapping[int, Any]) -> None:
        bodies = [
            {
                "lead": lead.key,
                "person": lead.person.key,
                "member": lead.owner.key if lead.owner else None,
                "queue": lead.queue.key if lead.queue else None,
                "tier": chosen[lead.id].tier,
                "method": chosen[lead.id].method,
                "state": lead.state,
                "due_at": due_of(lead),
                "version": self.found.version.key,
                "before": next((one.key for one in had[lead.id] if one), ""),
            }
            for lead in leads
        ]
        if not isinstance(self.because, Mapping):
            self.record.bulk(LeadRouted, bodies, [self.record.at] * len(bodies))
            return
        with together() as gathered:  # each because of its own entry
            for lead, body in zip(leads, bodies, strict=True):
                cause = self.because.get(lead.key)
                Record(gathered, self.by.actor, self.record.at, cause, "live")(LeadRouted(**body))


def _put(leads: Sequence[Lead], chosen: Mapping[int, Chosen], queues: Mapping[str, Queue]) -> None:
    """Owner, queue and state of each as it was decided."""
    members = Member.objects.in_bulk({one.member for one in chosen.values() if one.member})
    waiting = [id_ for id_, one in chosen.items() if one.queue]
    met = Judgement.objects.filter(lead__in=waiting, is_qualified=True, definition__isnull=False)
    qualified = set(met.values_list("lead_id", flat=True)) if waiting else set()
    for lead in leads:
        one = chosen[lead.id]
        lead.owner = members[one.member] if one.member else None
        lead.queue = queues[one.queue] if one.queue else None
        if lead.owner:
            lead.state = Lead.State.OFFERED
        elif lead.state in (Lead.State.OFFERED, Lead.State.WORKING):
            lead.state = Lead.State.QUALIFIED if lead.id in qualified else Lead.State.NEW


def _stays(lead: Lead, one: Chosen, last: Routing | None, queues: Mapping[str, Queue]) -> bool:
    """Whether it is there already, and was routed there by the same tier."""
    if last is None or last.tier != one.tier or lead.owner_id != one.member:
        return False
    queue = queues[one.queue].id if one.queue else None
    return (last.member_id, last.queue_id) == (lead.owner_id, lead.queue_id) == (one.member, queue)


def _why(one: Chosen) -> dict[str, Any]:
    return {"chosen": list(one.why), "others": {str(id_): list(why) for id_, why in one.others.items()}}


def _with_turns(world: World) -> World:
    """The world with everybody's turns, locked until the act ends; who is new has a row from now on."""
    rules = [one for one in world.terms.tiers if one.method != "queue"]
    stand_in = {one.deputy for one in world.members.values() if one.is_away}
    wanted = sorted(
        (one.id, rule.tier)
        for one in world.members.values()
        for rule in rules
        if one.role in ROLES[rule.to] or one.id in stand_in
    )
    members, tiers = [id_ for id_, _ in wanted], [tier for _, tier in wanted]
    bulk.execute(
        """insert into leads_turn (member_id, tier)
           select * from unnest(%s::bigint[], %s::text[]) as wanted (member_id, tier)
            where not exists (select from leads_turn it
                               where (it.member_id, it.tier) = (wanted.member_id, wanted.tier))
               on conflict do nothing""",
        [members, tiers],
    )
    found = bulk.rows(
        """select tier, member_id, level from leads_turn where member_id = any(%s::bigint[])
            order by member_id, tier for update""",
        [sorted(set(members))],
    )
    return replace(world, turns={(tier, id_): level for tier, id_, level in found if level is not None})


def _move_turns(decided: Decided) -> None:
    tiers, members = [tier for tier, _ in decided.turns], [id_ for _, id_ in decided.turns]
    bulk.execute(
        """insert into leads_turn (tier, member_id, level)
           select * from unnest(%s::text[], %s::bigint[], %s::bigint[])
               on conflict (member_id, tier) do update set level = excluded.level""",
        [tiers, members, list(decided.turns.values())],
    )


def _queues(names: set[str], found: Agreed, at: datetime) -> dict[str, Queue]:
    """The queues of these names; one that is not there is opened, with who answers for it."""
    if not names:
        return {}
    known = {one.name.casefold(): one for one in Queue.objects.select_related("responsible")}
    return {
        name: known.get(name.casefold())
        or open_queue(
            name=name, responsible=responsible_for(name, found.terms), by=as_system("routing"), at=at
        )
        for name in sorted(names)
    }
