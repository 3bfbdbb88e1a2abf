"""What a reader is: a name for life, what it hears and the function that answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from songsheet.journal.entries import Entry
from songsheet.journal.events import Event, kinds

Answer = Callable[[Entry[Any]], None]
BatchAnswer = Callable[[list[Entry[Any]]], None]
RangeAnswer = Callable[[int, int], None]


@dataclass(frozen=True)
class Reader:
    """Reacts to entries after commit, in order, each once; declared in one of three ways.

    - `handles`: a function per event class, called with one entry;
    - `batch`: a function called with a list of entries of the kinds in `hears` (none given: all kinds);
    - `ranges`: a function called with (after, until), the positions after < p <= until, for set-based SQL.

    History is heard only with `hears_history`. A reader that is new in an old database starts at the first
    entry, or `since="now"`, behind everything that stands there already.
    """

    name: str
    handles: Mapping[type[Event], Answer] = field(default_factory=dict)
    batch: BatchAnswer | None = None
    hears: tuple[type[Event], ...] = ()
    ranges: RangeAnswer | None = None
    hears_history: bool = False
    since: Literal["start", "now"] = "start"

    def __post_init__(self) -> None:
        if sum([bool(self.handles), self.batch is not None, self.ranges is not None]) != 1:
            raise TypeError(f"reader {self.name} needs exactly one of handles, batch and ranges")

    @property
    def kinds(self) -> list[str] | None:
        """The stored kinds it hears; None for all."""
        return kinds(self.handles or self.hears) or None

    @property
    def filter(self) -> str:
        """Its entries as SQL over `journal_entry`; lane is literal so that the live index serves."""
        lane = "true" if self.hears_history else "lane = 0"
        return f"{lane} and kind = any(%(kinds)s)" if self.kinds else lane

    def answer(self, entry: Entry[Any]) -> None:
        """Answer one entry."""
        if self.batch is not None:
            self.batch([entry])
        else:
            self.handles[type(entry.event)](entry)
