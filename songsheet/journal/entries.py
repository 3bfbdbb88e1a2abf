"""An entry as everybody reads it: what happened, when, by whom and because of what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

import orjson

from songsheet.journal.events import Event, kind_of

Lane = Literal["live", "history"]
LANES: tuple[Lane, Lane] = ("live", "history")
COLUMNS = "position, kind, version, occurred_at, recorded_at, actor, because, depth, lane, body::text"

E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[E_co]):
    """One thing that happened, at its position in the journal."""

    position: int
    kind: str
    version: int
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    because: int | None
    depth: int
    lane: Lane
    event: E_co

    def subjects(self) -> list[str]:
        """The keys it is about."""
        return self.event.subjects()

    def sentence(self, names: Mapping[str, str]) -> str:
        """The line in a story."""
        return self.event.sentence(names, by=self.actor)


def from_rows(rows: Iterable[tuple[Any, ...]]) -> list[Entry[Event]]:
    """Entries out of rows of `COLUMNS`."""
    return [
        Entry(
            position=row[0],
            kind=row[1],
            version=row[2],
            occurred_at=row[3],
            recorded_at=row[4],
            actor=row[5],
            because=row[6],
            depth=row[7],
            lane=LANES[row[8]],
            event=kind_of(row[1]).read(row[2], orjson.loads(row[9])),
        )
        for row in rows
    ]
