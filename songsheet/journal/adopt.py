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
    """What became of each row, in order; one act unless `entries_of` them may pass what one may hold."""
    adopted: list[Adopted] = []
    for some in pieces(rows, entries_of):
        with act(by=by, at=at, lane=lane) as record:
            chunk = chunk_of(some, at)
            adopted += chunk.adopt()
            record_all(record, chunk.happened)
    return adopted


def record_all(record: Record, happened: Sequence[Happened]) -> None:
    """Record in order, in as few calls as the order allows."""
    for event_class, run in groupby(happened, key=itemgetter(0)):
        several: list[tuple[Any, dict[str, Any], datetime]] = list(run)
        record.bulk(event_class, [body for _, body, _ in several], [when for _, _, when in several])
