"""When somebody is free: working time without what is taken, cut into times to begin. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Taken:
    """A stretch that is taken, and how long before and after it nothing else may begin or end."""

    begins: datetime
    ends: datetime
    before: timedelta = timedelta()
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: how long, beginning in what steps, with how much room around it."""

    length: timedelta
    step: timedelta
    before: timedelta = timedelta()
    after: timedelta = timedelta()


def free_times(
    worked: Iterable[Span], taken: Sequence[Taken], wish: Wish, *, since: datetime, until: datetime
) -> Iterator[datetime]:
    """The instants from `since` until `until` at which a meeting can begin, in order.

    It lies within one stretch of working time. Times go in steps from the beginning of the stretch, so that
    whoever begins at 8:45 is offered 8:45; where somebody works round the clock, from the full hour.
    """
    blocks = _blocks(taken, wish)
    begins = [block[0] for block in blocks]
    for opens, shuts in worked:
        grid = opens if shuts - opens <= _DAY else _EPOCH
        at = grid + max(0, -((grid - max(since, opens)) // wish.step)) * wish.step
        while at + wish.length <= shuts and at < until:
            nth = bisect_left(begins, at + wish.length)
            if nth == 0 or blocks[nth - 1][1] <= at:
                yield at
            at += wish.step


def _blocks(taken: Sequence[Taken], wish: Wish) -> list[Span]:
    """Where no meeting may lie, merged: room is kept by whichever of the two wants more of it."""
    padded = sorted(
        (one.begins - max(one.before, wish.after), one.ends + max(one.after, wish.before)) for one in taken
    )
    merged: list[Span] = []
    for begins, ends in padded:
        if merged and begins <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(ends, merged[-1][1])
        else:
            merged.append((begins, ends))
    return merged
