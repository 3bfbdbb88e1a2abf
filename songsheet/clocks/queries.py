"""Reads of clocks: what a viewer sees, and one held for change."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from songsheet.clocks.errors import NoSuchClock
from songsheet.clocks.models import Clock
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def seen_by(viewer: Acting) -> QuerySet[Clock]:
    """The clocks that the viewer may see, with what a row of the list shows."""
    viewer.must(Right.LOOK)
    return Clock.objects.select_related("member")


def held_clock(key: str) -> Clock:
    """One clock locked until the act ends."""
    found = Clock.objects.select_for_update(of=("self",), no_key=True).filter(key=key)
    clock = found.select_related("member").first()
    if clock is None:
        raise NoSuchClock("There is no such clock. What it was about may have been erased.")
    return clock


def counted_by(members: Iterable[str] | None) -> QuerySet[Clock]:
    """The current clocks that go by the calendar of these members; of everybody and the house without any."""
    current = Clock.objects.filter(state__in=("running", "paused"), breached_at=None).exclude(hours="")
    if members is None:
        return current
    return current.filter(Q(hours=Clock.By.MEMBER), member__key__in=list(members))
