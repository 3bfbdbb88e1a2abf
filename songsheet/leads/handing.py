"""A lead into somebody's hands: taken, given, taken up, put back. Set-based, and undone exactly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import MOST, TooManyRows
from songsheet.base.refusals import Refusal
from songsheet.clocks.kinds import FIRST_ANSWER
from songsheet.clocks.making import Promise, made
from songsheet.clocks.models import CURRENT, Clock
from songsheet.journal.act import Record, act
from songsheet.leads.adopt_leads import WORKING_DAY, Leads
from songsheet.leads.errors import HasItAlready, LeadHasEnded, NoSuchLead, NothingToUndo
from songsheet.leads.events import LeadGiven, LeadPutBack
from songsheet.leads.looking_acts import look_promise
from songsheet.leads.models import Handed, Lead, Queue
from songsheet.leads.promising import spread
from songsheet.leads.queries import held_leads
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

#: What handing a lead changes, and putting it back restores.
_KEPT = ("owner_id", "queue_id", "owned_since", "clock_id", "state", "at_rest")


@dataclass(frozen=True, slots=True)
class Hand:
    """What became of one lead of many: the refusal where it was not handed."""

    key: str
    refusal: Refusal | None = None


def give_lead(key: str, to: Member, *, by: Acting, at: datetime, due: datetime | None = None) -> Lead:
    """Give a lead to a member: it is theirs, with a running clock; undone by putting it back."""
    (given,) = give_leads({key: to}, by=by, at=at, due=due)
    if given.refusal:
        raise given.refusal
    return Lead.objects.get(key=key)


def give_leads(
    to: Mapping[str, Member], *, by: Acting, at: datetime, due: datetime | None = None
) -> list[Hand]:
    """Give each lead to its member, at most 2,000 at once; what cannot be given is named with its refusal.

    Clocks are spread: a member who gets many answers as many a day as the house has set; unless the buyer was
    promised an answer until `due`.
    """
    by.must(Right.OFFER)
    if len(to) > MOST:
        raise TooManyRows(f"{len(to)} leads; at most {MOST} in one call")
    with act(by=by.actor, at=at) as record:
        leads = held_leads(list(to))
        hands = [Hand(key, _why_not(leads.get(key), to[key], key)) for key in to]
        given = [leads[hand.key] for hand in hands if hand.refusal is None]
        before = {lead.key: _who_has(lead) for lead in given}
        for lead in given:
            lead.state = "offered" if lead.state in ("new", "qualified") else lead.state
            lead.owner, lead.queue = to[lead.key], None
        keep_and_start(given, by=by, at=at, due=due, minutes=spread(given, at))
        bodies = [
            {
                "lead": lead.key,
                "person": lead.person.key,
                "member": to[lead.key].key,
                "before": before[lead.key],
                "state": lead.state,
                "due_at": due_of(lead),
            }
            for lead in given
        ]
        record.bulk(LeadGiven, bodies, [at] * len(given))
    return hands


def put_back(key: str, *, by: Acting, at: datetime) -> Lead:
    """Undo the last taking, giving or taking up of a lead; refused once something else happened with it."""
    (back,) = put_back_leads([key], by=by, at=at)
    if back.refusal:
        raise back.refusal
    return Lead.objects.get(key=key)


def put_back_leads(keys: Sequence[str], *, by: Acting, at: datetime) -> list[Hand]:
    """Undo the last handing of these leads, at most 2,000: owner, queue, state, rest and clock as before."""
    by.must(Right.WORK)
    if len(keys) > MOST:
        raise TooManyRows(f"{len(keys)} leads; at most {MOST} in one call")
    with act(by=by.actor, at=at) as record:
        leads = held_leads(keys)
        handed = {one.lead_id: one for one in Handed.objects.filter(lead__in=leads.values())}
        hands = [Hand(key, _why_not_back(leads.get(key), handed, by, key)) for key in keys]
        back = [leads[hand.key] for hand in hands if hand.refusal is None]
        _restore(back, handed, at)
        _record_back(back, record)
    return hands


def keep_and_start(
    leads: Sequence[Lead],
    *,
    by: Acting,
    at: datetime,
    due: datetime | None = None,
    minutes: Callable[[Lead], int] | None = None,
    runs_on: bool = False,
) -> None:
    """Write leads that were handed on: how they stood is kept, their clocks stop and fresh ones start.

    Owner, queue and state are set by the caller; a lead that is handed is at rest no more. The answer is due
    at `due`, or after so many `minutes` of the owner's hours, in a queue of those of the house: a working day
    where nothing is said. What `runs_on` is a promise that its owner made already: whoever accepts what they
    were offered gets no more time by it.
    """
    stood = dict(_stood([lead.id for lead in leads]))
    if not runs_on:
        stop_clocks([lead.key for lead in leads], at=at)
        promises = [_promise(lead, at, due, minutes(lead) if minutes else WORKING_DAY) for lead in leads]
        clocks = Clock.objects.bulk_create(made(promises))
        for lead, clock in zip(leads, clocks, strict=True):
            lead.clock = clock
    for lead in leads:
        lead.at_rest, lead.version = False, lead.version + 1
        lead.owned_since = at if lead.owner_id else None
    _write(leads)
    bulk.execute(
        """insert into leads_handed (lead_id, version, by, before)
           select lead_id, version, %s, before::jsonb
             from unnest(%s::bigint[], %s::int[], %s::text[]) as given(lead_id, version, before)
               on conflict (lead_id) do update
                  set version = excluded.version, by = excluded.by, before = excluded.before""",
        [
            by.actor.key,
            [lead.id for lead in leads],
            [lead.version for lead in leads],
            [stood[lead.id] for lead in leads],
        ],
    )


def due_of(lead: Lead) -> str:
    """Until when the first answer is promised, as entries say it."""
    return lead.clock.due_at.isoformat() if lead.clock else ""


def stop_clocks(keys: Sequence[str], *, at: datetime) -> None:
    """The running clocks about these leads stop: what they were about went away."""
    bulk.execute(
        """update clocks_clock set state = 'stopped', ended_at = greatest(%s, started_at),
                  paused_at = null, paused_until = null
            where about = any(%s::text[]) and state = any(%s::text[])""",
        [at, list(keys), list(CURRENT)],
    )


def _stood(ids: Sequence[int]) -> list[tuple[int, str]]:
    """How the rows stand in the database, before what the caller has in mind is written."""
    columns = ", ".join(f"'{name}', {name}" for name in _KEPT)
    verdict = """(select id from clocks_clock
                   where about = lead.key and kind = 'verdict' and state in ('running', 'paused'))"""
    sql = f"""select id, jsonb_build_object({columns}, 'verdict', {verdict})::text
                from leads_lead lead where id = any(%s::bigint[])"""
    return [(id_, text) for id_, text in bulk.rows(sql, [list(ids)])]


def _write(leads: Sequence[Lead]) -> None:
    types = {"version": "integer", **{name: Leads.table.types[name] for name in _KEPT}}
    lines = [(lead.id, lead.version, *(getattr(lead, name) for name in _KEPT)) for lead in leads]
    bulk.update("leads_lead", types, lines)


def _promise(lead: Lead, at: datetime, due: datetime | None, minutes: int) -> Promise:
    if lead.state == Lead.State.NURTURING and lead.look_again_on:
        return look_promise(lead, at)
    owner = lead.owner_id or (lead.queue.responsible_id if lead.queue else None)
    return Promise(
        FIRST_ANSWER, lead.key, owner, at, None if due else minutes, due, by_house=lead.owner_id is None
    )


def _why_not(lead: Lead | None, to: Member, key: str) -> Refusal | None:
    if lead is None:
        return NoSuchLead(key)
    if not lead.is_open:
        return LeadHasEnded(f"This lead has ended ({lead.get_state_display().lower()}). Open it to see why.")
    if lead.owner_id == to.id and not lead.at_rest:
        return HasItAlready(f"{to.name} has this lead already. Give it to somebody else, or leave it.")
    return None


def _why_not_back(lead: Lead | None, handed: Mapping[int, Handed], by: Acting, key: str) -> Refusal | None:
    if lead is None:
        return NoSuchLead(key)
    last = handed.get(lead.id)
    if last is None or last.version != lead.version or not lead.is_open:
        return NothingToUndo("Something else happened with this lead since. Open it and give it on by hand.")
    if last.by != by.actor.key and not by.may(Right.OFFER):
        return NothingToUndo(
            "Somebody else handed this lead on. Ask them, or whoever gives leads, to undo it."
        )
    return None


def _restore(leads: Sequence[Lead], handed: Mapping[int, Handed], at: datetime) -> None:
    stop_clocks([lead.key for lead in leads], at=at)
    for lead in leads:
        stood: dict[str, Any] = handed[lead.id].before
        since = stood["owned_since"]
        for name in _KEPT:
            setattr(lead, name, stood[name])
        lead.owned_since = datetime.fromisoformat(since) if since else None
        lead.version += 1
    verdicts = [handed[lead.id].before.get("verdict") for lead in leads]
    ran = [id_ for id_ in (*(lead.clock_id for lead in leads), *verdicts) if id_]
    Clock.objects.filter(id__in=ran).update(state=Clock.State.RUNNING, ended_at=None)
    _write(leads)
    Handed.objects.filter(lead__in=leads).delete()


def _record_back(leads: Sequence[Lead], record: Record) -> None:
    members = dict(Member.objects.filter(id__in={lead.owner_id for lead in leads}).values_list("id", "key"))
    queues = dict(Queue.objects.filter(id__in={lead.queue_id for lead in leads}).values_list("id", "key"))
    due = dict(Clock.objects.filter(id__in={lead.clock_id for lead in leads}).values_list("id", "due_at"))
    bodies = [
        {
            "lead": lead.key,
            "person": lead.person.key,
            "owner": members.get(lead.owner_id) if lead.owner_id else None,
            "queue": queues.get(lead.queue_id) if lead.queue_id else None,
            "state": lead.state,
            "due_at": due[lead.clock_id].isoformat() if lead.clock_id else "",
        }
        for lead in leads
    ]
    record.bulk(LeadPutBack, bodies, [record.at] * len(leads))


def _who_has(lead: Lead) -> str:
    return lead.owner.key if lead.owner else lead.queue.key if lead.queue else ""
