"""Taking in one slice: what is new or changed of it, and a verdict for every row."""

from collections import Counter
from typing import TYPE_CHECKING

from songsheet.imports.planning import Step
from songsheet.imports.records import Part
from songsheet.imports.rejects import OWN, Rejected
from songsheet.imports.seen import Places, changed_cells, note_seen, seen_before
from songsheet.imports.taking import TAKE, Slice
from songsheet.imports.taking.cut import Cut
from songsheet.imports.taking.names import named_columns
from songsheet.imports.taking.slice import Verdict
from songsheet.team.field_actions import adopt_fields

if TYPE_CHECKING:
    from songsheet.imports.runner import Run

OUTCOMES = ("created", "updated", "unchanged", "rejected")
_WITH_CUSTOM = ("company", "person", "lead", "deal", "campaign")


class Taken:
    """What became of each row of a slice."""

    def __init__(self, into: Slice, kind: str, rows: list[int], same: set[int]) -> None:
        self.into = into
        self._kind = kind
        self._same = len(same)
        self.verdicts: dict[int, Verdict] = {
            row: ("unchanged", "", "") if row in same else into.verdict(row) for row in rows
        }

    def by_kind(self, refused: int) -> Counter[tuple[str, str]]:
        """By kind of record and outcome; rows that made no record count as the one they stand for."""
        counts = Counter(self.into.counts)
        counts[self._kind, "unchanged"] += self._same
        counts[self._kind, "rejected"] = refused
        return +counts


def take(cut: Cut, run: "Run", step: Step, places: Places) -> Taken:
    """Take in what is new or changed among the rows of a slice."""
    system, file, main = run.made.mapping.system, step.file.name, cut.main
    names, marks = {row: cut.batch.names[row] for row in main.rows}, cut.batch.marks
    if run.shadow:
        run.shadow.seen(system, file, names.values())
    before = seen_before(system, file, names.values())
    same = {row for row, name in names.items() if before.get(name) == marks[row]}
    changed = _changed(cut, names, before)
    if same:
        for part in cut.parts:
            part.keep([row not in same for row in part.rows])
    places.blank(cut.parts, changed)
    into = Slice(system=system, by=run.by, at=run.at, memory=run.memory, bring=run.shadow)
    into.partial = set(changed)
    for part in cut.parts:
        if set(OWN) <= part.custom.keys():  # a file of rejected rows, put right and sent again
            part.custom = {name: cells for name, cells in part.custom.items() if name not in OWN}
        if part.rows:
            _declare(part, run)
            into.take(part, TAKE[part.record.kind])
    taken = Taken(into, main.record.kind, list(names), same)
    fresh = {
        name: b"" if row in into.dangling else marks[row]
        for row, name in names.items()
        if row not in same and taken.verdicts[row][0] != "rejected"
    }
    note_seen(system, file, run.run.pk, fresh)
    return taken


def turned_down(cut: Cut, taken: Taken, step: Step) -> list[Rejected]:
    """The rows that were not taken in, as read or as adopted, in their order."""
    table = step.table.name
    found = [Rejected(table, one.row, one.column, one.reason, one.cells) for one in cut.rejections]
    for row, (outcome, column, reason) in taken.verdicts.items():
        if outcome == "rejected":
            cells = cut.batch.cells[row]
            found.append(Rejected(table, row, named_columns(cut.main.record, column), reason, cells))
    return sorted(found, key=lambda one: one.row)


def _changed(cut: Cut, names: dict[int, str], before: dict[str, bytes]) -> dict[int, set[int]]:
    """The cells that changed, for rows that were seen before, otherwise, and whose id stands in one row
    alone."""
    alone = {name for name, id_ in zip(names.values(), cut.main.ids, strict=True) if name == id_}
    found = {}
    for row, name in names.items():
        if name in before and name in alone:
            cells = changed_cells(before[name], cut.batch.marks[row])
            if cells:
                found[row] = cells
    return found


def _declare(part: Part, run: "Run") -> None:
    """The columns we do not know become fields of the house."""
    kind = part.record.kind
    fresh = [name for name in part.custom if (kind, name) not in run.memory.declared]
    if fresh and kind in _WITH_CUSTOM:
        adopt_fields(kind, fresh, by=run.by, at=run.at)
        run.memory.declared.update((kind, name) for name in fresh)
