"""Searching: which records hold the words that were typed, best first, as far as the viewer may see them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import transaction
from django.db.models import IntegerField, Value

from songsheet.base import bulk
from songsheet.base.ids import BODY_PATTERN
from songsheet.find.kinds import BY_NUMBER, KINDS
from songsheet.find.spelling import nearly
from songsheet.find.words import Asked
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: So many records of a kind are found before they are put in order.
MOST = 1_000
_KEY = re.compile(rf"([a-z]+)_{BODY_PATTERN}")


@dataclass(frozen=True)
class Hit:
    """A record by its kind's number and its id. Rank: given whole 0, its name 1, it begins so 2, else 3."""

    rank: int
    kind: int
    id: int


@dataclass(frozen=True)
class Hits:
    """What was found for `words`: the ones typed, or, where those meant nothing, ones spelled nearly so."""

    typed: str
    words: str
    found: Sequence[Hit] = field(default=())

    @property
    def is_corrected(self) -> bool:
        """Whether something else was looked for than what was typed."""
        return self.words != self.typed

    @cached_property
    def by_kind(self) -> dict[str, list[int]]:
        """Kind → its records, best first; the kind of the best hit first."""
        groups: dict[str, list[int]] = {}
        for hit in self.found:
            groups.setdefault(BY_NUMBER[hit.kind].name, []).append(hit.id)
        return groups


def search(
    viewer: Acting, text: str, *, kinds: Sequence[str] = (), as_typed: bool = False, most: int = MOST
) -> Hits:
    """Records that hold the words of a text, so many of a kind. `as_typed`: no other spelling is tried."""
    viewer.must(Right.LOOK)
    typed = " ".join(text.replace("\x00", " ").split())
    numbers = [kind.number for kind in KINDS if not kinds or kind.name in kinds]
    found = _seen(viewer, _found(Asked(typed), numbers, most))
    if not found and not as_typed and (other := nearly(Asked(typed), numbers)):
        return Hits(typed, other, _seen(viewer, _found(Asked(other), numbers, most)))
    return Hits(typed, typed, found)


def _found(asked: Asked, kinds: Sequence[int], most: int) -> list[Hit]:
    if keyed := _keyed(asked, kinds):
        return keyed
    if not asked:
        return []
    with transaction.atomic():
        bulk.execute(QUIETLY)
        found = bulk.rows(statement(kinds, most), asked.queries())
    return sorted((Hit(*row) for row in found), key=lambda hit: (hit.rank, hit.kind, -hit.id))


def _keyed(asked: Asked, kinds: Sequence[int]) -> list[Hit]:
    """The record whose key was given."""
    key = _KEY.fullmatch(asked.folded)
    return [
        Hit(0, kind.number, id_)
        for kind in KINDS
        if key and kind.prefix == key[1] and kind.number in kinds
        for (id_,) in bulk.rows(f"select id from {kind.table} where key = %s", [asked.folded])
    ]


#: However many rows a query is guessed to find, the index finds them.
QUIETLY = "set local enable_seqscan = off"


def statement(kinds: Sequence[int], most: int = MOST) -> str:
    """Each kind's records by the more telling query first; with enough of them the rest is not asked."""
    return " union all ".join(_OF_A_KIND.format(kind=kind, most=most) for kind in kinds)


_OF_A_KIND = """
(select rank, {kind}, of from (
    select 0 as rank, of from find_found where kind = {kind} and words @@ %(whole)s::tsquery
     union all select 1, of from find_found where kind = {kind} and words @@ %(names)s::tsquery
           and not words @@ %(whole)s::tsquery
     union all select 2, of from find_found where kind = {kind} and words @@ %(begun)s::tsquery
           and not words @@ (%(whole)s::tsquery || %(names)s::tsquery)
     union all select 3, of from find_found where kind = {kind} and words @@ %(exact)s::tsquery
           and not words @@ (%(whole)s::tsquery || %(begun)s::tsquery)
     union all select 3, of from find_found where kind = {kind} and words @@ %(words)s::tsquery
           and not words @@ (%(whole)s::tsquery || %(begun)s::tsquery || %(exact)s::tsquery)) as its
  limit {most})"""


def _seen(viewer: Acting, hits: list[Hit]) -> list[Hit]:
    """Those that the viewer may see; in one statement."""
    ids: dict[int, list[int]] = {}
    for hit in hits:
        ids.setdefault(hit.kind, []).append(hit.id)
    asked = [
        BY_NUMBER[kind].seen(viewer, its).values_list(Value(kind, output_field=IntegerField()), "id")
        for kind, its in ids.items()
    ]
    if not asked:
        return []
    seen = set(asked[0].union(*asked[1:], all=True))
    return [hit for hit in hits if (hit.kind, hit.id) in seen]
