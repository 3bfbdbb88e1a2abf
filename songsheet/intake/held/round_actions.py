"""All that was held back of one feed is sent in again, such as after its mapping changed."""

from datetime import datetime

from django.db.models import Count, Max

from songsheet.base.refusals import Refusal
from songsheet.intake.held.actions import send_in_again
from songsheet.intake.held.errors import NothingHeld
from songsheet.intake.held.events import RoundBegan
from songsheet.intake.held.models import Round
from songsheet.intake.inbox.models import HeldBack
from songsheet.journal.act import act
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.roles import Right

_AT_ONCE = 100


def send_all_in_again(feed: str, *, by: Acting, at: datetime) -> Round:
    """Begin a round; one that runs already is that one."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        running = Round.objects.select_for_update(no_key=True).filter(feed=feed, ended_at=None).first()
        if running is not None:
            return running
        waiting = HeldBack.objects.filter(feed=feed, state=HeldBack.State.WAITING)
        whole, until = waiting.aggregate(Count("id"), Max("id")).values()
        if not whole:
            raise NothingHeld
        one = Round.objects.create(feed=feed, whole=whole, until=until, made_at=at, made_by=by.member)
        record(RoundBegan(round=one.key, events=whole))
    return one


def go_on(key: str, *, at: datetime) -> bool:
    """Send some more in; whether any are left. What still does not fit waits as it did, and is counted."""
    one = Round.objects.select_related("made_by").filter(key=key, ended_at=None).first()
    if one is None:
        return False
    by = as_member(one.made_by) if one.made_by and one.made_by.is_active else as_system("intake")
    waiting = HeldBack.objects.filter(feed=one.feed, state=HeldBack.State.WAITING)
    left = waiting.filter(id__gt=one.last, id__lte=one.until).order_by("id")
    some = list(left.values_list("id", "key")[:_AT_ONCE])
    for id_, held in some:
        try:
            send_in_again(held, by=by, at=at)
            one.sent += 1
        except Refusal:
            one.stayed += 1
        one.last = id_
    one.ended_at = None if some else at
    one.save(update_fields=["sent", "stayed", "last", "ended_at"])
    return bool(some)
