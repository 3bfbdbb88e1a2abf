"""Reads of what was held back."""

from typing import NamedTuple

from songsheet.intake.held.errors import NoSuchHeldBack
from songsheet.intake.held.models import Round
from songsheet.intake.held.reading import items_of
from songsheet.intake.inbox.models import HeldBack
from songsheet.intake.inbox.reading import NotRead
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

MOST_SHOWN = 50


class HeldPage(NamedTuple):
    """Some of what was held back, and the key after which older ones stand."""

    items: list[HeldBack]
    older: str


def held_back_seen_by(
    viewer: Acting, *, state: str = "waiting", before: str = "", most: int = MOST_SHOWN, feed: str = ""
) -> HeldPage:
    """What waits to be mended, or was done with; the newest first."""
    viewer.must(Right.FRONT)
    found = HeldBack.objects.filter(state=state).order_by("-received_at", "-id")
    if feed:
        found = found.filter(feed=feed)
    if before:
        last = held_for(viewer, before)
        found = found.filter(received_at__lte=last.received_at).exclude(
            received_at=last.received_at, id__gte=last.id
        )
    items = list(found[: most + 1])
    return HeldPage(items[:most], items[most - 1].key if len(items) > most else "")


def round_of(feed: str) -> Round | None:
    """The last round of a feed."""
    return Round.objects.filter(feed=feed).order_by("-id").first() if feed else None


def how_many_of(viewer: Acting, feed: str) -> int:
    """How many of a feed wait."""
    viewer.must(Right.FRONT)
    return HeldBack.objects.filter(feed=feed, state=HeldBack.State.WAITING).count() if feed else 0


def held_for(viewer: Acting, key: str) -> HeldBack:
    """One of them."""
    viewer.must(Right.FRONT)
    found = HeldBack.objects.select_related("ended_by").filter(key=key).first()
    if found is None:
        raise NoSuchHeldBack
    return found


def how_many_wait(viewer: Acting) -> int:
    """How many wait to be mended, counted to a hundred."""
    viewer.must(Right.FRONT)
    return HeldBack.objects.filter(state=HeldBack.State.WAITING)[:100].count()


def problems_in(held: HeldBack, text: str) -> dict[str, list[str]]:
    """What stands in the way of a text, by field; nothing where it can be sent in."""
    try:
        items_of(held, text)
    except NotRead as wrong:
        return wrong.errors
    return {}
