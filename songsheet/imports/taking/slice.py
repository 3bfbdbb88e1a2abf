"""One slice of rows on its way in: what was adopted for each row, what that made and changed, and what is
missing."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress
from typing import Any

from songsheet.base.adopting import Adopted, Ref
from songsheet.buyers.adopt import adopt_companies, adopt_people
from songsheet.deals.adopt import adopt_deals, stages_named
from songsheet.imports.own import values_in
from songsheet.imports.records import Part
from songsheet.imports.taking import links
from songsheet.imports.taking.links import Linked
from songsheet.leads.adopt import adopt_leads
from songsheet.team.acting import Acting
from songsheet.team.adopt import MemberRow, adopt_members
from songsheet.touches.adopt import adopt_campaigns, adopt_tasks, adopt_touches, sources_named

Adopt = Callable[..., list[Adopted]]
ADOPT: dict[str, Adopt] = {
    "member": adopt_members,
    "campaign": adopt_campaigns,
    "company": adopt_companies,
    "person": adopt_people,
    "lead": adopt_leads,
    "deal": adopt_deals,
    "touch": adopt_touches,
    "task": adopt_tasks,
}
Verdict = tuple[str, str, str]  # outcome, column of ours, reason
#: Kind of record → what of it the row is counted by, where it is called otherwise.
COUNTED = {
    "call": "touch",
    "meeting": "touch",
    "mail": "touch",
    "note": "touch",
    "campaign_member": "touch",
    "invoice": "touch",
}


@dataclass
class Memory:
    """What stays the same from slice to slice, so that it is asked for once; emptied when a slice is
    rolled back."""

    owners: dict[tuple[str, str], Ref] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    stages: dict[str, int] = field(default_factory=dict)
    declared: set[tuple[str, str]] = field(default_factory=set)


class Slice:
    """Takes records in and remembers what became of them."""

    def __init__(self, *, system: str, by: Acting, at: datetime, memory: Memory, bring: Any = None) -> None:
        self.system = system
        self.by = by
        self.at = at
        self.memory = memory
        self.bring = bring
        self.counts: Counter[tuple[str, str]] = Counter()
        self.made: dict[str, list[str]] = {}
        self.befores: list[tuple[str, str, dict[str, Any]]] = []
        self.dangling: set[int] = set()
        self.partial: set[int] = set()
        self._kind = ""  # of the record a row is counted by, while that is taken in
        self._sides: dict[int, Verdict] = {}
        self._mains: dict[int, Verdict] = {}

    def take(self, part: Part, how: Callable[[Part, "Slice"], list[Adopted | None]]) -> None:
        """Take in the records of one kind."""
        self._kind = part.record.kind if part.is_main else ""
        how(part, self)

    def verdict(self, row: int) -> Verdict:
        """What became of a row: refused if anything of it was, else what became of the record it is
        counted by."""
        side, main = self._sides.get(row, ("unchanged", "", "")), self._mains.get(row, ("unchanged", "", ""))
        if side[0] == "rejected" or (main[0] == "unchanged" and side[0] != "unchanged"):
            return side
        return main

    def adopt(self, kind: str, rows: Sequence[Any], numbers: Sequence[int]) -> list[Adopted | None]:
        """Adopt one row for each row of the file, or none where nothing is given; notes what came of it."""
        wanted = [
            row is not None and self._sides.get(number, ("", "", ""))[0] != "rejected"
            for row, number in zip(rows, numbers, strict=True)
        ]
        some = list(compress(rows, wanted))
        if not some:
            return [None] * len(rows)
        adopted = ADOPT[kind](some, by=self.by, at=self.at)
        is_main = kind == COUNTED.get(self._kind, self._kind)
        for number, one in zip(compress(numbers, wanted), adopted, strict=True):
            self._note(kind, number, one, is_main)
        found = iter(adopted)
        return [next(found) if is_wanted else None for is_wanted in wanted]

    def _note(self, kind: str, number: int, one: Adopted, is_main: bool) -> None:
        self.counts[self._kind if is_main else kind, one.outcome] += 1
        if is_main:
            self._mains[number] = (one.outcome, one.column, one.reason)
        elif one.outcome == "rejected":
            self._sides[number] = (one.outcome, one.column, one.reason)
        elif one.outcome != "unchanged":
            self._sides.setdefault(number, ("updated", "", ""))
        if one.ref is None:
            return
        if one.outcome == "created":
            self.made.setdefault(kind, []).append(one.ref[1])
        elif one.outcome == "updated" and one.before:
            self.befores.append((kind, one.ref[1], one.before))

    def find(self, kind: str, by: str, texts: set[str]) -> dict[str, Linked]:
        """What these texts mean."""
        if self.bring and texts:
            self.bring.linked(kind, links.find, self.system, by, texts)
        return links.find(self.system, kind, by, texts)

    def linked(self, part: Part, name: str) -> list[Linked | None]:
        """What each row refers to as `name`; rows whose reference leads nowhere are remembered."""
        said = part.record.links.get(name)
        texts = part.links.get(name)
        if said is None or texts is None:
            return [None] * len(part.rows)
        known = self.find(said.kind, said.by, {text for text in texts if text})
        found = [known.get(text) if text else None for text in texts]
        self.dangling.update(
            row for row, text, one in zip(part.rows, texts, found, strict=True) if text and one is None
        )
        return found

    def owners(self, part: Part, name: str = "owner") -> list[Ref | None]:
        """The member whom each row names; somebody unknown joins as one from elsewhere."""
        said = part.record.links.get(name)
        texts = part.links.get(name)
        if said is None or texts is None:
            return [None] * len(part.rows)
        fresh = [text for text in dict.fromkeys(texts) if text and (said.by, text) not in self.memory.owners]
        rows = [self._member(said.by, text) for text in fresh]
        for text, one in zip(fresh, self.adopt("member", rows, [0] * len(rows)), strict=True):
            assert one is not None
            assert one.ref is not None
            self.memory.owners[said.by, text] = one.ref
        return [self.memory.owners[said.by, text] if text else None for text in texts]

    def _member(self, by: str, text: str) -> MemberRow:
        if by == "id":
            return MemberRow(external=(self.system, text))
        return MemberRow(mail=text) if by == "mail" else MemberRow(name=text)

    def sources(self, names: Sequence[str | None]) -> list[tuple[int, str] | None]:
        """The rows of the vocabulary of sources."""
        fresh = {name for name in names if name} - self.memory.sources.keys()
        if fresh:
            self.memory.sources.update(sources_named(sorted(fresh)))
        return [(self.memory.sources[name], name) if name else None for name in names]

    def stages(self, names: Sequence[str | None]) -> list[int | None]:
        """The stages by these names."""
        fresh = [name for name in dict.fromkeys(names) if name and name not in self.memory.stages]
        if fresh:
            self.memory.stages.update(stages_named(fresh))
        return [self.memory.stages[name] if name else None for name in names]


def column(part: Part, name: str) -> list[Any]:
    """The values of a field, one per row; nothing where the file has no such field."""
    return part.fields.get(name) or [None] * len(part.rows)


def refs(found: Sequence[Linked | None]) -> list[Ref | None]:
    """The records themselves."""
    return [one.ref if one else None for one in found]


def customs(part: Part) -> list[dict[str, Any] | None]:
    """The values of declared fields, and the cells of columns that nobody knows, under their names."""
    own = values_in(part.record.kind, part.fields, len(part.rows))
    if not part.custom:
        return [values or None for values in own]
    columns = [(name[:60], cells) for name, cells in part.custom.items()]
    return [
        {name: cells[at] for name, cells in columns if cells[at] is not None and cells[at].strip()} | own[at]
        or None
        for at in range(len(part.rows))
    ]
