"""Who a visitor was when, out of everything that told us. Pure; in whatever order it was told."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

#: What tells more outranks what tells less: a link is passed on, a form is filled in by oneself.
RANK = {"link": 1, "event": 2, "form": 2}


class Told(NamedTuple):
    """Something told us that the visitor is this person, from then on."""

    since: datetime
    how: str
    person: int


def in_order(told: Sequence[Told]) -> list[int]:
    """The places of what was told, in the order in which it counts."""
    return sorted(range(len(told)), key=lambda nth: (told[nth][0], -RANK[told[nth].how], told[nth].person))


def untils(told: Sequence[Told]) -> list[datetime | None]:
    """Until when each of these holds, as they are given; what changes nothing is over as it begins.

    Another person ends the stretch before, unless we know of the one who stands by more than this says.
    """
    found: list[datetime | None] = [one.since for one in told]
    stands, rank = -1, 0
    for nth in in_order(told):
        one = told[nth]
        if stands >= 0 and one.person == told[stands].person:
            rank = max(rank, RANK[one.how])
        elif RANK[one.how] >= rank:
            if stands >= 0:
                found[stands] = one.since
            found[nth] = None
            stands, rank = nth, RANK[one.how]
    return found
