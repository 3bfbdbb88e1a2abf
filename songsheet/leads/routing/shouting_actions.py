"""What time itself does to routing: leave begins, room comes free, and what waits is shouted about again."""

from datetime import datetime

from songsheet.journal.act import act
from songsheet.leads.models import Lead, Queue
from songsheet.leads.routing.actions import asked_now, route
from songsheet.leads.routing.deciding import decide
from songsheet.leads.routing.events import LeadsWait
from songsheet.leads.routing.models import Cause, Shout
from songsheet.leads.routing.queries import offered_to, waiting, waiting_keys
from songsheet.leads.routing.reading import agreed, world_at
from songsheet.team.acting import Acting
from songsheet.team.hours.calendars import calendars
from songsheet.team.roles import Right


def go_on(*, by: Acting, at: datetime) -> int:
    """Route what is offered to who cannot accept it, and what nobody could take and somebody can now."""
    if agreed(at) is None:
        return 0
    routed = 0
    for cause in (Cause.LEAVE, Cause.LEFT):
        if keys := list(offered_to([], cause, at=at)):
            routed += sum(one.refusal is None for one in route(keys, by=by, at=at, cause=cause))
    if keys := _somebody_can(at):
        routed += sum(one.refusal is None for one in route(keys, by=by, at=at))
    return routed


def _somebody_can(at: datetime) -> list[str]:
    """Of what waits that nobody could take, what somebody can take by now."""
    found = agreed(at)
    keys = waiting_keys()
    if found is None or not keys:
        return []
    leads = list(Lead.objects.filter(key__in=keys).order_by("came_at", "id"))
    world = world_at(found.terms, at)
    decided = decide(world, asked_now(leads, world, Cause.JUDGED), told=False)
    can = {one.id for one in decided.chosen if one.member}
    return [lead.key for lead in leads if lead.id in can]


def shout(*, by: Acting, at: datetime) -> int:
    """Tell again who answers for a queue of last resort, after the agreed working minutes; how many."""
    by.must(Right.WORK)
    found = agreed(at)
    if found is None:
        return 0
    house, after, told = calendars().of(None), found.terms.last_resort.shout_after, 0
    with act(by=by.actor, at=at) as record:
        still = waiting()
        queues = {one.id: one for one in Queue.objects.select_related("responsible").order_by("id")}
        last = dict(Shout.objects.select_for_update().order_by("queue_id").values_list("queue_id", "at"))
        Shout.objects.exclude(queue__in=[queue for queue, _, _ in still]).delete()
        for id_, leads, since in still:
            if house.minutes_between(last.get(id_, since), at) < after:
                continue
            Shout.objects.update_or_create(queue_id=id_, defaults={"at": at})
            queue = queues[id_]
            record(LeadsWait(queue=queue.key, member=queue.responsible.key, leads=leads))
            told += 1
    return told
