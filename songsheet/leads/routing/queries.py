"""Reads about routing: how a lead came to whom, and what waits where nobody could take it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from songsheet.base import bulk
from songsheet.base.adopting import MOST
from songsheet.leads.models import OPEN_STATES, Lead
from songsheet.leads.queries import lead_for
from songsheet.leads.routing.models import Cause, Routing
from songsheet.leads.routing.reading import away_now
from songsheet.leads.routing.world import LAST_RESORT
from songsheet.team.acting import Acting
from songsheet.team.models import Member

#: So many routings of one lead are shown, the newest first.
MOST_SHOWN = 20
_WAIT = f"""
  from leads_routing routing join leads_lead lead on lead.id = routing.lead_id
 where routing.method = '{LAST_RESORT}' and lead.queue_id = routing.queue_id and lead.owner_id is null
   and lead.gone_at is null and lead.state = any(%(open)s::text[])
   and not exists (select from leads_routing later where later.lead_id = lead.id and later.id > routing.id)"""


def last_of(ids: Sequence[int]) -> dict[int, Routing]:
    """The last routing of each of these leads."""
    found = Routing.objects.filter(lead__in=ids).order_by("lead_id", "-id").distinct("lead_id")
    return {one.lead_id: one for one in found}


def routings_of(viewer: Acting, key: str) -> tuple[Lead, list[Routing]]:
    """A lead, and how it was routed, the newest first."""
    lead = lead_for(viewer, key)
    found = Routing.objects.filter(lead=lead).select_related(
        "member", "queue", "queue__responsible", "had", "version"
    )
    return lead, list(found.order_by("-id")[:MOST_SHOWN])


def waiting() -> list[tuple[int, int, datetime]]:
    """Queues where leads wait that nobody could take: id, how many, since when; most first."""
    found: list[tuple[int, int, datetime]] = bulk.rows(
        f"select lead.queue_id, count(*), min(routing.at) {_WAIT} group by 1 order by 2 desc, 1",
        {"open": list(OPEN_STATES)},
    )
    return found


def waiting_keys() -> list[str]:
    """The keys of these leads, those that wait longest, at most 2,000."""
    found = bulk.rows(
        f"select lead.key {_WAIT} order by routing.id limit {MOST}", {"open": list(OPEN_STATES)}
    )
    return [key for (key,) in found]


def judged_anew(keys: Sequence[str]) -> list[str]:
    """Those of these leads that go somewhere by how they were judged: they wait in a queue, or routing
    offered them by another tier and nobody went on with them since."""
    found = bulk.rows(
        """select lead.key from leads_lead lead
             left join lateral (select tier, member_id from leads_routing where lead_id = lead.id
                                 order by id desc limit 1) as last on true
            where lead.key = any(%s::text[]) and lead.gone_at is null and not lead.at_rest
              and lead.state = any(%s::text[])
              and (lead.owner_id is null
                   or lead.state = 'offered' and lead.owner_id = last.member_id and lead.tier <> last.tier)
            order by lead.id""",
        [list(keys), list(OPEN_STATES)],
    )
    return [key for (key,) in found]


def not_accepted_in_time(clocks: Mapping[str, str]) -> list[str]:
    """Those of these leads that are offered still, and whose promise is the one that fell due."""
    found = Lead.objects.filter(key__in=list(clocks), gone_at=None, state=Lead.State.OFFERED)
    held = found.filter(owner__isnull=False).order_by("id").values_list("key", "clock__key")
    return [key for key, clock in held if clocks[key] == clock]


def offered_to(members: Sequence[str], cause: str, *, at: datetime) -> dict[str, str]:
    """The leads that are offered to members who have left, or who are on leave now without a deputy, and that
    nobody accepted: by key, with the key of the member; at most 2,000."""
    found = Lead.objects.filter(gone_at=None, at_rest=False, state=Lead.State.OFFERED)
    if cause == Cause.LEAVE:
        away = away_now(at)
        found = found.filter(owner__in=[id_ for id_, deputy in away.items() if deputy is None])
    else:
        found = found.filter(owner__state=Member.State.LEFT)
    if members:
        found = found.filter(owner__key__in=members)
    return dict(found.order_by("id").values_list("key", "owner__key")[:MOST])


@dataclass(frozen=True, slots=True)
class Stuck:
    """What needs somebody: leads in a `queue` (`responsible` answers for it) where nobody could take them,
    those of a `member` who has left or is on leave without a deputy, and promises of one that are `late`."""

    kind: str
    key: str
    name: str
    responsible: int | None
    leads: int
    since: datetime | None


def stuck(at: datetime, *, everything: bool = True) -> list[Stuck]:
    """What needs somebody at this moment, in one statement, most first; or the queues alone. Of promises that
    are late the thousand that are so longest."""
    found = bulk.rows(
        f"""select 'queue', queue.key, queue.name, queue.responsible_id, count(*), min(at)
              from (select lead.queue_id, routing.at {_WAIT}) as waits
              join leads_queue queue on queue.id = queue_id group by 1, 2, 3, 4
             union all
            select 'member', member.key, member.name, null, count(*), null
              from team_member member join leads_lead lead on lead.owner_id = member.id
             where %(everything)s and lead.state = any(%(open)s::text[]) and lead.gone_at is null
               and not lead.at_rest and (member.state = 'left' or exists (
                    select from team_leave gone where gone.member_id = member.id and gone.gone_at is null
                       and gone.deputy_id is null
                       and (%(at)s::timestamptz at time zone member.zone)::date between from_on and until_on))
             group by 1, 2, 3
             union all
            select 'late', member.key, member.name, null, count(*), null
              from (select member_id from clocks_clock
                     where %(everything)s and state = 'running' and due_at < %(at)s::timestamptz
                       and member_id is not null order by due_at limit 1000) as clock
              join team_member member on member.id = clock.member_id
             group by 1, 2, 3 order by 5 desc, 3""",
        {"open": list(OPEN_STATES), "at": at, "everything": everything},
    )
    return [Stuck(*row) for row in found]
