"""Chunks of rows adopted in acts: as many as the entries need, each whole."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol, TypeVar

from songsheet.base.adopting import Adopted, Happened, pieces
from songsheet.journal.act import Record, act
from songsheet.journal.actors import Actor
from songsheet.journal.entries import Lane
from songsheet.journal.errors import TooManyEntries

R = TypeVar("R")


class Adopting(Protocol):
    """A chunk that adopts and says what happened."""

    happened: list[Happened]

    def adopt(self) -> list[Adopted]:
        """Bring the rows in."""


def adopt_in_acts(
    chunk_of: Callable[[Sequence[R], datetime], Adopting],
    rows: Sequence[R],
    *,
    entries_of: Callable[[R], int],
    by: Actor,
    at: datetime,
    lane: Lane,
) -> list[Adopted]:
    """What became of each row, in order; `entries_of` a row says how many it makes when it is new.

    One act, unless the rows make more entries than one may hold: then in as many as it takes.
    """
    adopted: list[Adopted] = []
    for some in pieces(rows, entries_of):
        try:
            with act(by=by, at=at, lane=lane) as record:
                chunk = chunk_of(some, at)
                became = chunk.adopt()
                record_all(record, chunk.happened)
        except TooManyEntries:
            if len(some) == 1:
                raise
            became = [
                one
                for half in (some[: len(some) // 2], some[len(some) // 2 :])
                for one in adopt_in_acts(chunk_of, half, entries_of=entries_of, by=by, at=at, lane=lane)
            ]
        adopted += became
    return adopted


def record_all(record: Record, happened: Sequence[Happened]) -> None:
    """Record in order, in as few calls as the order allows."""
    for event_class, run in groupby(happened, key=itemgetter(0)):
        several: list[tuple[Any, dict[str, Any], datetime]] = list(run)
        record.bulk(event_class, [body for _, body, _ in several], [when for _, _, when in several])
