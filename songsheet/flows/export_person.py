"""One person's data, taken out for them: every value the registry names, their story, their files."""

import base64
from datetime import datetime
from typing import Any

import orjson

from songsheet.base.bulk import rows
from songsheet.files.store import opened
from songsheet.flows.erase_files import files_with_values, rows_about
from songsheet.flows.erase_person import known_person
from songsheet.flows.erase_registry import by_table
from songsheet.flows.erase_rows import of_person
from songsheet.flows.erase_whose import Whose, whose
from songsheet.flows.events import PersonTakenOut
from songsheet.journal.act import act
from songsheet.journal.queries import story_of
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.models import Attachment

#: So many bytes of attachments an export carries itself.
MOST_ATTACHED = 64 * 2**20

#: What says nothing to anybody outside: numbers of ours.
_OURS = "- 'id' - 'person_id' - 'root_id' - 'owner_id' - 'version'"


def export_person(key: str, *, by: Acting, at: datetime, in_files: bool = True) -> dict[str, Any]:
    """Everything known of a person, as one JSON object: rows by table, story, files. It leaves an entry.

    The files that were imported are read from end to end, which takes long: not while a buyer waits.
    """
    by.must(Right.ERASE)
    person = known_person(key)
    with act(by=by.actor, at=at) as record:  # the rows are read as they stand together
        record(PersonTakenOut(person=person.key))
        them = whose(person.root_id or person.id)
        return {
            "person": key,
            "exported_at": at.isoformat(),
            "records": them.people,
            "tables": _tables(them),
            "story": [
                {"at": entry.occurred_at.isoformat(), "what": entry.kind, "about": entry.subjects()}
                for entry in story_of(them.keys, limit=100_000)
            ],
            "attachments": _attachments(them),
            "files": _in_files(them) if in_files else {},
        }


def _in_files(them: Whose) -> dict[str, Any]:
    return {path.name: found for path in files_with_values() if (found := rows_about(path, them))}


def _attachments(them: Whose) -> list[dict[str, Any]]:
    """What hangs on touches of theirs, in base64 up to a bound; beyond it where to fetch it."""
    found: list[dict[str, Any]] = []
    left = MOST_ATTACHED
    hanging = Attachment.objects.filter(touch__person__in=them.ids).select_related("touch", "blob")
    for one in hanging.order_by("id"):
        left -= one.blob.size
        row = {"name": one.name, "type": one.blob.type, "sha256": one.blob.sha256}
        row["url"] = f"/api/v1/touches/{one.touch.key}/files/{one.key}"
        found.append(row | {"content": _content(one) if left >= 0 else None})
    return found


def _content(one: Attachment) -> str:
    with opened(one.blob.place) as file:
        return base64.b64encode(file.read()).decode()


def _tables(them: Whose) -> dict[str, list[dict[str, Any]]]:
    """Whole rows of what is theirs; of rows that are about many, only that they are named there."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, columns in by_table("empty", "delete").items():
        for personal in {one.of: one for one in columns.values()}.values():
            given = rows(
                f"select (to_jsonb(it) {_OURS})::text from {table} it where {of_person(personal)} order by 1",
                them.values,
            )
            if given:
                found.setdefault(table, []).extend(orjson.loads(row) for (row,) in given)
    return found
