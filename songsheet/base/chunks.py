"""A chunk of rows on its way in: cleaned, looked up, applied in memory one by one, written together."""

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, ClassVar, Generic, TypeVar

from songsheet.base import bulk
from songsheet.base.adopting import Adopted, Fault, Happened, Shelf, Standing, Table, plain

R = TypeVar("R")


@dataclass(slots=True)
class Given(Generic[R]):
    """A row and what it says, cleaned; or why it is refused."""

    row: R
    values: dict[str, Any]
    fault: Fault | None


#: Called with a chunk and its good rows before they are looked up: a dry run brings over what they will find.
meeting: "ContextVar[Callable[[Chunk[Any], Sequence[Given[Any]]], None] | None]"
meeting = ContextVar("meeting", default=None)


class Chunk(Generic[R]):
    """What every kind of row has in common; known by the columns of `identity` unless it says otherwise."""

    table: ClassVar[Table]
    prefix: ClassVar[str]
    realm: ClassVar[int]
    identity: ClassVar[tuple[str, ...]] = ("system", "external_id")

    def __init__(self, rows: Sequence[R], at: datetime) -> None:
        self.at = at
        self.happened: list[Happened] = []
        self.shelf = Shelf(self.table, self.prefix)
        self.known: dict[tuple[Any, ...], Standing] = {}
        self._name_of: Callable[[dict[str, Any]], tuple[str, ...]] = itemgetter(*self.identity)
        self.given = [self.clean(row) for row in rows]

    def adopt(self) -> list[Adopted]:
        """Apply every row in its order, then write."""
        good = [given for given in self.given if not given.fault]
        if meet := meeting.get():
            meet(self, good)
        self.look_up(good)
        outcomes = [self._apply(given) for given in self.given]
        self.write()
        return [
            Adopted(adopted, standing and standing.ref, *why, before, version)  # type: ignore[arg-type]
            for adopted, standing, why, before, version in outcomes
        ]

    def clean(self, row: R) -> Given[R]:
        """What the row says, with the reason if it cannot be stored."""
        values = self.values(row)
        return Given(row, values, self.table.fault(values) or self.fault(row, values))

    def _apply(self, given: Given[R]) -> tuple[str, Standing | None, Fault, dict[str, Any] | None, int]:
        if given.fault:
            return "rejected", None, given.fault, None, 0
        standing = self.find(given)
        if standing is None:
            standing = self.make(given)
            self.made(standing, given)
            return "created", standing, ("", ""), None, standing.version
        why, values = self.news(standing, given)
        before = self.shelf.change(standing, values)
        before |= self.more(standing, given)
        if not before:
            return "unchanged", standing, why, None, standing.version
        self.shelf.touch(standing)
        self.changed(standing, given, before)
        return "updated", standing, why, plain(before), standing.version

    def values(self, row: R) -> dict[str, Any]:
        """What the row says, by column."""
        raise NotImplementedError

    def fault(self, row: R, values: dict[str, Any]) -> Fault | None:
        """Why the row cannot be stored although each value alone could."""
        return None

    def look_up(self, good: Sequence[Given[R]]) -> None:
        """Hold the identities, then read and lock what stands under them."""
        named = {self.name_of(given.values) for given in good if given.values["external_id"]}
        bulk.hold(self.realm, map("\x1f".join, named))
        if not named:
            return
        names = ", ".join(self.identity)
        arrays = ", ".join("%s::text[]" for _ in self.identity)
        found = bulk.rows(
            f"select stands.id from unnest({arrays}) as given({names})"
            f" join {self.table.name} as stands using ({names})"
            " where stands.gone_at is null and stands.external_id <> ''",
            [list(column) for column in zip(*named, strict=True)],
        )
        self.load(id_ for (id_,) in found)

    def load(self, ids: Iterable[int]) -> None:
        """Read and lock rows, and know them by name."""
        self.shelf.load(ids)
        for standing in self.shelf.by_id.values():
            self.known[self.name_of(standing.values)] = standing

    def name_of(self, values: dict[str, Any]) -> tuple[str, ...]:
        """By what a row is known."""
        return self._name_of(values)

    def find(self, given: Given[R]) -> Standing | None:
        """The row that is meant, if it stands."""
        return self.known.get(self.name_of(given.values)) if given.values["external_id"] else None

    def make(self, given: Given[R]) -> Standing:
        """A new row."""
        standing = self.shelf.make(given.values)
        if given.values.get("external_id"):
            self.known[self.name_of(given.values)] = standing
        return standing

    def news(self, standing: Standing, given: Given[R]) -> tuple[Fault, dict[str, Any]]:
        """What of the given applies to a row that stands, and why something does not."""
        return ("", ""), given.values

    def more(self, standing: Standing, given: Given[R]) -> dict[str, Any]:
        """Apply what is kept beside the row; returns what stood before."""
        return {}

    def made(self, standing: Standing, given: Given[R]) -> None:
        """Note what happened with a new row."""
        raise NotImplementedError

    def changed(self, standing: Standing, given: Given[R], before: dict[str, Any]) -> None:
        """Note what happened with a row that changed."""
        raise NotImplementedError

    def write(self) -> None:
        """Write everything."""
        self.shelf.write()
