"""Rows seen before: whether a row is as it was, and if not, which of its cells changed."""

from collections.abc import Collection, Sequence

from songsheet.base import bulk
from songsheet.imports.binding import Binder, BoundRecord
from songsheet.imports.planning import Plan, Step
from songsheet.imports.records import Part

WHOLE = 16
CELL = 4
#: Fields that are taken together: one of them alone would say something else.
_TOGETHER = (
    {"name", "given_name", "family_name"},
    {"amount", "margin", "budget", "cost", "currency"},
    {"state", "ended_at", "end_reason", "closed_at", "reason"},
    {"consent_mail", "consent_call", "consent_post", "consent_since"},
    {"at", "until", "duration"},
)


def seen_before(system: str, file: str, ids: Collection[str]) -> dict[str, bytes]:
    """The marks under which these rows were seen."""
    found = bulk.rows(
        """select external_id, mark from imports_rowseen
            where system = %s and file = %s and external_id = any(%s::text[])""",
        [system, file, list(ids)],
    )
    return {external_id: bytes(mark) for external_id, mark in found}


def note_seen(system: str, file: str, run_id: int, marks: dict[str, bytes]) -> None:
    """Remember rows as they are now."""
    if marks:
        bulk.execute(
            """insert into imports_rowseen (system, file, external_id, mark, first_id, last_id)
               select %(system)s, %(file)s, given.external_id, decode(given.mark, 'hex'), %(run)s, %(run)s
                 from unnest(%(ids)s::text[], %(marks)s::text[]) as given(external_id, mark)
                   on conflict (system, file, external_id)
                   do update set mark = excluded.mark, last_id = excluded.last_id""",
            {
                "system": system,
                "file": file,
                "run": run_id,
                "ids": list(marks),
                "marks": [mark.hex() for mark in marks.values()],
            },
        )


def changed_cells(before: bytes, now: bytes) -> set[int] | None:
    """The places of the cells that changed; None where the two cannot be compared."""
    if len(before) != len(now):
        return None
    places = range(WHOLE, len(now), CELL)
    return {(at - WHOLE) // CELL for at in places if before[at : at + CELL] != now[at : at + CELL]} or None


class Places:
    """From which places of a row each field, link and custom value of a step is read."""

    def __init__(self, made: Plan, step: Step) -> None:
        bound = Binder(made.mapping, step.file, step.table, step.survey, made.house).bind()
        self._of = [_places(one) for one in bound]

    def blank(self, parts: Sequence[Part], changed: dict[int, set[int]]) -> None:
        """Leave of the rows in `changed` only what is read from cells that changed; ids stay."""
        for part, (fields, links, custom) in zip(parts, self._of, strict=True):
            for at, row in enumerate(part.rows):
                cells = changed.get(row)
                if cells is None:
                    continue
                for name, places in fields.items():
                    if places and not places & cells:
                        part.fields[name][at] = None
                for name, place in links.items():
                    if place not in cells:
                        part.links[name][at] = None
                for name, place in custom.items():
                    if place not in cells and name in part.custom:
                        part.custom[name][at] = ""


def _places(bound: BoundRecord) -> tuple[dict[str, set[int]], dict[str, int], dict[str, int]]:
    fields = {
        name: {place for reader in readers for place in (reader.place, reader.currency) if place is not None}
        for name, readers in bound.fields.items()
    }
    for group in _TOGETHER:
        several = group & fields.keys()
        together: set[int] = set().union(*(fields[name] for name in several))
        fields |= dict.fromkeys(several, together)
    return fields, {link.name: link.place for link in bound.links}, bound.rest
